import assert from "node:assert/strict";
import fc from "fast-check";
import { draw, Draws, drawUnit, gaussOf, keyOf } from "../../../core/exchange/rng.ts";

Deno.test("a draw depends on nothing but key, stream and step", () => {
  fc.assert(fc.property(fc.integer(), fc.nat(9), fc.integer(), (key, stream, step) => {
    const first = draw(key, stream, step);
    draw(key + 1, stream, step);
    assert.equal(draw(key, stream, step), first);
    assert.ok(Number.isInteger(first) && first >= 0 && first < 2 ** 32);
  }));
});

Deno.test("the numbers are fixed for all machines", () => {
  assert.deepEqual(
    [keyOf(1, "HPG"), keyOf(2, "HPG"), draw(5, 1, 9), draw(5, 2, 9)],
    [549202906, 2076508103, 1477307448, 4060953820],
  );
});

Deno.test("draws of neighbouring steps and streams are spread evenly", () => {
  const key = keyOf(3, "VIC");
  const bins = new Array<number>(16).fill(0);
  const count = 64_000;
  for (let i = 0; i < count; i++) {
    const bin = Math.floor(drawUnit(key, i & 1, i >> 1) * 16);
    bins[bin]! += 1;
  }
  for (const bin of bins) assert.ok(Math.abs(bin - count / 16) < 250, bins.join(" "));
});

Deno.test("successive draws of one decision repeat when it starts again", () => {
  const draws = new Draws();
  draws.start(1, 2, 3);
  const first = [draws.next(), draws.unit(), draws.below(10), draws.heavy()];
  draws.start(1, 2, 4);
  const other = [draws.next(), draws.unit(), draws.below(10), draws.heavy()];
  draws.start(1, 2, 3);
  assert.deepEqual([draws.next(), draws.unit(), draws.below(10), draws.heavy()], first);
  assert.notDeepEqual(other, first);
});

Deno.test("the nearly normal number has mean 0 and deviation 1", () => {
  let sum = 0;
  let squares = 0;
  const count = 50_000;
  for (let i = 0; i < count; i++) {
    const value = gaussOf(draw(11, 5, i));
    sum += value;
    squares += value * value;
  }
  assert.ok(Math.abs(sum / count) < 0.02, `mean ${sum / count}`);
  assert.ok(Math.abs(squares / count - 1) < 0.03, `variance ${squares / count}`);
});
