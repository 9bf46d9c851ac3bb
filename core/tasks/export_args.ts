import { z } from "zod";
import { FORMATS } from "../../db/export/export_day.ts";
import { EXPORT_TABLES, type ExportTable } from "../../db/export/tables.ts";
import * as form from "../config_forms.ts";
import { daysBetween } from "../market/time.ts";
import { splitArguments } from "./split_arguments.ts";

const USAGE = "deno task export --from DATE --to DATE [--symbols FPT,VCB] " +
  `[--table ${EXPORT_TABLES.join("|")}] [--format ${FORMATS.join("|")}] [--out DIR]`;
const OPTIONS = ["from", "to", "symbols", "table", "format", "out"] as const;
/** Ten years. */
const DAYS_MAX = 3_660;

const Arguments = z.object({
  "--from": form.date,
  "--to": form.date,
  "--symbols": form.symbols.optional(),
  "--table": form.oneOf(...EXPORT_TABLES).optional(),
  "--format": form.oneOf(...FORMATS).default("csv"),
  "--out": form.path.optional(),
}).refine((args) => daysBetween(args["--from"], args["--to"]) >= 0, {
  path: ["--to"],
  message: "a date that is not before --from",
}).refine((args) => daysBetween(args["--from"], args["--to"]) < DAYS_MAX, {
  path: ["--to"],
  message: `a date at most ${DAYS_MAX} days from --from`,
});

/** What the command line of an export asks for. */
export interface ExportRequest {
  readonly from: string;
  readonly to: string;
  /** Null for all. */
  readonly symbols: readonly string[] | null;
  readonly tables: readonly ExportTable[];
  readonly format: typeof FORMATS[number];
  /** Null for the folder of the settings. */
  readonly out: string | null;
}

/** Reads the command line; throws one Error that names what is wrong and the wanted form. */
export function parseExportArgs(args: readonly string[]): ExportRequest {
  const values = split(args);
  const named = OPTIONS.map((name) => [`--${name}`, values[name]]);
  const parsed = Arguments.safeParse(Object.fromEntries(named));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      `${path.join()} wants ${values[String(path[0]).slice(2)] === undefined ? "a value: " : ""}` +
      message
    );
    throw new Error(`Cannot export: ${problems.join("; ")}; the form is ${USAGE}`);
  }
  const { "--table": table, "--symbols": symbols, "--out": out, ...rest } = parsed.data;
  return {
    from: rest["--from"],
    to: rest["--to"],
    // A name that is given twice must not bring its rows twice.
    symbols: symbols === undefined ? null : [...new Set(symbols)].sort(),
    tables: table === undefined ? EXPORT_TABLES : [table],
    format: rest["--format"],
    out: out ?? null,
  };
}

function split(args: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(OPTIONS.map((name) => [name, { type: "string" as const }]));
  const wrong = (problem: string) => new Error(`Cannot export: ${problem}; the form is ${USAGE}`);
  const { values } = splitArguments({ args: [...args], options }, wrong);
  return values as Record<string, string | undefined>;
}
