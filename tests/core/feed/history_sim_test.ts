import assert from "node:assert/strict";
import { createDay } from "../../../core/exchange/day.ts";
import { HistoryClient } from "../../../core/feed/history_client.ts";
import type { RestResult } from "../../../core/feed/rest_caller.ts";
import { smallDayOf } from "../exchange/play.ts";
import { withService } from "../sim/support/with_service.ts";
import { withRestDeps } from "./support/rest_deps.ts";

const openDay = ({ seed, date }: Parameters<typeof createDay>[0]) => smallDayOf({ seed, date });
/** More than a request may span; the simulated exchange has history from 23 October on. */
const SPAN = { from: "2026-10-01", to: "2026-11-19" };
const KEY = { consumerId: "demo", secret: "demo" };

function withSim(run: (history: HistoryClient) => Promise<void>): Promise<void> {
  return withService(
    { openDay },
    ({ url }) =>
      withRestDeps(
        { url, ...KEY },
        { spacingMs: 1, timeoutMs: 10_000 },
        ({ options, deps }) => run(new HistoryClient(options, deps)),
      ),
  );
}

/** The rows of a result without a row that was skipped. */
function whole<T>(result: RestResult<T>): readonly T[] {
  assert.ok(result.ok, result.ok ? "" : result.reason);
  assert.equal(result.skipped, 0);
  return result.rows;
}

Deno.test("history of the simulated exchange - the four calls agree on each day of a security", () =>
  withSim(async (history) => {
    const days = whole(await history.dailyOhlc("HPG", SPAN));
    const prices = whole(await history.dailyStockPrice({ symbol: "HPG" }, SPAN));
    const minutes = whole(await history.intradayOhlc("HPG", SPAN));
    assert.equal(days.length, 20);
    assert.ok(minutes.length > 20 * 200, `${minutes.length}`);
    for (const [i, day] of days.entries()) {
      const price = prices[i]!;
      const bars = minutes.filter((bar) => bar.tradingDate === day.tradingDate);
      assert.deepEqual(
        [price.tradingDate, price.openE2, price.highE2, price.lowE2, price.closeE2],
        [day.tradingDate, day.openE2, day.highE2, day.lowE2, day.closeE2],
      );
      assert.deepEqual([price.volume, price.valueVnd], [day.volume, day.valueVnd]);
      assert.equal(bars.reduce((sum, bar) => sum + bar.volume, 0), day.volume);
      assert.deepEqual([bars[0]!.openE2, bars.at(-1)!.closeE2], [day.openE2, day.closeE2]);
      assert.equal(price.referenceE2, i === 0 ? price.referenceE2 : days[i - 1]!.closeE2);
    }
  }));

Deno.test("history of the simulated exchange - an index in any case, a future, a board", () =>
  withSim(async (history) => {
    const index = whole(await history.dailyIndex("HNXIndex", SPAN));
    const bars = whole(await history.dailyOhlc("hnxindex", SPAN));
    assert.deepEqual(
      index.map((day) => [day.tradingDate, day.closeE2]),
      bars.map((bar) => [bar.tradingDate, bar.closeE2]),
    );
    assert.equal(index.length, 20);
    for (const [i, day] of index.slice(1).entries()) {
      assert.equal(day.referenceE2, index[i]!.closeE2);
    }
    const one = { from: "2026-11-19", to: "2026-11-19" };
    const futures = whole(await history.dailyStockPrice({ market: "DER" }, one));
    assert.ok(futures.length > 0 && futures.every(({ symbol }) => symbol.startsWith("41I1")));
    assert.ok(whole(await history.intradayOhlc(futures[0]!.symbol, one)).length > 100);
    assert.deepEqual(whole(await history.dailyOhlc("NOSUCH", SPAN)), []);
  }));
