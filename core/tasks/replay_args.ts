import { z } from "zod";
import * as form from "../config_forms.ts";
import { splitArguments } from "./split_arguments.ts";

const USAGE =
  "deno task replay DATE [--speed 10|max] [--seek 10:15] [--port 8000] [--provider ssi|sim]";
const OPTIONS = ["speed", "seek", "port", "provider"] as const;

const Arguments = z.object({
  DATE: form.date,
  "--speed": form.replaySpeed.default(1),
  /** Seconds since midnight in Viet Nam. */
  "--seek": form.timeOfDay.optional(),
  "--port": form.integer(0, 65_535).optional(),
  "--provider": form.oneOf("ssi", "sim").optional(),
});

/** What the command line of a replay asks for. */
export type ReplayRequest = z.output<typeof Arguments>;

/** Reads the command line; throws one Error that names what is wrong and the wanted form. */
export function parseReplayArgs(args: readonly string[]): ReplayRequest {
  const { values, positionals } = split(args);
  if (positionals.length !== 1) throw new Error(`Cannot replay: the form is ${USAGE}`);
  const named = OPTIONS.map((name) => [`--${name}`, values[name]]);
  const parsed = Arguments.safeParse({ DATE: positionals[0], ...Object.fromEntries(named) });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    `${path.join()} wants ${message}`
  );
  throw new Error(`Cannot replay: ${problems.join("; ")}`);
}

function split(args: readonly string[]) {
  const options = Object.fromEntries(
    OPTIONS.map((name) => [name, { type: "string" as const }]),
  ) as Record<typeof OPTIONS[number], { type: "string" }>;
  const wrong = (problem: string) => new Error(`Cannot replay: ${problem}; the form is ${USAGE}`);
  return splitArguments({ args: [...args], options, allowPositionals: true }, wrong);
}
