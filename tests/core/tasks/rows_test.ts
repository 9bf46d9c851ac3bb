import assert from "node:assert/strict";
import { INDICES_MAX } from "../../../core/engine/state.ts";
import { BOARD_FIELDS, type Cell } from "../../../core/wire/board.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { fieldsOf, ROW_SETS, type RowSetName } from "../../../core/wire/channel.ts";
import { alertOf } from "../hub/world.ts";
import {
  foreignRecord,
  indexRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
} from "../../support/ssi_frames.ts";
import { named } from "../../support/named.ts";
import { know, MEMBERS, type Rig, rig } from "./rows_rig.ts";

/** Rows of a channel as a hub would show them. */
function tableOf({ publisher }: Rig, name: RowSetName) {
  const snapshot = publisher.snapshot();
  const table = snapshot.tables.find((table) => table.name === ROW_SETS[name])!;
  const symbols = snapshot.views.find((view) => view.name === name)?.symbols ?? table.symbols;
  return { symbols, rows: symbols.map((symbol) => table.rows[table.symbols.indexOf(symbol)]!) };
}

function row(rig: Rig, name: RowSetName, symbol: string): Record<string, Cell> {
  const { symbols, rows } = tableOf(rig, name);
  return named(fieldsOf(name), rows[symbols.indexOf(symbol)]!);
}

/** What the last price of a member of reference 10,000, ceiling 10,700 and floor 9,300 is. */
const member = (Symbol: string, LastPrice: number) => tradeRecord({ Symbol, LastPrice });
const breadthOf = ({ up, same, down, ceil, floor }: Record<string, Cell>) => [
  up,
  same,
  down,
  ceil,
  floor,
];
const silent = indexRecord({ Advances: 0, NoChanges: 0, Declines: 0, Ceilings: 0, Floors: 0 });

Deno.test("The breadth of VN30 is counted from its members when the feed sends zeroes", () => {
  const one = rig();
  one.tick(silent);
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [null, null, null, null, null]);
  one.tick(member("AAA", 10_700), member("BBB", 10_050), member("CCC", 10_000));
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [2, 1, 0, 1, 0]);
  // No message of the index itself in between: a member alone moves the count.
  one.tick(tradeRecord({ Symbol: "BBB", LastPrice: 9_300, TotalVol: 1_200_300 }));
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [1, 1, 1, 1, 1]);
  one.tick(member("ZZZ", 10_700));
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [1, 1, 1, 1, 1]);
});

Deno.test("Other indices than VN30 get none of its breadth", () => {
  const one = rig();
  one.tick(member("AAA", 10_700), silent);
  one.tick(indexRecord({ IndexId: "VN100" }));
  assert.deepEqual(breadthOf(row(one, "index", "VN100")), [null, null, null, null, null]);
});

Deno.test("A new list of members changes the breadth of VN30 at once", () => {
  const one = rig();
  one.tick(silent, member("AAA", 10_700), member("ZZZ", 9_300));
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [1, 0, 0, 1, 0]);
  know(one.ingest, ["ZZZ"]);
  one.rows.setUniverse({ vn30: ["ZZZ"], futures: [], source: "feed" });
  one.tick();
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [0, 0, 1, 0, 1]);
});

Deno.test("The estimate of an index leaves the board with the auction, whether or not the index speaks", () => {
  const one = rig();
  one.tick(
    statusRecord({ TradingSession: "ATC", Time: "14:30:00" }),
    indexRecord({ IndexValEst: 1851, Time: "14:44:59" }),
  );
  assert.equal(row(one, "index", "VN30").est, 1851);
  one.tick(statusRecord({ TradingSession: "C", Time: "14:45:00" }));
  assert.equal(row(one, "index", "VN30").est, null);
});

Deno.test("A symbol that is listed twice has one row", () => {
  const one = rig({
    vn30: ["BBB", "AAA", "BBB"],
    futures: ["41I1GC000", "41I1GC000"],
    extra: ["FPT", "AAA", "FPT"],
  });
  one.tick(member("AAA", 10_050));
  assert.deepEqual(tableOf(one, "board:vn30").symbols, ["AAA", "BBB"]);
  assert.deepEqual(tableOf(one, "board:der").symbols, ["41I1GC000"]);
  assert.deepEqual(tableOf(one, "board:extra").symbols, ["FPT", "AAA"]);
  assert.equal(row(one, "board:extra", "AAA").last, 10_050);
  assert.equal(row(one, "board:vn30", "AAA").last, 10_050);
});

Deno.test("Every security that the engine hears of has a row of the market, without a new epoch", () => {
  const one = rig();
  one.tick(member("AAA", 10_050));
  const { epoch } = one.publisher;
  one.tick(member("ZZZ", 9_300), statusRecord({ Symbol: "YYY" }));
  assert.equal(one.publisher.epoch, epoch);
  const stock = one.publisher.snapshot().tables.find(({ name }) => name === "stock")!;
  assert.deepEqual(stock.symbols.slice(-2), ["ZZZ", "YYY"]);
  assert.equal(stock.rows.at(-2)![BOARD_FIELDS.indexOf("last")], 9_300);
  const volume = one.publisher.snapshot().tables.find(({ name }) => name === "volume")!;
  assert.deepEqual(volume.symbols, [...MEMBERS, "41I1GC000", "ZZZ"]);
});

Deno.test("A security joins the table of price limits when it first meets one, and a new day begins empty", () => {
  const one = rig();
  const trade = tradeRecord({ Symbol: "ZZZ", LastPrice: 10_700 });
  one.tick(member("AAA", 10_050), member("ZZZ", 10_600));
  assert.deepEqual(tableOf(one, "limits").symbols, []);
  const book = { Symbol: "ZZZ", TradingSession: "LO", BidPrice1: 10_700, BidVol1: 900 };
  one.tick(trade, quoteRecord({ ...book, AskPrice1: 0, AskVol1: 0 }));
  assert.deepEqual(tableOf(one, "limits").symbols, ["ZZZ"]);
  const { limit, queue, ceilReached } = row(one, "limits", "ZZZ");
  assert.deepEqual([limit, queue, ceilReached], ["ceiling", 900, 1]);
  one.tick(tradeRecord({ Symbol: "AAA", TradingDate: "17/11/2026", Time: "08:46:00" }));
  assert.deepEqual(tableOf(one, "limits").symbols, []);
});

Deno.test("A message of foreign flow brings its security into the table of foreign flow", () => {
  const one = rig({ extra: ["FPT"] });
  one.tick(foreignRecord({ Symbol: "ZZZ" }));
  const foreign = one.publisher.snapshot().tables.find(({ name }) => name === "foreign")!;
  assert.deepEqual(foreign.symbols, [...MEMBERS, "FPT", "ZZZ"]);
  assert.deepEqual(tableOf(one, "foreign").symbols, [...MEMBERS, "FPT"]);
  assert.deepEqual(tableOf(one, "volume").symbols, [...MEMBERS, "FPT", "41I1GC000"]);
  assert.deepEqual(tableOf(one, "flow").symbols.slice(0, 2), ["VN30", "ALL"]);
});

Deno.test("Every index future that is known has a row of derivatives, listed by the universe or not", () => {
  const one = rig({ futures: ["41I1GC000", "41B5GC000"] });
  one.tick(tradeRecord({ Symbol: "VN30F2612", LastPrice: 1_851 }), tradeRecord({ Symbol: "AAA" }));
  assert.deepEqual(tableOf(one, "derivatives").symbols, ["41I1GC000", "VN30F2612"]);
  assert.deepEqual(tableOf(one, "board:der").symbols, ["41I1GC000", "41B5GC000"]);
});

Deno.test("A new trading day is a new epoch; what only yesterday spoke of keeps its row for a day", () => {
  const one = rig();
  one.tick(member("AAA", 10_050), member("ZZZ", 9_300));
  const { epoch } = one.publisher;
  const stockOf = () => one.publisher.snapshot().tables.find(({ name }) => name === "stock")!;
  one.tick(tradeRecord({ Symbol: "AAA", TradingDate: "17/11/2026", Time: "08:46:00" }));
  assert.notEqual(one.publisher.epoch, epoch);
  assert.equal(one.publisher.snapshot().tradingDate, "2026-11-17");
  const row = stockOf().rows[stockOf().symbols.indexOf("ZZZ")]!;
  assert.ok(row.every((cell) => cell === null));
  one.tick(tradeRecord({ Symbol: "AAA", TradingDate: "18/11/2026", Time: "08:44:00" }));
  assert.ok(!stockOf().symbols.includes("ZZZ"));
});

Deno.test("A changed list of members is a new epoch, the same one again is none", () => {
  const one = rig();
  one.tick(member("AAA", 10_050));
  const { epoch } = one.publisher;
  one.rows.setUniverse({ vn30: [...MEMBERS].reverse(), futures: ["41I1GC000"], source: "feed" });
  one.tick();
  assert.equal(one.publisher.epoch, epoch);
  one.rows.setUniverse({ vn30: ["AAA"], futures: ["41I1GC000"], source: "feed" });
  one.tick();
  assert.notEqual(one.publisher.epoch, epoch);
  assert.equal(row(one, "board:vn30", "AAA").last, 10_050);
});

Deno.test("Entries of the engine's logs are handed on once, and all of them at the start of an epoch", () => {
  const one = rig();
  one.tick(member("AAA", 10_050));
  const log = one.ingest.engine.market.logs.alerts;
  const alertsOf = (message: BusMessage | null) =>
    message === null || !("logs" in message)
      ? null
      : message.logs.filter(({ name }) => name === "alerts").flatMap(({ entries }) => entries);
  log.entries.push(alertOf(1), alertOf(2));
  one.rows.publishDirty();
  assert.deepEqual(alertsOf(one.publisher.tick(1)), [alertOf(1), alertOf(2)]);
  one.rows.publishDirty();
  assert.equal(one.publisher.tick(1), null);
  log.entries.push(alertOf(3));
  one.rows.publishDirty();
  assert.deepEqual(alertsOf(one.publisher.tick(1)), [alertOf(3)]);
  one.rows.startEpoch("again");
  one.rows.publishDirty();
  assert.deepEqual(alertsOf(one.publisher.tick(1)), [alertOf(1), alertOf(2), alertOf(3)]);
});

Deno.test("Index ids that the feed makes up day after day do not add up", () => {
  const one = rig();
  for (let day = 16; day < 20; day++) {
    for (let i = 0; i < 200; i++) {
      // A day begins by a message of its morning.
      const Time = i === 0 ? "08:45:00" : "10:00:00";
      one.tick(indexRecord({ IndexId: `D${day}I${i}`, TradingDate: `${day}/11/2026`, Time }));
    }
  }
  assert.equal(tableOf(one, "index").symbols.length, 206);
  assert.equal(row(one, "index", "D19I5").value, 1850.25);
  for (let i = 200; i < 300; i++) {
    one.tick(indexRecord({ IndexId: `D19I${i}`, TradingDate: "19/11/2026" }));
  }
  assert.equal(tableOf(one, "index").symbols.length, INDICES_MAX);
  assert.equal(one.rows.indicesRefused, INDICES_MAX - 250);
  assert.equal(tableOf(one, "index").symbols[0], "VNINDEX");
});
