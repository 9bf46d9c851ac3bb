import assert from "node:assert/strict";
import { Publisher } from "../../../core/hub/publisher.ts";
import { cellsOf, liveStatus, ROWS } from "./world.ts";

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
  assert.deepEqual(message.tables.map(({ name }) => name), ["board:vn30", "index"]);
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
  assert.deepEqual(seqs, [["board:vn30", 1], ["board:der", 0], ["board:extra", 0], ["index", 2]]);
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
  const [vn30, , , index] = message.tables;
  assert.deepEqual(vn30!.symbols, ["FPT", "HPG"]);
  assert.ok(vn30!.rows.flat().every((cell) => cell === null));
  assert.equal(index!.rows[0]![1], 1_900);
  assert.throws(() => publisher.setRows({}, "e2"), /epoch/);
});

Deno.test("A symbol that the table does not have is said, not stored", () => {
  assert.equal(started().put("board:vn30", "XXX", cellsOf("board:vn30", { last: 1 })), false);
});

Deno.test("A status is told at once and stands in later snapshots", () => {
  const publisher = started();
  const stale = { ...liveStatus(), state: "stale" as const, reason: "silence" };
  assert.deepEqual(publisher.status(stale), { k: "status", epoch: "e1", status: stale });
  assert.deepEqual(publisher.snapshot().status, stale);
});
