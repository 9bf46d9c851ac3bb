import assert from "node:assert/strict";
import type { MarketEvent } from "../../../core/market/event.ts";
import { RowCollector } from "../../../core/tasks/row_collector.ts";
import { databaseTest } from "../../support/postgres.ts";
import { at, DATE, preOpenEvent, tradeEvent } from "../../support/trade_events.ts";
import { engine } from "../engine/trading_engine.ts";
import { testLog, withTables } from "../../db/support/pools.ts";
import { flushBatch } from "../../../db/flush.ts";
import { makePartitions } from "../../../db/partitions.ts";

/** An engine whose changes are gathered. */
function gathered() {
  const { state, send } = engine();
  const collector = new RowCollector(state, () => ({ stalls: 2, reconnects: 1 }));
  const note = (...events: readonly MarketEvent[]) => {
    for (const event of events) collector.note(send(event));
  };
  return { state, collector, note };
}

/** Two trades, then a total that falls below them for good, and a trade above that. */
function takenBack(note: ReturnType<typeof gathered>["note"], take: () => void): void {
  note(tradeEvent({ totalVolume: 500, lastVolume: 500 }), tradeEvent({ totalVolume: 900 }));
  take();
  for (let second = 1; second <= 4; second++) {
    note(tradeEvent({ totalVolume: 800, exchangeMs: at(`10:00:0${second}`) }));
  }
  note(tradeEvent({ totalVolume: 900, exchangeMs: at("10:00:09"), lastE2: 1_010_000 }));
  take();
}

Deno.test("Volume that the feed takes back makes the trades and candles before it void", () => {
  const { collector, note } = gathered();
  const taken: ReturnType<RowCollector["take"]> = [];
  takenBack(note, () => taken.push(...collector.take()));
  assert.deepEqual(taken.map(({ voided }) => voided), [[], ["AAA"]]);
  assert.deepEqual(taken.map(({ rows }) => rows.trades.map((trade) => trade.totalVolume)), [
    [500, 900],
    [900],
  ]);
  const [candle] = taken[1]!.rows.candles;
  assert.deepEqual([candle?.fromVolume, candle?.toVolume], [800, 900]);
});

databaseTest(
  "A store follows volume that is taken back, however often it hears of it (I1)",
  ({ address }) =>
    withTables(address, async (pool) => {
      const { state, collector, note } = gathered();
      await makePartitions(pool, [DATE]);
      const batches: Parameters<typeof flushBatch>[1][] = [];
      takenBack(note, () => {
        for (const { tradingDate, rows, voided } of collector.take()) {
          batches.push({ tradingDate, rows, voided, from: null, to: null });
        }
      });
      // As after a crash: from the beginning again.
      for (const batch of [...batches, ...batches]) {
        await flushBatch(pool, batch, { source: "live", deadlineMs: 10_000, log: testLog() });
      }
      const rows = await pool.read((sql) =>
        sql<{ total_vol: number; volume: number; price: number }[]>`
        SELECT total_vol, volume, price FROM trades WHERE symbol = 'AAA'`
      );
      assert.deepEqual([...rows], [{ total_vol: 900, volume: 100, price: 1_010_000 }]);
      assert.equal(state.market.instruments.get("AAA")?.tape.counted, 100);
      const candles = await pool.read((sql) => sql`SELECT tv0, tv1, o FROM candles_1m`);
      assert.deepEqual([...candles], [{ tv0: 800, tv1: 900, o: 1_010_000 }]);
    }),
);

Deno.test("A day that ends hands over its last rows, its figures and its session, and nothing follows", () => {
  const { collector, note, state } = gathered();
  note(tradeEvent({ totalVolume: 300, lastVolume: 300 }));
  const next = "2026-11-17";
  note(preOpenEvent({ tradingDate: next, exchangeMs: at("08:00:07", next) }));
  note(tradeEvent({ tradingDate: next, exchangeMs: at("10:00:00", next) }));
  const [last, first, ...others] = collector.take();
  assert.deepEqual(others, []);
  assert.deepEqual([last?.tradingDate, last?.isLast], [DATE, true]);
  assert.deepEqual([first?.tradingDate, first?.isLast], [next, false]);
  assert.equal(state.market.tradingDate, next);
  assert.deepEqual(last?.rows.trades.map(({ volume }) => volume), [300]);
  assert.deepEqual(last?.rows.candles.map(({ toVolume }) => toVolume), [300]);
  const [day] = last!.rows.dailyPrices;
  assert.deepEqual([day?.symbol, day?.volume, day?.closeE2, day?.referenceE2], [
    "AAA",
    300,
    1_000_000,
    1_000_000,
  ]);
  const [session] = last!.rows.sessions;
  assert.equal(session?.certificate.quality.counted_volume, 300);
  assert.deepEqual(session?.feed, { stalls: 2, reconnects: 1 });
  assert.deepEqual(first?.rows.trades.map(({ volume }) => volume), [100]);
});

Deno.test("What is taken is not taken again, and nothing is nothing", () => {
  const { collector, note } = gathered();
  assert.deepEqual(collector.take(), []);
  note(tradeEvent({}));
  assert.equal(collector.take().length, 1);
  assert.deepEqual(collector.take(), []);
});
