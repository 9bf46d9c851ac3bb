import assert from "node:assert/strict";
import fc from "fast-check";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus, Replica } from "../../../core/hub/replica.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { type TradeEntry, TRADES_IN_SNAPSHOT } from "../../../core/wire/trade.ts";
import { alertOf, cellsOf, liveStatus, ROWS } from "./world.ts";

function pair(): { publisher: Publisher; replica: Replica } {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  publisher.setRows(ROWS, { name: "e1", tradingDate: "2026-08-03" });
  const replica = new Replica(connectingStatus("ssi", 0));
  replica.apply(publisher.tick(1)!);
  return { publisher, replica };
}

const numbersOf = (replica: Replica) => {
  const { from, entries } = replica.view().log("alerts");
  return [from, entries.map(({ n }) => n)];
};

Deno.test("A row and an entry that came early inside a snapshot are not doubled by the delta that brings them", () => {
  const { publisher, replica } = pair();
  publisher.put("stock", "HUT", cellsOf("stock", { last: 1 }));
  publisher.append({ name: "alerts", from: 0, entries: [alertOf(1)] });
  // A hub asks in the middle of a tick.
  assert.equal(replica.apply(publisher.snapshot()), "changed");
  publisher.put("stock", "HPG", cellsOf("stock", { last: 2 }));
  publisher.append({ name: "alerts", from: 1, entries: [alertOf(2)] });
  assert.equal(replica.apply(publisher.tick(2)!), "changed");
  assert.deepEqual(
    replica.view().all("stock").map(({ symbol, last }) => [symbol, last]).slice(-2),
    [
      ["HUT", 1],
      ["HPG", 2],
    ],
  );
  assert.deepEqual(numbersOf(replica), [0, [1, 2]]);
});

Deno.test("Rows that do not follow those that are here are a gap", () => {
  const { replica } = pair();
  const delta = (at: number, symbols: string[]): BusMessage => ({
    k: "delta",
    epoch: "e1",
    seq: 1,
    asOfMs: 1,
    tables: [{ name: "stock", added: { at, symbols }, d: [] }],
    logs: [],
    trades: [],
  });
  assert.equal(replica.apply(delta(7, ["HUT"])), "gap");
  const other = pair().replica;
  assert.equal(other.apply(delta(3, ["HUT"])), "gap");
  const third = pair().replica;
  assert.equal(third.apply(delta(4, ["HUT"])), "changed");
});

Deno.test("A log holds as much as its limit, and after a hole only what follows it", () => {
  const { publisher, replica } = pair();
  const max = LOG_MAX.alerts;
  const entries = Array.from({ length: max + 10 }, (_, i) => alertOf(i + 1));
  publisher.append({ name: "alerts", from: 0, entries });
  replica.apply(publisher.tick(2)!);
  const log = replica.view().log("alerts");
  assert.deepEqual([log.from, log.entries.length, log.entries.at(-1)!.n], [10, max, max + 10]);
  assert.equal(replica.view().log("alerts"), log);
  publisher.append({ name: "alerts", from: max + 50, entries: [alertOf(max + 51)] });
  replica.apply(publisher.tick(3)!);
  assert.deepEqual(numbersOf(replica), [max + 50, [max + 51]]);
});

Deno.test("Rows of every table are objects that stay the same until they change", () => {
  const { publisher, replica } = pair();
  publisher.put("volume", "FPT", cellsOf("volume", { buy: 1 }));
  publisher.put("volume", "ACB", cellsOf("volume", { buy: 2 }));
  replica.apply(publisher.tick(2)!);
  const [fpt, acb] = replica.view().all("volume");
  assert.deepEqual([fpt!.symbol, fpt!.buy, acb!.buy], ["FPT", 1, 2]);
  assert.equal(replica.view().one("volume", "FPT"), fpt);
  assert.equal(replica.view().all("volume"), replica.view().all("volume"));
  publisher.put("volume", "ACB", cellsOf("volume", { buy: 3 }));
  replica.apply(publisher.tick(3)!);
  assert.equal(replica.view().all("volume")[0], fpt);
  assert.equal(replica.view().one("volume", "ACB")!.buy, 3);
  assert.equal(acb!.buy, 2);
});

const action = fc.oneof(
  fc.record({
    do: fc.constant("put" as const),
    symbol: fc.constantFrom("ACB", "FPT", "NEW1", "NEW2", "NEW3"),
    last: fc.nat(3),
  }),
  fc.record({ do: fc.constant("index" as const), symbol: fc.constantFrom("VN30", "X1", "X2") }),
  fc.record({ do: fc.constant("alert" as const) }),
  fc.record({
    do: fc.constant("trade" as const),
    ticker: fc.constantFrom("ACB", "NEW1"),
    count: fc.constantFrom(1, 2, TRADES_IN_SNAPSHOT),
  }),
  fc.record({ do: fc.constant("tick" as const), isLost: fc.boolean() }),
  fc.record({ do: fc.constant("ask" as const) }),
  fc.record({ do: fc.constant("epoch" as const) }),
  fc.record({ do: fc.constant("day" as const) }),
);

Deno.test("Whatever is lost on the way, a replica that asks again after a gap ends equal to the publisher (P10)", () => {
  let gaps = 0;
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const { publisher, replica } = pair();
      let [alerts, epochs] = [0, 1];
      const trades = new Map<string, number>();
      const take = (message: BusMessage | null) => {
        if (message === null || replica.apply(message) !== "gap") return;
        gaps++;
        replica.apply(publisher.snapshot());
      };
      for (const step of actions) {
        if (step.do === "put") {
          publisher.put("stock", step.symbol, cellsOf("stock", { last: step.last }));
        } else if (step.do === "index") {
          publisher.put("index", step.symbol, cellsOf("index", { value: alerts }));
        } else if (step.do === "alert") {
          const from = alerts++;
          publisher.append({ name: "alerts", from, entries: [alertOf(alerts)] });
        } else if (step.do === "trade") {
          for (let n = 0; n < step.count; n++) {
            const total = trades.get(step.ticker) ?? 0;
            trades.set(step.ticker, total + 1);
            publisher.trade(step.ticker, [0, 1, 100, "buy", "feed", total, 0]);
          }
        } else if (step.do === "epoch" || step.do === "day") {
          if (step.do === "day") {
            publisher.beginDay();
            trades.clear();
          }
          publisher.setRows(ROWS, { name: `e${++epochs}`, tradingDate: "2026-08-03" });
          alerts = 0;
        } else if (step.do === "ask") replica.apply(publisher.snapshot());
        else if (step.isLost) publisher.tick(1);
        else take(publisher.tick(1));
      }
      // The last change shows whatever was lost before it.
      publisher.put("stock", "FPT", cellsOf("stock", { last: -1 }));
      take(publisher.tick(1));
      const wanted = publisher.snapshot();
      const view = replica.view();
      assert.deepEqual([view.epoch, view.seq], [wanted.epoch, wanted.seq]);
      for (const { name, symbols, rows } of wanted.tables.slice(0, 2)) {
        const held = view.all(name);
        assert.deepEqual(held.map(({ symbol }) => symbol), symbols);
        assert.deepEqual(held.map((row) => Object.values(row).slice(1)), rows);
      }
      assert.deepEqual(view.log("alerts"), wanted.logs[0]);
      for (const [ticker, count] of trades) {
        const log = replica.log(`trades:${ticker}`)!;
        assert.equal(log.next(), count);
        assert.ok(log.first() <= Math.max(0, count - TRADES_IN_SNAPSHOT));
        const { from, entries } = log.from(0);
        assert.deepEqual(
          entries.map((entry) => (entry as TradeEntry)[5]),
          Array.from({ length: count - from }, (_, at) => from + at),
        );
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(gaps > 0, "no message was ever missed");
});
