import { parseArgs } from "node:util";
import { z } from "zod";

const HOURS = 8;
const MINUTES_PER_HOUR = 60;

const Options = z.object({
  hours: z.coerce.number().positive().max(100).optional(),
  minutes: z.coerce.number().min(1).max(6_000).optional(),
  speed: z.coerce.number().pipe(z.literal([1, 10, 60])).default(10),
  page: z.string().startsWith("/").default("/"),
}).refine(({ hours, minutes }) => hours === undefined || minutes === undefined, {
  message: "--hours of exchange time or --minutes of ours, not both",
});

/** A run: exchange time passes `speed` times as fast as ours. */
export interface SoakPlan {
  readonly speed: number;
  readonly page: string;
  /** Of our time. */
  readonly minutes: number;
  /** Of exchange time. */
  readonly hours: number;
}

/** What to run; throws an Error that names a wrong argument. */
export function parseSoakArgs(args: readonly string[]): SoakPlan {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { hours: text, minutes: text, speed: text, page: text },
  });
  const parsed = Options.safeParse(values);
  if (!parsed.success) throw new Error(`Cannot run: ${z.prettifyError(parsed.error)}`);
  const { speed, page } = parsed.data;
  const minutes = parsed.data.minutes ?? (parsed.data.hours ?? HOURS) * MINUTES_PER_HOUR / speed;
  return { speed, page, minutes, hours: minutes * speed / MINUTES_PER_HOUR };
}
