import assert from "node:assert/strict";
import { IndexLines } from "../../../components/board/index_lines.ts";
import { STRIP_COLUMNS } from "../../../components/board/strip_columns.ts";
import { numberStyleOf } from "../../../components/i18n.ts";
import type { IndexRow } from "../../../core/wire/board.ts";
import { deltaOf, snapshotOf, VN30_INDEX } from "../fixture_rows.ts";

const TEN = Date.parse("2026-11-20T03:00:00Z");
const MINUTE_MS = 60_000;
const TRADED: IndexRow = { ...VN30_INDEX, high: 1_900 };

function linesOf(row: IndexRow): IndexLines {
  const lines = new IndexLines({ VN30: [550, 1_880], HPG: [550, 26_300] });
  lines.snapshot({ ...snapshotOf("index", [row]), t: TEN });
  return lines;
}

Deno.test("The line of an index goes on with its value, and says where it went (N-06)", () => {
  const lines = linesOf(TRADED);
  const touched: string[] = [];
  const frame = { ...deltaOf("index", 0, { value: 1_890 }), t: TEN + 6 * MINUTE_MS };
  lines.delta(frame, (symbol) => touched.push(symbol));
  assert.deepEqual(touched, ["VN30"]);
  const [line] = lines.lines;
  assert.deepEqual(line!.path, [550, 1_880, 600, 1_893.22, 606, 1_890]);
  const view = STRIP_COLUMNS.at(-1)!.view(line!, numberStyleOf("en"));
  assert.equal(view.text, "1,880.00 → 1,890.00 (1,880.00 – 1,893.22)");
  assert.equal(view.strokes!.length, 2);
});

Deno.test("An index that has not traded today is not drawn at yesterday's value", () => {
  assert.equal(linesOf(VN30_INDEX).lines[0]!.path, undefined);
});

Deno.test("After a leap the values of an index are asked for anew, those of a security are not its own (N-15)", () => {
  const lines = linesOf(TRADED);
  assert.deepEqual(lines.missing, []);
  lines.snapshot({ ...snapshotOf("index", [TRADED]), t: TEN + 40 * MINUTE_MS });
  assert.deepEqual(lines.missing, ["VN30"]);
  lines.addPaths(new Map([["VN30", [550, 1_880, 635, 1_885]]]), () => {});
  assert.deepEqual(lines.lines[0]!.path, [550, 1_880, 635, 1_885, 640, 1_893.22]);
});
