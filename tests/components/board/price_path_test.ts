import assert from "node:assert/strict";
import { drawPath, extendPath, isAhead } from "../../../components/board/price_path.ts";

Deno.test("The newest point moves on until its five minutes are over", () => {
  let path = extendPath([], 556, 100);
  path = extendPath(path, 558, 101);
  assert.deepEqual(path, [558, 101]);
  path = extendPath(path, 561, 102);
  assert.deepEqual(path, [558, 101, 561, 102]);
});

Deno.test("An earlier minute leaves out what came after it", () => {
  const path = [555, 100, 560, 101, 565, 102];
  assert.equal(isAhead(path, 560), true);
  assert.deepEqual(extendPath(path, 560, 101), [555, 100, 560, 101]);
  assert.equal(isAhead(path, 565), false);
});

Deno.test("A path that never ends has a bounded number of points", () => {
  let path: readonly number[] = [];
  for (let minute = 0; minute < 24 * 60; minute++) path = extendPath(path, minute, minute);
  assert.equal(path.length, 150);
  assert.deepEqual(path.slice(-2), [1_439, 1_439]);
});

Deno.test("A price that did not move is drawn in the middle, and no path as nothing", () => {
  assert.deepEqual(drawPath([525, 100, 900, 100], 100, "re").map(({ d }) => d), [
    "M0 15H100",
    "M0 15H100V15",
  ]);
  assert.deepEqual(drawPath([], 100, ""), []);
});
