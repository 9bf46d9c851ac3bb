import assert from "node:assert/strict";
import { INDEX_COLUMNS } from "../../../components/board/index_columns.ts";
import { numberStyleOf } from "../../../components/i18n.ts";
import type { IndexRow } from "../../../core/wire/board.ts";
import { VN30_INDEX } from "../fixture_rows.ts";

function shown(row: IndexRow, key: string) {
  const column = INDEX_COLUMNS.find((one) => one.key === key)!;
  const { text, tone, expected } = column.view(row, numberStyleOf("vi"));
  return [text, tone, expected ?? false];
}

Deno.test("While an auction runs an index shows its estimate, although the feed names no session", () => {
  const row: IndexRow = { ...VN30_INDEX, est: 1870.1, session: null };
  assert.deepEqual(shown(row, "value"), ["1.870,10", "dn", true]);
  assert.deepEqual(shown(row, "change"), ["-10,00", "dn", false]);
  assert.deepEqual(shown(row, "percent"), ["-0,53%", "dn", false]);
});

Deno.test("Outside auctions an index has no estimate and shows its value", () => {
  assert.deepEqual(shown({ ...VN30_INDEX, est: null }, "value"), ["1.893,22", "up", false]);
});
