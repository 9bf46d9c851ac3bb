import fc from "fast-check";
import assert from "node:assert/strict";
import { daysOf, spansWithin } from "../../../core/feed/date_span.ts";
import { addDays } from "../../../core/market/time.ts";

Deno.test("spans cover each date once, in order, within the limit", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 800 }),
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: 1, max: 40 }),
    (start, length, daysMax) => {
      const from = addDays("2025-12-20", start);
      const to = addDays(from, length);
      const spans = spansWithin({ from, to }, daysMax);
      let next = from;
      for (const span of spans) {
        assert.equal(span.from, next);
        assert.ok(daysOf(span) >= 1 && daysOf(span) <= daysMax);
        next = addDays(span.to, 1);
      }
      assert.equal(next, addDays(to, 1));
      assert.equal(spans.length, Math.ceil((length + 1) / daysMax));
    },
  ));
});

Deno.test("a span that ends before it begins has no dates", () => {
  assert.deepEqual(spansWithin({ from: "2026-11-20", to: "2026-11-19" }, 30), []);
});
