import { z } from "zod";
import { LOG_NAMES, type LogName } from "../wire/log.ts";

/** Entries of a log in one value: 200 KB of JSON, 30 KB packed. */
export const SEGMENT_ENTRIES = 2_048;

/** Says which values make a snapshot; `n` is its place in the term of the head that holds it. */
export const Manifest = z.object({
  n: z.number().int().nonnegative(),
  epoch: z.string(),
  body: z.array(z.string()),
  logs: z.array(z.object({
    name: z.enum(LOG_NAMES as [LogName, ...LogName[]]),
    /** Number of its first entry, as far as the segments reach. */
    from: z.number().int().nonnegative(),
    keys: z.array(z.string()),
  })),
});
export type Manifest = z.output<typeof Manifest>;

/** Entries `from`, `from + 1`, … of a log of an epoch. */
export const Segment = z.object({
  epoch: z.string(),
  from: z.number().int().nonnegative(),
  entries: z.array(z.unknown()),
});
export type Segment = z.output<typeof Segment>;
