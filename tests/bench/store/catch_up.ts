import { createDay } from "../../../core/exchange/day.ts";
import { parseVnTime } from "../../../core/market/time.ts";
import { openJournal, SEGMENT_BYTES } from "../../../core/feed/journal.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { DAY_END, DAY_START } from "../../../core/tasks/journal_place.ts";
import { journalRows } from "../../../core/tasks/journal_rows.ts";
import { countRows } from "../../../core/tasks/store_rows.ts";
import { DATE, listen } from "../../simulation/market_frames.ts";
import { writeBatch } from "./flushes.ts";
import { type BenchStore, onEach, type Pair } from "./servers.ts";

/** The morning, from its opening auction on. */
const FROM = "09:00:00";
const UNTIL = "11:30:00";
/** What the engine side subscribes to, of all symbols. */
const WANTED = new Set<string>(["F", "X-TRADE", "X-QUOTE", "R", "MI"]);
const FRAMES_OF_A_TURN = 40;
const clock = { nowMs: () => performance.now() };

export interface CatchUp {
  readonly rows: number;
  readonly trades: number;
  readonly tookMs: number;
  /** Of it, waiting for the database. */
  readonly flushMs: number;
  /** Size of a candle as the writer leaves it. */
  readonly candleBytes: number;
}

export interface CatchUpFigures extends Pair<CatchUp> {
  /** What the morning took. */
  readonly liveMs: number;
  readonly frames: number;
}

/** Journals a simulated morning of the whole market, of which both stores then catch up. */
export async function measureCatchUp(
  stores: readonly BenchStore[],
  onStep: (step: string) => void,
): Promise<CatchUpFigures> {
  const dir = await Deno.makeTempDir();
  try {
    const { frames, liveMs } = await recordMorning(dir);
    onStep(`${frames} frames of a morning are journalled`);
    return { liveMs, frames, ...await onEach(stores, (store) => catchUp(store, dir)) };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function recordMorning(dir: string) {
  const journal = await openJournal({
    ...{ dir, clock, segmentBytes: SEGMENT_BYTES, maxBytes: 4e9, keepDates: null },
    log() {},
  });
  const day = createDay({ seed: 7, scenario: "normal", date: DATE });
  let frames = 0;
  for (const frame of listen(day, UNTIL, (channel) => WANTED.has(channel))) {
    journal.append(DATE, 0, frame);
    if (++frames % FRAMES_OF_A_TURN > 0) continue;
    journal.commit();
    // Segments are packed meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
  }
  const { lost } = journal.stats();
  await journal.close();
  if (lost > 0) throw new Error(`${lost} frames were not journalled`);
  return { frames, liveMs: 1_000 * (parseVnTime(UNTIL)! - parseVnTime(FROM)!) };
}

/** As the writer does it: one batch after the other, each until it is committed. */
async function catchUp(store: BenchStore, dir: string): Promise<CatchUp> {
  const part = { dir, tradingDate: DATE, from: DAY_START, to: DAY_END };
  const options = engineOptions({ classifier: "feed", spikeMinVnd: 0 });
  const startMs = performance.now();
  let [rows, trades, flushMs] = [0, 0, 0];
  for await (const batch of journalRows(part, options, fail)) {
    const flushStartMs = performance.now();
    await writeBatch(store, batch);
    flushMs += performance.now() - flushStartMs;
    rows += countRows(batch.rows);
    trades += batch.rows.trades.length;
  }
  const tookMs = performance.now() - startMs;
  const [candles] = await store.pool.read((sql) =>
    sql<{ bytes: number }[]>`
      SELECT pg_total_relation_size('candles_1m')::float8 / count(*) AS bytes FROM candles_1m`
  );
  return { rows, trades, flushMs, tookMs, candleBytes: candles!.bytes };
}

function fail(event: string, fields: Readonly<Record<string, unknown>>): never {
  throw new Error(`The journal said ${event}: ${JSON.stringify(fields)}`);
}
