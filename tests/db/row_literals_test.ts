import assert from "node:assert/strict";
import { type ColumnKind, type ColumnValue, elementOf } from "../../db/row_literals.ts";

Deno.test("An element of an array is what its column takes, or nothing", () => {
  const cases: [ColumnKind, ColumnValue, string | null][] = [
    ["bigint", 9_007_199_254_740_991, "9007199254740991"],
    ["bigint", 9_007_199_254_740_992, null],
    ["integer", -3, "-3"],
    ["integer", 1.5, null],
    ["integer", NaN, null],
    ["smallint", undefined, null],
    ["integer", "7", null],
    ["time", 1_764_037_800_000, "1764037800000"],
    ["bigint", null, "NULL"],
    ["date", "2026-11-25", "2026-11-25"],
    ["date", "2026-11-25'", null],
    ["date", 20261125, null],
    ["code", "VN30F2612", "VN30F2612"],
    ["code", "null", null],
    ["code", "", null],
    ["code", "A,B", null],
    ["code", "A}", null],
    ["code", 'A"', null],
    ["code", "A\\", null],
    ["code", "A B", null],
    ["code", "A".repeat(33), null],
    ["text", "NULL", '"NULL"'],
    ["text", 'a"\\{', '"a\\"\\\\{"'],
    ["text", 5, null],
    ["json", "{}", '"{}"'],
    ["json", undefined, null],
  ];
  for (const [kind, value, wanted] of cases) {
    assert.equal(elementOf(kind, value), wanted, `${kind} ${String(value)}`);
  }
});
