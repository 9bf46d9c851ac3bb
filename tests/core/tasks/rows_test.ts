import assert from "node:assert/strict";
import type { Ingest } from "../../../core/engine/ingest.ts";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { INDICES_MAX } from "../../../core/engine/state.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { BoardRows } from "../../../core/tasks/rows.ts";
import type { Cell } from "../../../core/wire/board.ts";
import { fieldsOf, ROW_SETS, type RowSetName } from "../../../core/wire/channel.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import {
  frame,
  indexRecord,
  INIT_FRAME,
  statusRecord,
  tradeRecord,
  type WireRecord,
} from "../../support/ssi_frames.ts";

const MEMBERS = ["AAA", "BBB", "CCC", "DDD", "EEE"];

interface Rig {
  readonly ingest: Ingest;
  readonly rows: BoardRows;
  readonly publisher: Publisher;
  /** Takes records as frames, then publishes what they changed. */
  readonly tick: (...records: readonly WireRecord[]) => void;
}

function rig({ vn30 = MEMBERS, futures = ["41I1GC000"], extra = [] as string[] } = {}): Rig {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 100 });
  const publisher = new Publisher({ epoch: "e0", status: connectingStatus("sim", 0) });
  const rows = new BoardRows(ingest.engine, publisher, {
    extraSymbols: extra,
    carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 },
  });
  rows.setUniverse({ vn30, futures, source: "feed" });
  ingestFrame(ingest, INIT_FRAME);
  let epochs = 0;
  const tick = (...records: readonly WireRecord[]) => {
    for (const record of records) rows.note(ingestFrame(ingest, frame(record)));
    if (rows.needNewEpoch()) rows.startEpoch(`e${++epochs}`);
    rows.publishDirty();
    publisher.tick(ingest.engine.market.asOfMs);
  };
  return { ingest, rows, publisher, tick };
}

/** Rows of a channel as a hub would show them. */
function tableOf({ publisher }: Rig, name: RowSetName) {
  const snapshot = publisher.snapshot();
  const table = snapshot.tables.find((table) => table.name === ROW_SETS[name])!;
  const symbols = snapshot.views.find((view) => view.name === name)?.symbols ?? table.symbols;
  return { symbols, rows: symbols.map((symbol) => table.rows[table.symbols.indexOf(symbol)]!) };
}

function row(rig: Rig, name: RowSetName, symbol: string): Record<string, Cell> {
  const { symbols, rows } = tableOf(rig, name);
  const fields = fieldsOf(name);
  return Object.fromEntries(rows[symbols.indexOf(symbol)]!.map((cell, i) => [fields[i], cell]));
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

Deno.test("The feed's own breadth stands where it sends any, and other indices get none of VN30's", () => {
  const one = rig();
  one.tick(member("AAA", 10_700), indexRecord({ Advances: 21, Declines: 9 }));
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [21, 0, 9, 0, 0]);
  one.tick(indexRecord({ IndexId: "VN100" }));
  assert.deepEqual(breadthOf(row(one, "index", "VN100")), [null, null, null, null, null]);
});

Deno.test("A new list of members changes the breadth of VN30 at once", () => {
  const one = rig();
  one.tick(silent, member("AAA", 10_700), member("ZZZ", 9_300));
  assert.deepEqual(breadthOf(row(one, "index", "VN30")), [1, 0, 0, 1, 0]);
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

Deno.test("Index ids that the feed makes up day after day do not add up", () => {
  const one = rig();
  for (let day = 16; day < 20; day++) {
    for (let i = 0; i < 200; i++) {
      one.tick(indexRecord({ IndexId: `D${day}I${i}`, TradingDate: `${day}/11/2026` }));
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
