import assert from "node:assert/strict";
import fc from "fast-check";
import { windowOf } from "../../../components/board/row_window.ts";

Deno.test("A list of a hundred rows is in the page as a whole", () => {
  assert.deepEqual(windowOf(100, { rowPx: 22, topPx: 900, heightPx: 800 }), { first: 0, end: 100 });
});

Deno.test("Before a row was measured the page takes no more than a hundred", () => {
  assert.deepEqual(windowOf(1_600, { rowPx: 0, topPx: 0, heightPx: 800 }), { first: 0, end: 100 });
});

Deno.test("Wherever a reader scrolls, every row in sight is in the page, and few others", () => {
  const place = fc.record({
    count: fc.integer({ min: 101, max: 5_000 }),
    rowPx: fc.integer({ min: 18, max: 60 }),
    topPx: fc.integer({ min: -100, max: 400_000 }),
    heightPx: fc.integer({ min: 100, max: 3_000 }),
  });
  fc.assert(fc.property(place, ({ count, ...sight }) => {
    const { first, end } = windowOf(count, sight);
    const top = Math.min(count - 1, Math.max(0, Math.floor(sight.topPx / sight.rowPx)));
    const bottom = Math.min(count, top + Math.ceil(sight.heightPx / sight.rowPx));
    assert.ok(first <= top && end >= bottom, `${first}–${end} misses ${top}–${bottom}`);
    assert.ok(end - first <= bottom - top + 60);
  }));
});

Deno.test("While a reader scrolls by eight rows, other rows come into the page only once", () => {
  const windows = Array.from(
    { length: 80 },
    (_, row) =>
      JSON.stringify(windowOf(1_600, { rowPx: 24, topPx: (400 + row) * 24, heightPx: 800 })),
  );
  assert.equal(new Set(windows).size, 10);
});
