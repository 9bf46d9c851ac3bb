import { z } from "zod";
import type { BusMessage, TableState } from "../wire/bus_message.ts";
import { LOG_NAMES, type LogName } from "../wire/log.ts";
import type { NameEntry } from "../wire/names.ts";
import type { TradeSlice } from "../wire/trade.ts";

export type Snapshot = Extract<BusMessage, { k: "snapshot" }>;
/** What changes from save to save. */
export type Body = Omit<Snapshot, "logs">;

/** Securities whose trades stand in one line: some 400 KB, a few milliseconds of writing. */
const LINE_SECURITIES = 64;

/**
 * Entries of a log in one value: 200 KB of JSON, 30 KB packed. An entry of `prices` names every
 * security that moved: with 8,192 of them eight entries are 900 KB of JSON, 400 KB packed.
 */
export function segmentEntries(name: LogName): number {
  return name === "prices" ? 8 : 2_048;
}

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

/** A body as lines of JSON: first what is small, then names, a line per table and per some trades. */
export function* bodyLines({ tables, trades, names, ...rest }: Body): Generator<string> {
  yield JSON.stringify(rest);
  yield JSON.stringify({ names });
  for (const table of tables) yield JSON.stringify({ table });
  for (let at = 0; at < trades.length; at += LINE_SECURITIES) {
    yield JSON.stringify({ trades: trades.slice(at, at + LINE_SECURITIES) });
  }
}

type Part =
  | { readonly table: TableState }
  | { readonly trades: readonly TradeSlice[] }
  | { readonly names: readonly NameEntry[] };

/** The body of such lines. */
export function parseBody(text: string): Body {
  const [rest, ...parts] = text.trimEnd().split("\n");
  const tables: TableState[] = [];
  const trades: TradeSlice[] = [];
  const names: NameEntry[] = [];
  for (const line of parts) {
    const part = JSON.parse(line) as Part;
    if ("table" in part) tables.push(part.table);
    else if ("trades" in part) trades.push(...part.trades);
    else names.push(...part.names);
  }
  return { ...JSON.parse(rest!), names, tables, trades };
}
