import assert from "node:assert/strict";
import { onBasis, onForeign } from "../../../core/engine/alerts.ts";
import type { Change } from "../../../core/engine/change.ts";
import type { MarketEvent } from "../../../core/market/event.ts";
import { alertEngine, alertsOf } from "../../support/alert_engine.ts";
import { at, quoteEvent, statusEvent, tradeEvent } from "../../support/trade_events.ts";

const BN = 1_000_000_000;
const [CEILING, FLOOR] = [1_070_000, 930_000];

/** An engine in which AAA has traded ten times 100 since 10:00. */
function warmEngine(options: Parameters<typeof alertEngine>[0] = {}) {
  const engine = alertEngine(options);
  for (let i = 0; i < 10; i++) engine.send(engine.trade({ lastVolume: 100 }));
  const types = (...events: readonly MarketEvent[]) =>
    alertsOf(engine.send(...events)).map(({ alert_type }) => alert_type);
  return { ...engine, types };
}

Deno.test("A trade above three times the mean of the trades before it raises a warning (F-070, F-071, F-072)", () => {
  const { send, trade } = warmEngine();
  const [alert] = alertsOf(send(trade({ lastVolume: 400 })));
  assert.deepEqual([alert?.alert_type, alert?.severity], ["volume_spike", "warning"]);
  assert.deepEqual(alert?.data.inputs, {
    volume: 400,
    total_volume: 1_400,
    price: 10_000,
    value: 4_000_000,
    mean_volume: 100,
    window_trades: 10,
    window_volume: 1_000,
    ratio: 4,
  });
});

Deno.test("A trade of exactly three times the mean raises nothing (F-072)", () => {
  const { types, trade } = warmEngine();
  assert.deepEqual(types(trade({ lastVolume: 300 })), []);
});

Deno.test("A spike is told from the value on that the operator set, and counts in the mean below it", () => {
  // Of 10,000 VND each: 400 are worth 4,000,000.
  const just = warmEngine({ spikeMinVnd: 4_000_000 });
  assert.deepEqual(just.types(just.trade({ lastVolume: 400 })), ["volume_spike"]);
  const under = warmEngine({ spikeMinVnd: 4_000_001 });
  assert.deepEqual(under.types(under.trade({ lastVolume: 400 })), []);
  assert.equal(under.state.market.instruments.get("AAA")!.watch!.spike.volume, 1_400);
});

Deno.test("Auction, PLO and put-through volume is neither tested for a spike nor in the mean (F-072)", () => {
  for (const session of ["ATO", "ATC", "PT", "PLO", "C"] as const) {
    const { state, types, trade } = warmEngine();
    const odd = trade({ lastVolume: 90_000, session, exchangeMs: at("10:00:30") });
    assert.deepEqual(types(odd), [], session);
    assert.equal(state.market.instruments.get("AAA")!.watch!.spike.volume, 1_000);
    // The same volume in continuous matching is one.
    const next = trade({ lastVolume: 90_000, exchangeMs: at("10:00:31") });
    assert.deepEqual(types(next), ["volume_spike"], session);
  }
});

Deno.test("The print of an auction does not feed the mean either (F-072)", () => {
  const { send, trade, state } = alertEngine();
  send(statusEvent({ session: "ATO", exchangeMs: at("09:14:59") }));
  send(trade({ lastVolume: 900_000, exchangeMs: at("09:15:00") }));
  assert.equal(state.market.instruments.get("AAA")!.watch!.spike.trades, 0);
  send(trade({ lastVolume: 100, exchangeMs: at("09:15:01") }));
  assert.equal(state.market.instruments.get("AAA")!.watch!.spike.trades, 1);
});

Deno.test("A late trade is neither tested nor in the mean, nor is missing volume (F-072, B-03)", () => {
  const { send, trade, state } = warmEngine();
  const spike = () => state.market.instruments.get("AAA")!.watch!.spike;
  trade({ lastVolume: 50_000 });
  const after = trade({ lastVolume: 100, exchangeMs: at("10:00:05") });
  assert.deepEqual(alertsOf(send(after)), []);
  assert.deepEqual([spike().trades, spike().volume], [11, 1_100]);
  const late = tradeEvent({ totalVolume: 51_000, lastVolume: 50_000, exchangeMs: at("10:00:04") });
  const changes = send(late);
  assert.equal(changes.some((change) => change.kind === "trade" && change.late), true);
  assert.deepEqual(alertsOf(changes), []);
  assert.deepEqual([spike().trades, spike().volume], [11, 1_100]);
});

Deno.test("A burst that arrives late is judged by the time of its trades (B-03)", () => {
  const { types, trade } = warmEngine();
  // 25 minutes of exchange time in one go: the ten trades of 10:00 have left the window.
  assert.deepEqual(types(trade({ lastVolume: 9_000, exchangeMs: at("10:25:00") })), []);
});

Deno.test("The same trade sent again raises nothing again", () => {
  const { send, trade } = warmEngine();
  const spike = trade({ lastVolume: 400 });
  assert.equal(alertsOf(send(spike)).length, 1);
  assert.equal(alertsOf(send(spike, { ...spike, source: "X" })).length, 0);
});

Deno.test("Securities that are not watched raise nothing and keep no memory", () => {
  const { send, state } = alertEngine();
  for (let i = 1; i <= 20; i++) {
    const lastVolume = i === 20 ? 100_000 : 100;
    send(
      tradeEvent({ symbol: "ZZZ", totalVolume: i * 100 + lastVolume, lastVolume, lastE2: CEILING }),
    );
  }
  assert.deepEqual(state.market.logs.alerts.entries, []);
  assert.equal(state.market.instruments.get("ZZZ")!.watch, null);
});

Deno.test("The last price coming to the ceiling or the floor is critical (F-074)", () => {
  for (const [lastE2, limit] of [[CEILING, "ceiling"], [FLOOR, "floor"]] as const) {
    const { send, trade } = warmEngine();
    const [alert] = alertsOf(send(trade({ lastVolume: 100, lastE2 })));
    assert.deepEqual([alert?.alert_type, alert?.severity], ["price_breakout", "critical"]);
    assert.deepEqual(alert?.data.threshold, { [limit]: lastE2 / 100 });
    assert.equal(alert?.data.inputs.limit, limit);
  }
});

Deno.test("One step beside a limit raises nothing (F-074)", () => {
  const { types, trade } = warmEngine();
  assert.deepEqual(types(trade({ lastVolume: 100, lastE2: CEILING - 1_000 })), []);
  assert.deepEqual(types(trade({ lastVolume: 100, lastE2: FLOOR + 1_000 })), []);
});

Deno.test("A stock locked at its limit rings once and not every minute (F-074)", () => {
  const { types, trade } = warmEngine();
  const locked = (time: string) =>
    types(trade({ lastVolume: 100, lastE2: CEILING, exchangeMs: at(time) }));
  assert.deepEqual(locked("10:01:00"), ["price_breakout"]);
  for (const time of ["10:01:01", "10:02:30", "10:30:00", "13:30:00"]) {
    assert.deepEqual(locked(time), [], time);
  }
});

Deno.test("A price that left its limit and comes back rings again, a minute after at the earliest (F-074, F-065)", () => {
  const { types, trade } = warmEngine();
  const moves: readonly (readonly [string, number, number])[] = [
    ["10:01:00", CEILING, 1],
    ["10:01:10", CEILING - 1_000, 0],
    ["10:01:59", CEILING, 0],
    ["10:02:10", CEILING, 0],
    ["10:02:20", CEILING - 1_000, 0],
    ["10:02:30", CEILING, 1],
  ];
  for (const [time, lastE2, count] of moves) {
    const found = types(trade({ lastVolume: 100, lastE2, exchangeMs: at(time) }));
    assert.equal(found.length, count, time);
  }
});

Deno.test("The print of an auction at the limit counts, and so does the first trade of a day (F-074)", () => {
  const { trade, send } = alertEngine();
  send(statusEvent({ session: "ATO", exchangeMs: at("09:14:59") }));
  const print = trade({ lastVolume: 900, lastE2: FLOOR, exchangeMs: at("09:15:00") });
  assert.equal(print.session, "LO");
  assert.deepEqual(
    alertsOf(send(print)).filter(({ symbol }) => symbol === "AAA").map(({ alert_type }) =>
      alert_type
    ),
    ["price_breakout"],
  );
});

Deno.test("A stock that stood at its limit before we came is no arrival; one that came there while we were away is (F-074)", () => {
  const { send, types, trade } = warmEngine();
  send({ kind: "connected" });
  // The snapshot after the outage shows the ceiling; the first trade that follows tells of it.
  assert.deepEqual(
    types(trade({ lastVolume: 100, lastE2: CEILING, exchangeMs: at("10:05:00") })),
    [],
  );
  assert.deepEqual(types(trade({ lastVolume: 100, lastE2: CEILING, exchangeMs: at("10:05:01") })), [
    "price_breakout",
  ]);
  const late = alertEngine();
  late.send({ kind: "connected" });
  late.send(late.trade({ lastVolume: 500, lastE2: CEILING, exchangeMs: at("11:00:00") }));
  const next = late.trade({ lastVolume: 100, lastE2: CEILING, exchangeMs: at("11:00:01") });
  assert.deepEqual(alertsOf(late.send(next)), []);
});

Deno.test("Without limits, or with both the same, no price is a breakout (F-074)", () => {
  for (const [ceilingE2, floorE2] of [[null, null], [1_000_000, 1_000_000]] as const) {
    const { state, send } = alertEngine();
    const limits = { symbol: "CCC", ceilingE2, floorE2, exchange: "UPCOM" } as const;
    state.reference.watch.add("CCC");
    send(tradeEvent({ ...limits, lastVolume: 0, totalVolume: 0, lastE2: null }));
    send(tradeEvent(limits), tradeEvent({ ...limits, totalVolume: 200 }));
    assert.deepEqual(state.market.logs.alerts.entries, []);
  }
});

Deno.test("A net value that moves by more than 30 % in five minutes raises a warning (F-071, F-075, F-078)", () => {
  const { state } = alertEngine();
  const aaa = state.market.instruments.get("AAA")!;
  const ask = (nowNetVnd: number, pastNetVnd: number, time: string) => {
    const changes: Change[] = [];
    onForeign(state, aaa, { nowNetVnd, pastNetVnd, exchangeMs: at(time) }, changes);
    return alertsOf(changes);
  };
  assert.deepEqual(ask(13 * BN, 10 * BN, "10:00:00"), []);
  const [alert] = ask(-4 * BN, 10 * BN, "10:00:01");
  assert.deepEqual([alert?.alert_type, alert?.severity, alert?.symbol], [
    "foreign_acceleration",
    "warning",
    "AAA",
  ]);
  assert.equal(alert?.data.inputs.kind, "reversal");
  assert.deepEqual(ask(-5 * BN, 10 * BN, "10:00:30"), []);
  assert.equal(ask(-6 * BN, 10 * BN, "10:01:01").length, 1);
  state.reference.watch.delete("AAA");
  assert.deepEqual(ask(-9 * BN, 10 * BN, "10:05:00"), []);
});

/** Asks about a sequence of basis values of contracts; says which of them raised an alert. */
function basisAlerts(...points: readonly (readonly [string, number, string])[]): boolean[] {
  const { state, send } = alertEngine();
  state.reference.watch.add("41I1GB000");
  send(tradeEvent({ symbol: "41I1GB000", exchange: "DERIVATIVES" }));
  return points.map(([symbol, basisE2, time]) => {
    const changes: Change[] = [];
    onBasis(state, symbol, basisE2, at(time), changes);
    return alertsOf(changes).length === 1;
  });
}
const [NEAR, NEXT] = ["41I1GC000", "41I1GB000"] as const;

Deno.test("The first basis of a day sets the sign, the next sign raises a warning (F-071, F-077)", () => {
  assert.deepEqual(
    basisAlerts([NEAR, 120, "09:00:00"], [NEAR, 10, "09:00:01"], [NEAR, -10, "09:00:02"], [
      NEAR,
      20,
      "09:01:02",
    ]),
    [false, false, true, true],
  );
});

Deno.test("A basis that touches zero and goes back has not crossed it (F-077)", () => {
  assert.deepEqual(
    basisAlerts(
      [NEAR, 0, "09:00:00"],
      [NEAR, 50, "09:01:00"],
      [NEAR, 0, "09:02:00"],
      [
        NEAR,
        50,
        "09:03:00",
      ],
      [NEAR, 0, "09:04:00"],
      [NEAR, -50, "09:05:00"],
    ),
    [false, false, false, false, false, true],
  );
});

Deno.test("Contracts on different sides of zero do not make each other cross (B-08)", () => {
  assert.deepEqual(
    basisAlerts([NEAR, 50, "09:00:00"], [NEXT, -80, "09:00:01"], [NEAR, 60, "09:02:00"], [
      NEXT,
      -90,
      "09:03:00",
    ], [NEXT, 10, "09:04:00"]),
    [false, false, false, false, true],
  );
});

Deno.test("A basis of an earlier second changes no sign (B-03)", () => {
  assert.deepEqual(
    basisAlerts([NEAR, 50, "09:10:00"], [NEAR, -50, "09:09:59"], [NEAR, 60, "09:11:00"]),
    [false, false, false],
  );
});

Deno.test("Contracts that are not watched or not known raise nothing", () => {
  assert.deepEqual(basisAlerts(["VN30F2612", 50, "09:00:00"], ["VN30F2612", -50, "09:02:00"]), [
    false,
    false,
  ]);
});

Deno.test("A book at the limit alone is no breakout: the last price counts (F-074)", () => {
  const { types } = warmEngine();
  assert.deepEqual(types(quoteEvent(CEILING - 1_000, CEILING, { exchangeMs: at("10:00:05") })), []);
});
