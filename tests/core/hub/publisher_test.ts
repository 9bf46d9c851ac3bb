import assert from "node:assert/strict";
import { Publisher } from "../../../core/hub/publisher.ts";
import { ROWS_MAX } from "../../../core/hub/limits.ts";
import { alertOf, cellsOf, liveStatus, ROWS } from "./world.ts";

function started(): Publisher {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  publisher.setRows(ROWS, "e1");
  publisher.tick(null);
  return publisher;
}

Deno.test("A tick without a changed cell gives no message and no seq", () => {
  const publisher = started();
  assert.equal(publisher.tick(5), null);
  publisher.put("board:vn30", "FPT", cellsOf("board:vn30"));
  assert.equal(publisher.tick(6), null);
  assert.equal(publisher.seq, 0);
});

Deno.test("One tick has one seq across its tables, and names only those that changed", () => {
  const publisher = started();
  publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 100_500, vol: 10 }));
  publisher.put("index", "VN30", cellsOf("index", { value: 1_900.5 }));
  const message = publisher.tick(7);
  assert.equal(message?.k, "delta");
  assert.deepEqual([message.epoch, message.seq, message.asOfMs], ["e1", 1, 7]);
  assert.deepEqual(message.tables.map(({ name }) => name), ["stock", "index"]);
  assert.deepEqual(message.tables[0]!.d, [1, 2 ** 4 + 2 ** 12, 100_500, 10]);
});

Deno.test("A table's own seq is the seq of its last change", () => {
  const publisher = started();
  publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 1 }));
  publisher.tick(1);
  publisher.put("index", "VN30", cellsOf("index", { value: 2 }));
  publisher.tick(2);
  const snapshot = publisher.snapshot();
  const seqs = snapshot.tables.map(({ name, seq }) => [name, seq]);
  assert.deepEqual(seqs.slice(0, 3), [["stock", 1], ["index", 2], ["foreign", 0]]);
});

Deno.test("New rows start an epoch whose first tick is a snapshot, and keep the tables not named", () => {
  const publisher = started();
  publisher.put("index", "VN30", cellsOf("index", { value: 1_900 }));
  publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 1 }));
  publisher.tick(1);
  publisher.setRows({ "board:vn30": ["FPT", "HPG"] }, "e2");
  const message = publisher.tick(2);
  assert.equal(message?.k, "snapshot");
  assert.equal(message.epoch, "e2");
  const [stock, index] = message.tables;
  assert.deepEqual(message.views[0], { name: "board:vn30", symbols: ["FPT", "HPG"] });
  assert.deepEqual(stock!.symbols, ["FPT", "HPG", "41I1G8000"]);
  assert.ok(stock!.rows.flat().every((cell) => cell === null));
  assert.equal(index!.rows[0]![1], 1_900);
  assert.throws(() => publisher.setRows({}, "e2"), /epoch/);
});

Deno.test("A symbol without a row joins its table at the end, in the same epoch", () => {
  const publisher = started();
  publisher.put("stock", "HUT", cellsOf("stock", { last: 1 }));
  publisher.put("stock", "FPT", cellsOf("stock", { last: 2 }));
  const message = publisher.tick(1);
  assert.ok(message?.k === "delta");
  assert.deepEqual(message.tables, [
    {
      name: "stock",
      added: { at: 4, symbols: ["HUT"] },
      d: [1, 16, 2, 4, 2 ** 39 - 1, null, null, null, null, 1, ...Array(34).fill(null)],
    },
  ]);
  publisher.put("stock", "HUT", cellsOf("stock", { last: 3 }));
  const next = publisher.tick(2);
  assert.ok(next?.k === "delta");
  assert.deepEqual(next.tables, [{ name: "stock", d: [4, 16, 3] }]);
});

Deno.test("A full table takes no further row and says so", () => {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  const symbols = Array.from({ length: ROWS_MAX - 1 }, (_, i) => `S${i}`);
  publisher.setRows({ "board:extra": symbols }, "e1");
  assert.equal(publisher.put("stock", "LAST", cellsOf("stock")), true);
  assert.equal(publisher.put("stock", "MORE", cellsOf("stock")), false);
  assert.equal(publisher.put("stock", "S0", cellsOf("stock", { last: 1 })), true);
});

Deno.test("New entries of a log leave with the next tick, whole logs with a snapshot", () => {
  const publisher = started();
  publisher.append({ name: "alerts", from: 0, entries: [alertOf(1), alertOf(2)] });
  const first = publisher.tick(1);
  assert.ok(first?.k === "delta");
  assert.deepEqual([first.seq, first.tables, first.logs[0]?.from], [1, [], 0]);
  publisher.append({ name: "alerts", from: 2, entries: [alertOf(3)] });
  const second = publisher.tick(2);
  assert.ok(second?.k === "delta");
  assert.deepEqual(second.logs, [{ name: "alerts", from: 2, entries: [alertOf(3)] }]);
  assert.equal(publisher.tick(3), null);
  const whole = publisher.snapshot().logs.find(({ name }) => name === "alerts")!;
  assert.deepEqual([whole.from, whole.entries.length], [0, 3]);
  publisher.setRows(ROWS, { name: "e2", tradingDate: "2026-08-04" });
  const next = publisher.tick(4);
  assert.ok(next?.k === "snapshot");
  assert.equal(next.tradingDate, "2026-08-04");
  assert.ok(next.logs.every(({ entries }) => entries.length === 0));
});

Deno.test("A status is told at once and stands in later snapshots", () => {
  const publisher = started();
  const stale = { ...liveStatus(), state: "stale" as const, reason: "silence" };
  assert.deepEqual(publisher.status(stale), { k: "status", epoch: "e1", status: stale });
  assert.deepEqual(publisher.snapshot().status, stale);
});
