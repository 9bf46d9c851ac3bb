import { parseArgs } from "node:util";
import { z } from "zod";
import * as form from "../../config_forms.ts";

/** What can be asked for; each fills its tables. */
export const KINDS = ["prices", "daily", "index", "intraday"] as const;
export type Kind = typeof KINDS[number];

/** What one run is to fill. */
export interface BackfillArguments {
  /** Calendar days back from the last closed one. */
  readonly days: number;
  /** Securities and indices by name, or a scope that stands for some. */
  readonly names: readonly string[] | "vn30" | "all";
  readonly kinds: readonly Kind[];
}

export type ParsedArguments =
  | { readonly ok: true; readonly wanted: BackfillArguments }
  | { readonly ok: false; readonly problem: string };

/** Days of minutes that the service is known to keep. */
const DAYS_MAX = 365;
const DAYS_DEFAULT = 30;
/** `daily` brings nothing that `prices` has not, for each security that has prices. */
const KINDS_DEFAULT: readonly Kind[] = ["index", "prices", "intraday"];

/** What is filled when nothing is said. */
export const WANTED_DEFAULT: BackfillArguments = {
  days: DAYS_DEFAULT,
  names: "vn30",
  kinds: KINDS_DEFAULT,
};

const OPTIONS = {
  days: { type: "string", default: String(WANTED_DEFAULT.days) },
  symbols: { type: "string" },
  scope: { type: "string" },
  kinds: { type: "string", default: WANTED_DEFAULT.kinds.join() },
} as const;

const kinds = z.string().transform((text, context): Kind[] => {
  const words = new Set(text.toLowerCase().split(","));
  const known = KINDS.filter((kind) => words.has(kind));
  if (known.length === words.size) return known;
  context.addIssue({ code: "custom", message: `some of ${KINDS.join()}, separated by commas` });
  return z.NEVER;
});

const Values = z.object({
  days: form.integer(1, DAYS_MAX),
  symbols: form.symbols.optional(),
  scope: form.oneOf("vn30", "all").optional(),
  kinds,
}).refine(({ symbols, scope }) => symbols === undefined || scope === undefined, {
  path: ["scope"],
  message: "to be left out when --symbols is given",
});

/** Reads the arguments of the task; a problem is one line that names the wanted form. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  let values: unknown;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, problem: error.message };
  }
  const parsed = Values.safeParse(values);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return { ok: false, problem: `--${path.join()} wants ${message}` };
  }
  const { days, symbols, scope } = parsed.data;
  return {
    ok: true,
    wanted: { days, names: symbols ?? scope ?? WANTED_DEFAULT.names, kinds: parsed.data.kinds },
  };
}
