import { parseArgs } from "node:util";
import { z } from "zod";

const PARTS = ["bytes", "load", "stream", "scroll"] as const;
export type Part = typeof PARTS[number];

const Options = z.object({
  only: z.enum(PARTS).optional(),
  repeats: z.coerce.number().int().min(1).max(20).default(3),
  json: z.string().optional(),
});

export interface WebOptions extends z.infer<typeof Options> {
  /** Whether nothing was left out, so that the page may be written. */
  readonly isWhole: boolean;
}

/** What to measure; throws an Error that names a wrong argument. */
export function parseWebArgs(args: readonly string[]): WebOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      repeats: { type: "string" },
      json: { type: "string" },
    },
  });
  const parsed = Options.safeParse(values);
  if (!parsed.success) throw new Error(`Cannot run: ${z.prettifyError(parsed.error)}`);
  const isWhole = values.only === undefined && values.repeats === undefined;
  return { ...parsed.data, isWhole };
}
