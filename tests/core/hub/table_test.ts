import assert from "node:assert/strict";
import fc from "fast-check";
import { VersionedTable } from "../../../core/hub/table.ts";
import type { Cell } from "../../../core/wire/board.ts";

const SYMBOLS = ["A", "B", "C", "D"];
const WIDTH = 37;

function table(seq = 0): VersionedTable {
  return new VersionedTable({ symbols: SYMBOLS, width: WIDTH, seq });
}

function rowWith(values: Record<number, Cell>): Cell[] {
  return Array.from({ length: WIDTH }, (_, field) => values[field] ?? null);
}

Deno.test("A put stamps only the cells whose value differs", () => {
  const t = table();
  assert.equal(t.put(1, rowWith({ 0: 10, 36: "x" }), 1), true);
  assert.equal(t.put(1, rowWith({ 0: 10, 36: "y" }), 2), true);
  assert.deepEqual(t.deltaSince(1), [1, 2 ** 36, "y"]);
  assert.deepEqual(t.deltaSince(0), [1, 1 + 2 ** 36, 10, "y"]);
});

Deno.test("A put of equal cells changes neither seq nor delta", () => {
  const t = table();
  t.put(0, rowWith({ 3: 5 }), 1);
  assert.equal(t.put(0, rowWith({ 3: 5 }), 2), false);
  assert.equal(t.seq, 1);
  assert.deepEqual(t.deltaSince(1), []);
});

Deno.test("A value that goes away is a change to null", () => {
  const t = table();
  t.put(2, rowWith({ 33: 7 }), 1);
  t.put(2, rowWith({}), 2);
  assert.deepEqual(t.deltaSince(1), [2, 2 ** 33, null]);
});

Deno.test("An applied delta stamps its cells even where they are equal already", () => {
  const t = table(4);
  t.apply([0, 1, null], 5);
  assert.equal(t.seq, 5);
  assert.deepEqual(t.deltaSince(4), [0, 1, null]);
});

Deno.test("A row or a field outside the table is refused", () => {
  assert.throws(() => table().apply([4, 1, 1], 1), RangeError);
  assert.throws(() => table().apply([0, 2 ** WIDTH, 1], 1), RangeError);
  assert.throws(() => table().put(4, rowWith({}), 1), RangeError);
  assert.throws(() => table().put(0, [1, 2], 1), RangeError);
  assert.throws(() => new VersionedTable({ symbols: [], width: 54, seq: 0 }), RangeError);
  assert.throws(() => new VersionedTable({ symbols: ["A", "A"], width: 1, seq: 0 }), TypeError);
});

const change = fc.record({
  row: fc.nat(SYMBOLS.length - 1),
  values: fc.dictionary(
    fc.nat(WIDTH - 1).map(String),
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(null), fc.constant("s")),
    { maxKeys: 6 },
  ),
});

Deno.test("Snapshot at any seq plus the delta since it is the table at the end (P10)", () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
    const t = table();
    const copies: VersionedTable[] = [copyOf(t, 0)];
    changes.forEach(({ row, values }, at) => {
      const cells = t.row(row);
      for (const [field, value] of Object.entries(values)) cells[Number(field)] = value;
      t.put(row, cells, at + 1);
      copies.push(copyOf(t, at + 1));
    });
    copies.forEach((copy, seq) => {
      copy.apply(t.deltaSince(seq), changes.length);
      assert.deepEqual(copy.rows(), t.rows());
    });
  }));
});

function copyOf(t: VersionedTable, seq: number): VersionedTable {
  const copy = table(seq);
  t.rows().forEach((cells, row) => copy.put(row, cells, seq));
  return copy;
}

Deno.test("Columns and rows hold the same cells", () => {
  const t = table();
  t.put(3, rowWith({ 5: 55 }), 1);
  assert.equal(t.columns()[5]![3], 55);
  assert.equal(t.rows()[3]![5], 55);
  assert.deepEqual([t.rowOf("D"), t.rowOf("E")], [3, null]);
});
