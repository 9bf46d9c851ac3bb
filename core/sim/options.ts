import { z } from "zod";
import { type Scenario, SCENARIOS } from "../exchange/types.ts";
import { parseVnTime } from "../market/time.ts";

/** Simulated seconds per real second, or as fast as the sockets drain. */
export type SimSpeed = 1 | 10 | 60 | "max";

/** Time of day at which the first day is shown. */
export type SimStart =
  | { readonly kind: "now" }
  | { readonly kind: "open" }
  | { readonly kind: "at"; readonly secondOfDay: number };

/** The settings of the simulated service, as read from the environment. */
export interface SimSettings {
  readonly SIM_PORT: number;
  readonly SIM_SPEED: SimSpeed;
  readonly SIM_SEED: number;
  readonly SIM_SCENARIO: Scenario;
  readonly SIM_START: SimStart;
}

/** Reads the settings from environment text; an empty value counts as absent. */
export const SimOptionsSchema: z.ZodType<SimSettings> = z.object({
  SIM_PORT: setting("8710", wholeNumber("a port from 0 to 65535", 65_535)),
  SIM_SPEED: setting(
    "1",
    z.enum(["1", "10", "60", "max"], "must be 1, 10, 60 or max")
      .transform((text) => (text === "max" ? text : Number(text)) as SimSpeed),
  ),
  SIM_SEED: setting("20261120", wholeNumber("a whole number below 4294967296", 0xffff_ffff)),
  SIM_SCENARIO: setting("normal", z.enum(SCENARIOS, `must be one of ${SCENARIOS.join(", ")}`)),
  SIM_START: setting(
    "now",
    z.string().transform((text, context): SimStart => {
      if (text === "now" || text === "open") return { kind: text };
      const secondOfDay = parseVnTime(`${text}:00`);
      if (secondOfDay !== null) return { kind: "at", secondOfDay };
      context.addIssue("must be now, open or a time HH:MM");
      return z.NEVER;
    }),
  ),
});

function wholeNumber(form: string, max: number) {
  return z.string().regex(/^\d{1,10}$/, `must be ${form}`).transform(Number)
    .refine((value) => value <= max, `must be ${form}`);
}

function setting<T extends z.ZodType>(fallback: string, schema: T) {
  return z.preprocess((value) => value === undefined || value === "" ? fallback : value, schema);
}
