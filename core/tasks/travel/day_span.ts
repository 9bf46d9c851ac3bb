import { readFrame } from "../../engine/ingest.ts";
import { listSegments } from "../../feed/journal_files.ts";
import { readSegment } from "../../feed/journal_read.ts";
import { readDay } from "../../feed/journal_reader.ts";
import type { DatedEvent } from "../../market/event.ts";

/** Exchange time between which a day was recorded, Unix ms. */
export interface DaySpan {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Records that are looked at for the first minute at most; the cache of all boards is a few hundred. */
const FIRST_RECORDS_MAX = 20_000;
/** Records at the end of a day that are looked at for its last minute. */
const LAST_RECORDS = 500;

/** Whoever reads the day itself tells of its damage. */
const onDamage = () => {};

/**
 * Exchange time at which the market of a recorded day was first whole; null when nothing is of it. A
 * connection begins with the cache of every channel, one message of each security, of any earlier
 * time: the first that speaks again of the same, and of a later time, tells what time it is.
 */
export async function firstMsOf(dir: string, date: string): Promise<number | null> {
  const heard = new Map<string, number>();
  let newest: number | null = null;
  let records = 0;
  for await (const { frame } of readDay(dir, date, { onDamage })) {
    for (const { kind, symbol, exchangeMs } of eventsOf(frame, date)) {
      const before = heard.get(`${kind} ${symbol}`);
      newest = Math.max(newest ?? 0, exchangeMs);
      if (before !== undefined && exchangeMs > before) return newest;
      heard.set(`${kind} ${symbol}`, exchangeMs);
    }
    if (++records === FIRST_RECORDS_MAX) break;
  }
  return newest;
}

/** Exchange time between which a day was recorded; null when no message of it was. */
export async function spanOf(dir: string, date: string): Promise<DaySpan | null> {
  const firstMs = await firstMsOf(dir, date);
  if (firstMs === null) return null;
  const frames = await lastFrames(dir, date);
  const times = frames.flatMap((frame) => eventsOf(frame, date).map((event) => event.exchangeMs));
  return { firstMs, lastMs: times.reduce((last, timeMs) => Math.max(last, timeMs), firstMs) };
}

async function lastFrames(dir: string, date: string): Promise<readonly string[]> {
  const segment = listSegments(dir, date).at(-1);
  let frames: string[] = [];
  if (segment === undefined) return frames;
  for await (const batch of readSegment(dir, segment, 0)) {
    frames = [...frames, ...batch.map(({ frame }) => frame)].slice(-LAST_RECORDS);
  }
  return frames;
}

/** What a record says of the date. */
function eventsOf(frame: string, date: string): readonly DatedEvent[] {
  const reading = readFrame(frame);
  if (reading.own !== null) return [];
  return reading.decoded.events.filter((event): event is DatedEvent =>
    event.kind !== "connected" && event.tradingDate === date
  );
}
