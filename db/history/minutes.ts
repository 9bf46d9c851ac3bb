import { vnDate, vnInstantMs } from "../../core/market/time.ts";
import type { RowSource } from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import { type Reader, sourceOf } from "./reader.ts";

/**
 * Minutes that one page reads, whatever the length of its candles: with candles of an hour these
 * are 8 days, and the next page goes on behind.
 */
const MINUTES_READ_MAX = 2_000;

/** A midnight of Viet Nam: all others are whole candles away from it, as every day is as long. */
const MIDNIGHT_MS = vnInstantMs("1970-01-01", 0);

/** Minutes of a subject in a span, in the order asked for. */
export interface Span {
  readonly subject: string;
  readonly from: Date;
  readonly until: Date;
  readonly isDescending: boolean;
  readonly rowsMax: number;
}

interface MinuteSource<Raw, Row> {
  stored(sql: Database, span: Span): Promise<readonly Raw[]>;
  /** One candle of some minutes that are next to each other, in any order. */
  join(atMs: number, rows: readonly Raw[], minutes: number): Row;
}

/** Reads candles of whole minutes, a whole number of which make a day. */
export function minuteReader<
  Raw extends { readonly ts: Date },
  Row extends { readonly atMs: number },
>(source: MinuteSource<Raw, Row>): Reader<Row> {
  return async (sql, { subject, range, minutes }, { isDescending, after, rowsMax }) => {
    const lengthMs = minutes * 60_000;
    // A candle belongs to the range when its first minute does, and is whole then.
    const fromMs = after === null || isDescending
      ? ceilTo(range.fromMs, lengthMs)
      : after.n + lengthMs;
    const untilMs = after === null || !isDescending ? ceilTo(range.untilMs, lengthMs) : after.n;
    const readMax = Math.min(MINUTES_READ_MAX, rowsMax * minutes);
    const [from, until] = [new Date(fromMs), new Date(untilMs)];
    const span = { subject, from, until, isDescending, rowsMax: readMax + 1 };
    const raw = await source.stored(sql, span);
    const byStart = Map.groupBy(raw, ({ ts }) => floorTo(ts.getTime(), lengthMs));
    const candles = [...byStart].map(([atMs, held]) => source.join(atMs, held, minutes));
    const isCut = raw.length > readMax;
    // The last candle may lack some of its minutes; as it has room for 60, it is not the only one.
    if (isCut) candles.pop();
    const rows = candles.slice(0, rowsMax);
    const last = rows.at(-1);
    const isEnd = !isCut && rows.length === candles.length || last === undefined;
    return { rows, next: isEnd ? null : { date: vnDate(last.atMs), n: last.atMs } };
  };
}

/** What rows with these codes come from together. */
export function joinSources(codes: Iterable<number>): RowSource {
  const sources = new Set([...codes].map(sourceOf));
  return sources.size === 1 ? [...sources][0]! : "mixed";
}

/** The first start of a candle at or after an instant. */
function ceilTo(instantMs: number, lengthMs: number): number {
  return floorTo(instantMs + lengthMs - 1, lengthMs);
}

/** Start of the candle that an instant is in; candles are counted from midnight in Viet Nam. */
function floorTo(instantMs: number, lengthMs: number): number {
  return MIDNIGHT_MS + Math.floor((instantMs - MIDNIGHT_MS) / lengthMs) * lengthMs;
}
