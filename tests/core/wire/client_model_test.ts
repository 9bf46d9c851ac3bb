import assert from "node:assert/strict";
import fc from "fast-check";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import { LOG_MAX } from "../../../core/wire/log.ts";
import { cellsOf } from "../hub/world.ts";
import { ClientNet } from "./client_net.ts";

const SYMBOLS = ["ACB", "FPT", "VNM"] as const;
/** A board, a table that grows, one row that is there, one that joins later. */
const TABLES = ["board:vn30", "index", "stock:FPT", "stock:NEW"] as const;
/** Longer than the client lets pass before it asks again for a channel that was not there. */
const ASKED_AGAIN_MS = 61_000;

const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("change" as const), at: fc.nat(3), to: fc.nat(4) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("tick" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("join" as const), at: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("raise" as const), count: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("flood" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose tick" as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(3_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(40_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("stall" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("resume" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart hub" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("new epoch" as const) }) },
);

Deno.test("After any losses, stalls, restarts, new rows and epochs the client shows what the server has (P11, F-150, F-152)", () => {
  const fired = new Set<string>();
  const seeds = fc.constantFrom("page" as const, "empty" as const);
  fc.assert(
    fc.property(seeds, fc.array(action, { maxLength: 40, size: "max" }), (seed, actions) => {
      const net = new ClientNet(seed, { tables: TABLES, logs: ["alerts"] });
      let [epochs, alerts] = [1, 0];
      for (const step of actions) {
        if (step.do !== "change" && step.do !== "wait") fired.add(step.do);
        switch (step.do) {
          case "change": {
            const symbol = SYMBOLS[step.at];
            if (symbol === undefined) {
              net.world.publisher.put("index", "VN30", cellsOf("index", { value: step.to }));
            } else {
              const cells = cellsOf("board:vn30", { last: step.to, basis: step.to || null });
              net.world.publisher.put("board:vn30", symbol, cells);
            }
            break;
          }
          case "join":
            // A security or an index that comes up in the middle of the day.
            if (step.at === 0) net.world.put("stock", "NEW", { last: 7 });
            else net.world.put("index", `I${step.at}`, { value: step.at });
            break;
          case "raise":
            net.world.raise(alerts += step.count);
            break;
          case "flood":
            net.world.raise(alerts += LOG_MAX.alerts);
            break;
          case "tick":
            net.tick();
            break;
          case "lose tick":
            net.tick(true);
            break;
          case "wait":
            net.wait(step.ms);
            break;
          case "stall":
            net.socket.stall();
            break;
          case "resume":
            net.socket.resume();
            break;
          case "drop":
            net.socket.drop(1006);
            break;
          case "restart hub":
            net.restartHub();
            break;
          case "new epoch":
            net.world.startEpoch({ "board:vn30": SYMBOLS }, `e${++epochs}`);
            alerts = 0;
            net.tick();
        }
      }
      settle(net);
      // What was not there when the client came back is asked for again.
      if (net.page.refused > 0) net.wait(ASKED_AGAIN_MS);
      for (const table of net.tables) {
        const { e, v, y } = net.frame(table);
        fired.add(`${table} ${y.length}`);
        // It is not there, and the reply said so.
        if (y.length === 0 && net.page.refused > 0) continue;
        const shown = net.page.tables.get(table)!;
        assert.deepEqual([shown.e, shown.y], [e, y]);
        assert.deepEqual(shown.rows, y.map((_, row) => v.map((column) => column[row]!)));
      }
      const { from, entries } = net.world.publisher.snapshot().logs[0]!;
      assert.deepEqual(net.page.alerts.filter(({ n }) => n > from), entries);
      assert.equal(net.page.holes, 0);
      if (net.page.gaps > 0) fired.add("gap");
      net.client.close();
      assert.deepEqual([net.timers, net.hub.links], [0, 0]);
    }),
    { numRuns: 400 },
  );
  const faults = [
    "stock:NEW 0",
    "stock:NEW 1",
    "join",
    "flood",
    "gap",
    "lose tick",
    "stall",
    "drop",
    "restart hub",
    "new epoch",
  ];
  for (const fault of faults) {
    assert.ok(fired.has(fault), `${fault} never happened`);
  }
});

/** Faults are over: one more change shows a lost one, and then there is time for everything. */
function settle(net: ClientNet): void {
  net.socket.resume();
  net.world.put("board:vn30", "ACB", { last: 77 });
  net.tick();
  net.wait(2 * LAG_MS_MAX + 40_000);
}
