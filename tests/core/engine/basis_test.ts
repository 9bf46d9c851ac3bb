import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../core/engine/change.ts";
import { logFrom } from "../../../core/engine/logs.ts";
import { step } from "../../../core/engine/step.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { premiumOf } from "../../../core/analytics/basis.ts";
import { BOARD_FIELDS } from "../../../core/wire/board.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { CountedMap, IndexMarket, timeOf } from "../../support/index_market.ts";
import { at, preOpenEvent, tradeEvent } from "../../support/trade_events.ts";

const FRONT = "41I1GC000";
const NEXT = "41I1H1000";

const basisOf = ({ state }: IndexMarket, symbol: string) =>
  boardRow(state, symbol)[BOARD_FIELDS.indexOf("basis")];
const contractsOf = (changes: readonly Change[]) =>
  changes.flatMap((change) => change.kind === "instrument" ? [change.symbol] : []);

/** Both boards in continuous matching at 09:30, VN30 at 1,850. */
function trading(): IndexMarket {
  const market = new IndexMarket();
  market.session("LO", "09:15:00", "HOSE", "DERIVATIVES");
  market.tick("VN30", 185_000, "09:30:00");
  return market;
}

Deno.test("The basis of each contract is its own price less the index (F-053)", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "09:30:01");
  market.trade(NEXT, 184_870, "09:30:01");
  assert.deepEqual([basisOf(market, FRONT), basisOf(market, NEXT)], [2.3, -1.3]);
});

Deno.test("Two contracts that trade in turn keep a basis, a sign and a series each (B-08)", () => {
  const market = trading();
  for (let second = 1; second < 9; second++) {
    market.trade(FRONT, 185_200 + second, `09:30:0${second}`);
    market.trade(NEXT, 184_800 - second, `09:30:0${second}`);
  }
  const [front, next] = [market.points(FRONT), market.points(NEXT)];
  assert.deepEqual(front.map(([, basisE2]) => basisE2), [201, 202, 203, 204, 205, 206, 207]);
  assert.deepEqual(next.map(([, basisE2]) => basisE2), [-201, -202, -203, -204, -205, -206, -207]);
  assert.equal(new Set(front.map(([, basisE2]) => premiumOf(basisE2))).size, 1);
});

Deno.test("The basis moves when the index moves, without a trade of the future (B-09)", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "09:30:01");
  const changes = market.tick("VN30", 185_100, "09:30:02");
  assert.deepEqual(contractsOf(changes), [FRONT]);
  assert.equal(basisOf(market, FRONT), 1.3);
  market.tick("VN30", 185_200, "09:30:03");
  assert.deepEqual(market.points(FRONT), [["09:30:01", 230], ["09:30:02", 130]]);
});

Deno.test("A tick of channel B moves the basis as one of MI does (B-09)", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "09:30:01");
  const bar = { kind: "bar", symbol: "VN30", tradingDate: "2026-11-16", volume: 0 } as const;
  step(market.state, { ...bar, exchangeMs: at("09:30:02"), priceE2: 185_130 });
  assert.equal(basisOf(market, FRONT), 1);
});

Deno.test("KRX codes and old codes, of VN30 and VN100, each have a basis to their own index (B-38)", () => {
  const market = trading();
  market.tick("VN100", 172_000, "09:30:00");
  market.trade("41I1GC000", 185_100, "09:30:01");
  market.trade("VN30F2612", 185_200, "09:30:01");
  market.trade("41I2GC000", 172_300, "09:30:01");
  assert.deepEqual(
    ["41I1GC000", "VN30F2612", "41I2GC000"].map((code) => basisOf(market, code)),
    [1, 2, 3],
  );
});

Deno.test("Futures on government bonds and everything else have no basis (B-38)", () => {
  const market = trading();
  market.trade("41B5GC000", 11_000_000, "09:30:01");
  market.trade("FPT", 11_000_000, "09:30:01");
  market.clock("09:32:00");
  assert.deepEqual([basisOf(market, "41B5GC000"), basisOf(market, "FPT")], [null, null]);
  assert.equal(logFrom(market.state, "basis", 0).entries.length, 0);
});

Deno.test("Before the index has traded today there is no basis: at 09:10 MI still says yesterday's value", () => {
  const market = new IndexMarket();
  market.session("ATO", "09:00:00", "HOSE");
  market.session("LO", "09:00:00", "DERIVATIVES");
  market.tick("VN30", 184_500, "09:05:00", 0);
  market.trade(FRONT, 185_230, "09:10:00");
  assert.equal(basisOf(market, FRONT), null);
  market.session("LO", "09:15:00", "HOSE");
  // Its first value of today tells of every future, though it may be that of yesterday.
  assert.deepEqual(contractsOf(market.tick("VN30", 184_500, "09:15:01", 1)), [FRONT]);
  assert.equal(basisOf(market, FRONT), 7.3);
  market.clock("09:17:00");
  assert.deepEqual(market.points(FRONT), [["09:15:01", 730]]);
});

Deno.test("Points come from continuous matching of both boards only; the basis itself goes on", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "11:29:59");
  market.session("BREAK", "11:30:00", "HOSE", "DERIVATIVES");
  market.tick("VN30", 185_100, "11:30:05");
  market.session("LO", "13:00:00", "HOSE", "DERIVATIVES");
  market.trade(FRONT, 185_300, "13:00:01");
  // One board may be heard to change its session before the other.
  market.session("ATC", "14:30:00", "HOSE");
  market.trade(FRONT, 185_400, "14:30:00");
  market.session("LO", "14:30:01", "HOSE");
  market.session("ATC", "14:30:01", "DERIVATIVES");
  market.tick("VN30", 185_000, "14:30:02");
  market.session("ATC", "14:30:03", "HOSE");
  market.trade(FRONT, 185_500, "14:45:00");
  market.clock("14:50:00");
  assert.deepEqual(market.points(FRONT), [["11:29:59", 230], ["13:00:01", 200]]);
  assert.equal(basisOf(market, FRONT), 5);
});

Deno.test("A second has one point, its last, and each point is told as a change", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "09:30:01");
  market.trade(FRONT, 185_240, "09:30:01");
  market.tick("VN30", 185_010, "09:30:01");
  const changes = market.trade(FRONT, 185_250, "09:30:02");
  assert.deepEqual(changes.filter(({ kind }) => kind === "basis"), [{
    kind: "basis",
    symbol: FRONT,
    tradingDate: "2026-11-16",
    exchangeMs: at("09:30:01"),
    futuresE2: 185_240,
    spotE2: 185_010,
  }]);
  assert.deepEqual(market.points(FRONT), [["09:30:01", 230]]);
});

Deno.test("The last point before a break comes with the next minute of exchange time, once", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "11:29:50");
  market.clock("11:29:59");
  assert.deepEqual(market.points(FRONT), []);
  assert.equal(market.clock("11:30:00").filter(({ kind }) => kind === "basis").length, 1);
  market.clock("11:31:00");
  assert.deepEqual(market.points(FRONT), [["11:29:50", 230]]);
});

Deno.test("A late trade is no newer price: it moves no basis", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "09:30:01", 10);
  const head = { symbol: FRONT, exchange: "DERIVATIVES", session: "LO" } as const;
  const next = { ...head, lastE2: 185_240, lastVolume: 5, totalVolume: 20 };
  step(market.state, tradeEvent({ ...next, exchangeMs: at("09:30:02") }));
  const late = { ...head, lastE2: 180_000, lastVolume: 5, totalVolume: 15 };
  const changes = step(market.state, tradeEvent({ ...late, exchangeMs: at("09:30:02") }));
  assert.ok(changes.some((change) => change.kind === "trade" && change.late));
  market.clock("09:32:00");
  assert.equal(basisOf(market, FRONT), 2.4);
  assert.deepEqual(market.points(FRONT), [["09:30:01", 230], ["09:30:02", 240]]);
});

Deno.test("An entry of the log carries everything that a point of the API is made of (F-055)", () => {
  const market = trading();
  market.trade(FRONT, 185_230, "09:30:01");
  market.trade(FRONT, 185_230, "09:30:02");
  const [atMs, contract, futuresE2, spotE2] = logFrom(market.state, "basis", 0).entries[0]!;
  const basisE2 = futuresE2 - spotE2;
  assert.deepEqual({
    timestamp: new Date(atMs).toISOString(),
    futures_symbol: contract,
    futures_price: futuresE2 / 100,
    spot_value: spotE2 / 100,
    basis: basisE2 / 100,
    basis_pct: Math.round(basisE2 / spotE2 * 1e4) / 100,
    is_premium: premiumOf(basisE2) === "premium",
  }, {
    timestamp: "2026-11-16T02:30:01.000Z",
    futures_symbol: FRONT,
    futures_price: 1_852.3,
    spot_value: 1_850,
    basis: 2.3,
    basis_pct: 0.12,
    is_premium: true,
  });
});

Deno.test("The log holds the trend of the last half hour of four contracts, second by second (F-056)", () => {
  const market = trading();
  const codes = [FRONT, NEXT, "41I1H3000", "41I1H6000"];
  for (const code of codes) market.trade(code, 185_230, "09:30:00");
  for (let second = 1; second <= 3_600; second++) {
    market.tick("VN30", 185_000 + second % 20, timeOf(at("09:30:00") + second * 1_000));
  }
  const fromMs = at("10:00:00");
  for (const code of codes) {
    const trend = logFrom(market.state, "basis", 0).entries
      .filter(([atMs, of]) => of === code && atMs >= fromMs);
    assert.equal(trend.length, 1_800);
    trend.forEach(([atMs], i) => assert.equal(atMs, fromMs + i * 1_000));
  }
});

Deno.test("A trade of a future costs the same however many securities and contracts there are (F-054)", () => {
  const costOf = (securities: number, contracts: number, minutes: number) => {
    const market = trading();
    const { state } = market;
    for (let i = 0; i < securities; i++) step(state, preOpenEvent({ symbol: `S${i}` }));
    for (let i = 0; i < contracts; i++) market.trade(`VN30F${20 + i}12`, 185_100, "09:31:00");
    market.trade(FRONT, 185_100, "09:31:00");
    for (let minute = 0; minute < minutes; minute++) {
      market.trade(FRONT, 185_100 + minute, timeOf(at("10:00:00") + minute * 60_000));
    }
    market.clock("14:00:00");
    const instruments = new CountedMap(state.market.instruments);
    const basis = new CountedMap(state.market.basis);
    const indices = new CountedMap(state.market.indices);
    Object.assign(state.market, { instruments, basis, indices });
    // Copying read them all, which is the test's doing and not the engine's.
    instruments.reads = basis.reads = indices.reads = 0;
    market.trade(FRONT, 185_222, "14:00:30");
    return [instruments.reads, basis.reads, indices.reads];
  };
  assert.deepEqual(costOf(2_000, 16, 119), costOf(10, 1, 59));
});

Deno.test("The log of points has a limit, and what a contract remembers has one too (F-054)", () => {
  const market = trading();
  const { state } = market;
  market.trade(FRONT, 185_100, "09:30:00");
  const { event } = state.market.indices.get("VN30")!;
  for (let second = 1; second <= LOG_MAX.basis * 1.2; second++) {
    // Longer than any day, so that the limit is met: only sizes are looked at here.
    step(state, {
      ...event,
      exchangeMs: event.exchangeMs + second * 1_000,
      valueE2: 185_000 + second,
    });
  }
  const { entries, first } = state.market.logs.basis;
  assert.ok(entries.length <= LOG_MAX.basis * 1.125);
  assert.ok(first + entries.length <= LOG_MAX.basis * 1.2);
  assert.ok(state.market.basis.get(FRONT)!.closes.length <= 30);
});

Deno.test("Whatever trades and ticks, each contract's series is its last price less the index, second by second", () => {
  const move = fc.record({
    kind: fc.constantFrom("front", "next", "index"),
    seconds: fc.nat(2),
    value: fc.integer({ min: 184_000, max: 186_000 }),
  });
  fc.assert(fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
    const market = trading();
    const last: Record<string, number> = {};
    const expected: Record<string, Map<string, number>> = { [FRONT]: new Map(), [NEXT]: new Map() };
    let [spot, second] = [185_000, 0];
    for (const { kind, seconds, value } of moves) {
      second += seconds;
      const time = timeOf(at("10:00:00") + second * 1_000);
      if (kind === "index") market.tick("VN30", spot = value, time);
      const code = kind === "front" ? FRONT : kind === "next" ? NEXT : null;
      if (code !== null) market.trade(code, last[code] = value, time);
      const moved = code === null ? Object.keys(last) : [code];
      for (const one of moved) expected[one]!.set(time, last[one]! - spot);
    }
    market.clock("10:59:00");
    for (const code of [FRONT, NEXT]) {
      assert.deepEqual(market.points(code), [...expected[code]!]);
    }
  }));
});
