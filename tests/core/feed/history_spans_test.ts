import assert from "node:assert/strict";
import { addDays, formatVnDate, formatVnTime, parseVnDate } from "../../../core/market/time.ts";
import type { Script } from "./support/fake_ssi.ts";
import { bar, DAY, reply, withHistory } from "./support/histories.ts";

/** Answers a span with so many rows a day in pages of a size, and keeps what was asked. */
function pager(
  perDay: number,
  row: (date: string, n: number) => unknown,
  { pageRows = 1_000, tellsTotal = true } = {},
): { readonly script: Script; readonly asked: string[] } {
  const asked: string[] = [];
  const script = (request: Request) => {
    const query = new URL(request.url).searchParams;
    const at = (key: string) => parseVnDate(query.get(key)!)!;
    asked.push(`${query.get("fromDate")} ${query.get("toDate")} ${query.get("pageIndex")}`);
    const rows: unknown[] = [];
    for (let date = at("fromDate"); date <= at("toDate"); date = addDays(date, 1)) {
      for (let n = 0; n < perDay; n++) rows.push(row(formatVnDate(date), n));
    }
    const start = (Number(query.get("pageIndex")) - 1) * pageRows;
    return reply(rows.slice(start, start + pageRows), tellsTotal ? rows.length : null);
  };
  return { script, asked };
}

Deno.test("history - a long span is asked for in spans of thirty dates", () =>
  withHistory(async ({ ssi, history }) => {
    const { script, asked } = pager(1, (date) => bar(date));
    ssi.scripts.dailyohlc = script;
    const result = await history.dailyOhlc("FPT", { from: "2026-09-01", to: "2026-10-31" });
    assert.equal(result.ok && result.rows.length, 61);
    assert.deepEqual(asked, [
      "01/09/2026 30/09/2026 1",
      "01/10/2026 30/10/2026 1",
      "31/10/2026 31/10/2026 1",
    ]);
  }));

const minute = (date: string, n: number) =>
  bar(date, { Time: formatVnTime(9 * 3600 + n * 60 + 30) });

Deno.test("history - thirty busy days of minutes come in eight pages of one span", () =>
  withHistory(async ({ ssi, history }) => {
    const { script, asked } = pager(250, minute);
    ssi.scripts.intradayohlc = script;
    const span = { from: "2026-10-01", to: "2026-10-30" };
    const result = await history.intradayOhlc("FPT", span);
    assert.equal(result.ok && result.rows.length, 7_500);
    assert.equal(asked.length, 8);
  }));

Deno.test("history - more rows than ten pages hold are asked for in halves, each row once", () =>
  withHistory(async ({ ssi, history }) => {
    for (const tellsTotal of [true, false]) {
      const { script, asked } = pager(400, minute, { tellsTotal });
      ssi.scripts.intradayohlc = script;
      const span = { from: "2026-10-01", to: "2026-10-30" };
      const result = await history.intradayOhlc("FPT", span);
      assert.ok(result.ok);
      const keys = new Set(result.rows.map((row) => `${row.tradingDate} ${row.lastSecond}`));
      assert.deepEqual([result.rows.length, keys.size], [12_000, 12_000]);
      // The total saves reading ten pages in vain. Each half ends with a page that is full.
      assert.equal(asked.length, (tellsTotal ? 1 : 10) + 7 + 7);
      assert.ok(asked.includes("01/10/2026 15/10/2026 1"));
    }
  }));

Deno.test("history - pages that are smaller than asked for are followed to the end", () =>
  withHistory(async ({ ssi, history }) => {
    const { script, asked } = pager(9, minute, { pageRows: 100 });
    ssi.scripts.intradayohlc = script;
    const span = { from: "2026-10-01", to: "2026-10-30" };
    const result = await history.intradayOhlc("FPT", span);
    assert.equal(result.ok && result.rows.length, 270);
    assert.deepEqual(asked.map((line) => line.at(-1)), ["1", "2", "3"]);
  }));

Deno.test("history - a day with more rows than are given out is a failure, never a part of it", () =>
  withHistory(async ({ ssi, history }) => {
    ssi.scripts.dailystockprice = () =>
      reply([{ Symbol: "A" }, ...Array(999).fill({ Symbol: "B" })], 10_001);
    const result = await history.dailyStockPrice({ market: "HOSE" }, DAY);
    assert.deepEqual(result, {
      ok: false,
      kind: "bad-shape",
      reason: "DailyStockPrice has more rows of 2026-11-18 than the service gives out",
    });
  }));

Deno.test("history - a failure in the middle is the answer, and hides secrets", () =>
  withHistory(async ({ ssi, history }) => {
    const { script, asked } = pager(1, (date) => bar(date));
    ssi.scripts.dailyohlc = (request) =>
      asked.length < 2 ? script(request) : new Response(ssi.secret, { status: 500 });
    const result = await history.dailyOhlc("FPT", { from: "2026-09-01", to: "2026-12-31" });
    assert.equal(!result.ok && result.kind, "transient");
    assert.ok(!JSON.stringify(result).includes(ssi.secret));
  }));

Deno.test("history - waits for its turn where another call would be refused", () =>
  withHistory(async ({ ssi, history, governor, deps }) => {
    ssi.scripts.dailyohlc = () => reply([bar("18/11/2026")]);
    const nowMs = deps.clock.nowMs();
    while (governor.take(nowMs) !== null);
    const refused = governor.refused;
    const result = await history.dailyOhlc("FPT", DAY);
    assert.equal(result.ok && result.rows.length, 1);
    assert.ok(governor.refused > refused, "the wait was needed");
  }, 20));

Deno.test("history - a wait for a turn ends with the signal", () =>
  withHistory(async ({ history, governor, deps, stop }) => {
    const nowMs = deps.clock.nowMs();
    while (governor.take(nowMs) !== null);
    const asked = history.dailyOhlc("FPT", DAY);
    stop.abort();
    assert.equal((await asked).ok, false);
  }, 3_600_000));
