import { exitWithError } from "./program.ts";
import { lineOf, pictureOf, type Size } from "./watch/picture.ts";
import { parseWatchArgs, type WatchPlan } from "./watch/plan.ts";
import { painted } from "./watch/text.ts";
import { Watch, type Watched } from "./watch/watched.ts";

/** Between two pictures, and between two lines. */
const DRAW_MS = 250;
const LINE_MS = 1_000;
/** Longest wait for the first numbers where one picture is wanted. */
const FIRST_MS_MAX = 15_000;
/** Of a picture that goes to a file or another program. */
const PLAIN_COLUMNS = 120;

/** The screen beside the one that the shell has, without a cursor; and back. */
const ENTER = "\x1b[?1049h\x1b[?25l";
const LEAVE = "\x1b[?25h\x1b[?1049l";
const HOME = "\x1b[H";
const CLEAR_LINE_END = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

const isTerminal = Deno.stdout.isTerminal();
const isColored = isTerminal && !Deno.noColor;

function write(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** Shows the board in a terminal, or one line of it for a bar. */
async function run(): Promise<void> {
  const plan = parseWatchArgs(Deno.args);
  if (plan.form === "screen" && !isTerminal) {
    throw new Error("Cannot watch: standard output is no terminal; add --line or --once");
  }
  const changed = new Changes();
  const token = Deno.env.get("WATCH_TOKEN");
  const watch = new Watch(plan, token ? { token } : {}, () => changed.tell());
  try {
    if (plan.form === "once") await showOnce(watch, plan, changed);
    else if (plan.form === "line") await showLines(watch, plan, changed);
    else await showScreen(watch, plan, changed);
  } finally {
    watch.close();
  }
}

async function showOnce(watch: Watch, plan: WatchPlan, changed: Changes): Promise<void> {
  const late = AbortSignal.timeout(FIRST_MS_MAX);
  while (!isWhole(watch.now)) {
    refuse(watch.now);
    if (late.aborted) throw new Error(`Cannot watch: no numbers from ${plan.url} so far`);
    await changed.next(DRAW_MS);
  }
  const { columns } = isTerminal ? Deno.consoleSize() : { columns: PLAIN_COLUMNS };
  for (const line of pictureOf(watch.now, plan, { columns, rows: Infinity })) {
    write(`${painted(line, isColored, columns)}\n`);
  }
}

async function showLines(watch: Watch, plan: WatchPlan, changed: Changes): Promise<void> {
  for (let last = "";;) {
    refuse(watch.now);
    const line = painted(lineOf(watch.now, plan), isColored).trim();
    try {
      if (line !== last) write(`${line}\n`);
    } catch (error) {
      // Who read it has enough.
      if (error instanceof Deno.errors.BrokenPipe) return;
      throw error;
    }
    last = line;
    await changed.next();
    await new Promise((resolve) => setTimeout(resolve, LINE_MS));
  }
}

async function showScreen(watch: Watch, plan: WatchPlan, changed: Changes): Promise<void> {
  write(ENTER);
  const leave = () => {
    write(LEAVE);
    Deno.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, leave);
  Deno.addSignalListener("SIGWINCH", () => changed.tell());
  try {
    for (;;) {
      refuse(watch.now);
      draw(watch.now, plan, Deno.consoleSize());
      await changed.next();
      await new Promise((resolve) => setTimeout(resolve, DRAW_MS));
    }
  } finally {
    write(LEAVE);
  }
}

function draw(watched: Watched, plan: WatchPlan, size: Size): void {
  const lines = pictureOf(watched, plan, size).slice(0, size.rows)
    .map((line) => painted(line, isColored, size.columns) + CLEAR_LINE_END);
  write(HOME + lines.join("\r\n") + CLEAR_BELOW);
}

function isWhole({ rows, indices, feed }: Watched): boolean {
  return rows !== null && indices !== null && feed !== null;
}

/** A server that does not want this client does not change its mind. */
function refuse({ socket }: Watched): void {
  if (socket.state !== "failed") return;
  throw new Error(
    "Cannot watch: the server refuses this client; check WATCH_TOKEN",
  );
}

/** Says that something changed to who waits for it. */
class Changes {
  #isNew = false;
  #wake = () => {};

  tell(): void {
    this.#isNew = true;
    this.#wake();
  }

  /** Waits for the next change, `ms` at most. */
  async next(ms?: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (!this.#isNew) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (ms !== undefined) timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
    }
    this.#isNew = false;
  }
}

if (import.meta.main) await run().then(() => Deno.exit(0), exitWithError);
