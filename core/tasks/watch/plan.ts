import { z } from "zod";
import { type Lang, LANGS } from "../../../components/i18n.ts";
import { type RowSetName, TICKER } from "../../wire/channel.ts";
import { splitArguments } from "../split_arguments.ts";

const BOARDS = ["vn30", "hose", "hnx", "upcom", "der"] as const;
const SORTS = ["table", "symbol", "percent", "value"] as const;
/** Rows that one question can name. */
const SYMBOLS_MAX = 100;

const USAGE = "deno task watch [http://127.0.0.1:8000] " +
  `[--board ${BOARDS.join("|")} | --symbols FPT,VCB] [--sort ${SORTS.join("|")}] ` +
  `[--lang ${LANGS.join("|")}] [--line | --once]; a token is taken from WATCH_TOKEN`;

const Arguments = z.object({
  url: z.url({
    protocol: /^(http|ws)s?$/,
    error: "the address wants a form such as http://127.0.0.1:8000",
  }).default("http://127.0.0.1:8000"),
  board: z.enum(BOARDS).default("vn30"),
  symbols: z.string().toUpperCase().transform((text) => text.split(","))
    .pipe(z.array(z.string().regex(TICKER, "1 to 20 letters and digits")).max(SYMBOLS_MAX))
    .optional(),
  sort: z.enum(SORTS).default("table"),
  lang: z.enum(LANGS).default("vi"),
});

/** What the board in the terminal shows, and how. */
export interface WatchPlan {
  /** Address of the socket. */
  readonly url: string;
  readonly channel: RowSetName;
  /** Rows wanted, in this order; null for all of the channel. */
  readonly symbols: readonly string[] | null;
  /** Largest first by per cent or value; `table` keeps the order of the channel. */
  readonly sort: typeof SORTS[number];
  readonly lang: Lang;
  /** `screen` is redrawn in place; `line` is one line at each change; `once` ends with the picture. */
  readonly form: "screen" | "line" | "once";
}

/** Reads the command line; throws one Error that names what is wrong and the wanted form. */
export function parseWatchArgs(args: readonly string[]): WatchPlan {
  const { positionals: [address, ...more], values } = split(args);
  if (more.length > 0) throw wrong("wanted one address");
  const { line, once, ...given } = values;
  if (line && once) throw wrong("wanted one of --line and --once");
  if (given.board !== undefined && given.symbols !== undefined) {
    throw wrong("wanted one of --board and --symbols");
  }
  const parsed = Arguments.safeParse({ url: address, ...given });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      `${path.join(".")}: ${message}`
    );
    throw wrong(problems.join("; "));
  }
  const { url, board, symbols = null, sort, lang } = parsed.data;
  return {
    url: socketOf(url),
    channel: symbols === null ? `board:${board}` : "market",
    ...{ symbols, sort, lang },
    form: line ? "line" : once ? "once" : "screen",
  };
}

/** A server's own address stands for its socket. */
function socketOf(address: string): string {
  const url = new URL(address.replace(/^http/, "ws"));
  if (url.pathname === "/") url.pathname = "/ws";
  return url.href;
}

function wrong(problem: string): Error {
  return new Error(`Cannot watch: ${problem}; the form is ${USAGE}`);
}

function split(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  return splitArguments({
    args: [...args],
    allowPositionals: true,
    options: { board: text, symbols: text, sort: text, lang: text, line: flag, once: flag },
  }, wrong);
}
