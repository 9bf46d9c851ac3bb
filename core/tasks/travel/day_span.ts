import { readFrame } from "../../engine/ingest.ts";
import { listSegments } from "../../feed/journal_files.ts";
import { readSegment } from "../../feed/journal_read.ts";
import { readDay } from "../../feed/journal_reader.ts";

/** Exchange time between which a day was recorded, Unix ms. */
export interface DaySpan {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * A connection begins with the cache of every channel, whose messages are of any earlier time: what
 * comes in the first second is of that, and the market is whole behind it.
 */
const CACHE_MS = 1_000;
/** Records of that second at most. */
const CACHE_RECORDS_MAX = 20_000;
/** Records at the end of a day that are looked at for its last minute. */
const LAST_RECORDS = 500;

/** Whoever reads the day itself tells of its damage. */
const onDamage = () => {};

/** Exchange time at which the market of a recorded day was first whole; null when it never was. */
export async function firstMsOf(dir: string, date: string): Promise<number | null> {
  let newest: number | null = null;
  let startMs: number | null = null;
  let records = 0;
  for await (const { receivedMs, frame } of readDay(dir, date, { onDamage })) {
    const timeMs = newestOf(frame, date);
    if (startMs !== null && receivedMs - startMs > CACHE_MS) break;
    if (timeMs === null) continue;
    startMs ??= receivedMs;
    newest = Math.max(newest ?? 0, timeMs);
    if (++records === CACHE_RECORDS_MAX) break;
  }
  return newest;
}

/** Exchange time between which a day was recorded; null when no message of it was. */
export async function spanOf(dir: string, date: string): Promise<DaySpan | null> {
  const firstMs = await firstMsOf(dir, date);
  if (firstMs === null) return null;
  let lastMs = firstMs;
  for (const frame of await lastFrames(dir, date)) {
    lastMs = Math.max(lastMs, newestOf(frame, date) ?? 0);
  }
  return { firstMs, lastMs };
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

/** Newest exchange time of the date that a record speaks of; null when of none. */
function newestOf(frame: string, date: string): number | null {
  const reading = readFrame(frame);
  if (reading.own !== null) return null;
  let newest: number | null = null;
  for (const event of reading.decoded.events) {
    if (event.kind === "connected" || event.tradingDate !== date) continue;
    newest = Math.max(newest ?? 0, event.exchangeMs);
  }
  return newest;
}
