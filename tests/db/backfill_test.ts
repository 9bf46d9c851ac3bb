import assert from "node:assert/strict";
import type { Dated } from "../../core/port/backfill.ts";
import type { CandleRow, StoreBatch } from "../../core/port/store.ts";
import { NO_ROWS } from "../../core/tasks/store_rows.ts";
import { doneSpans, rememberSpan } from "../../db/backfill.ts";
import { flushBatch } from "../../db/flush.ts";
import type { Pool } from "../../db/pool.ts";
import { historyStoreTest, silent } from "../support/history_store.ts";

const DATE = "2026-11-19";

const candle = (volume: number, rest: Partial<CandleRow> = {}): Dated<CandleRow> => ({
  symbol: "FPT",
  tradingDate: DATE,
  minute: 600,
  openE2: 100,
  highE2: 120,
  lowE2: 90,
  closeE2: 110,
  buy: 0,
  sell: 0,
  none: volume,
  valueVnd: volume,
  fromVolume: 1_000,
  toVolume: 1_000 + volume,
  ...rest,
});

/** A minute as one of the sources tells it. */
interface Told {
  readonly source: "live" | "backfill";
  readonly row: Dated<CandleRow>;
}

async function tell(pool: Pool, { source, row }: Told): Promise<void> {
  const batch: StoreBatch = {
    ...{ tradingDate: DATE, voided: [], from: null, to: null },
    rows: { ...NO_ROWS, candles: [row] },
  };
  await flushBatch(pool, batch, { source, deadlineMs: 10_000, log: silent });
}

/** What is stored of the minute after it was told in an order. */
async function storedOf(pool: Pool, told: readonly Told[]) {
  await pool.run((sql) => sql`TRUNCATE candles_1m`);
  for (const one of told) await tell(pool, one);
  const [row] = await pool.read((sql) =>
    sql`SELECT tv0, tv1, buy, sell, none, o, h, l, c, source FROM candles_1m`
  );
  return row!;
}

const bar: Told = { source: "backfill", row: candle(300) };
const live = (buy: number, sell: number): Told => ({
  source: "live",
  row: candle(0, { buy, sell, openE2: 101, highE2: 102, lowE2: 100, closeE2: 102 }),
});
const asBar = {
  ...{ tv0: 1_000, tv1: 1_300, buy: 0, sell: 0, none: 300 },
  ...{ o: 100, h: 120, l: 90, c: 110, source: 1 },
};

historyStoreTest(
  "backfill store - a minute of as much volume that we counted is kept",
  async (pool) => {
    const whole = live(200, 100);
    for (const order of [[whole, bar], [bar, whole], [bar, whole, bar]]) {
      const { buy, sell, none, o, source } = await storedOf(pool, order);
      assert.deepEqual({ buy, sell, none, o, source }, {
        buy: 200,
        sell: 100,
        none: 0,
        o: 101,
        source: 0,
      });
    }
  },
);

historyStoreTest(
  "backfill store - a fuller minute replaces the part that we saw, whatever came first",
  async (pool) => {
    const part = live(200, 99);
    const earlier = live(100, 0);
    const orders = [[part, bar], [bar, part], [earlier, bar, part], [earlier, part, bar], [
      bar,
      bar,
    ]];
    for (const order of orders) assert.deepEqual({ ...await storedOf(pool, order) }, asBar);
  },
);

historyStoreTest("backfill store - what is done is remembered once", async (pool) => {
  const span = { kind: "intraday", symbol: "FPT", from: "2026-11-01", to: DATE };
  await rememberSpan(pool, span, 7);
  await rememberSpan(pool, span, 8);
  assert.deepEqual(await doneSpans(pool, DATE), [span]);
  assert.deepEqual(await doneSpans(pool, "2026-11-20"), []);
  const rows = await pool.read((sql) => sql`SELECT rows FROM backfill_progress`);
  assert.deepEqual([...rows], [{ rows: 8 }]);
});
