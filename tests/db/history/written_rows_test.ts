import assert from "node:assert/strict";
import type { HistoryList, HistoryRows } from "../../../core/port/history.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import { flushBatch } from "../../../db/flush.ts";
import { migrate } from "../../../db/migrate.ts";
import { openHistory } from "../../support/history_days.ts";
import { databaseTest } from "../../support/postgres.ts";
import { AT_MS, batchOf, DATE, ONE_OF_EACH } from "../support/batches.ts";
import { testLog } from "../support/pools.ts";

databaseTest(
  "What the writer stored is read as it was, in every list (F-081, B-17)",
  async ({ address }) => {
    await using held = openHistory(address);
    await migrate(address);
    const options = { source: "live", deadlineMs: 10_000, log: testLog() } as const;
    await flushBatch(held.pool, batchOf(ONE_OF_EACH), options);
    const fromMs = vnInstantMs(DATE, 0);
    const range = { fromDate: DATE, toDate: DATE, fromMs, untilMs: fromMs + 86_400_000 };
    const read = async <List extends HistoryList>(list: List, subject = "FPT") => {
      const order = { isDescending: false, after: null, rowsMax: 2_000 };
      const page = await held.history.page(list, { subject, range, minutes: 1 }, order);
      assert.ok(page.ok && page.value.rows.length === 1 && page.value.next === null, list);
      return page.value.rows[0]! as HistoryRows[List];
    };
    const rows = ONE_OF_EACH;
    assert.deepEqual(await read("ticks"), rows.trades[0]);
    assert.deepEqual(await read("foreign"), rows.foreign[0]);
    assert.deepEqual(await read("index", "VN30"), rows.indices[0]);
    assert.deepEqual(await read("basis", "VN30F2612"), rows.basis[0]);
    assert.deepEqual(await read("days"), { ...rows.dailyPrices[0], date: DATE, source: "live" });
    const { timestamp, ...alert } = await read("alerts", "");
    assert.deepEqual({ ...alert, timestamp: Date.parse(timestamp) }, {
      ...rows.alerts[0],
      timestamp: AT_MS,
    });
    const candle = await read("candles");
    assert.deepEqual(candle, {
      ...{ atMs: AT_MS - 7_000, openE2: 11, highE2: 14, lowE2: 10, closeE2: 12 },
      ...{ volume: 600, buy: 100, sell: 200, none: 300, valueVnd: 4_000, missing: 0 },
      source: "live",
    });
    assert.deepEqual((await read("indexCandles", "VN30")).totalVolume, 32);
    assert.deepEqual((await read("indexDayCandles", "VN30")).closeE2, 105);
    const { buy, sell, none } = await read("dayCandles");
    assert.deepEqual([buy, sell, none], [97, 98, null]);
    const { buyVolume, sellVolume, from } = await read("foreignDays");
    assert.deepEqual([buyVolume, sellVolume, from], [92, 93, "daily"]);
    const session = await read("sessions", "");
    assert.deepEqual(session.certificate, rows.sessions[0]!.certificate);
    assert.deepEqual([session.countedVolume, session.missingVolume, session.duplicates], [
      ...[121, 122, 123],
    ]);
  },
);
