import assert from "node:assert/strict";
import fc from "fast-check";
import { computed, type Signal, signal } from "@preact/signals";
import { h } from "preact";
import { revive } from "../../../core/fresh/revive.ts";
import { serialise } from "../../../core/fresh/serialise.ts";

function trip<T extends object>(value: T): T {
  return revive(JSON.parse(serialise(value))) as T;
}

Deno.test("One signal passed to two islands is one signal in the browser", () => {
  const count = signal(1);
  const [a, b] = trip([{ count }, { deep: { count } }]) as [
    { count: Signal<number> },
    { deep: { count: Signal<number> } },
  ];
  assert.equal(a.count, b.deep.count);
  a.count.value = 7;
  assert.equal(b.deep.count.value, 7);
});

Deno.test("Two equal objects stay two, one object reached twice stays one", () => {
  const shared = { x: 1 };
  const [a, b, c] = trip([shared, { x: 1 }, shared]);
  assert.notEqual(a, b);
  assert.equal(a, c);
});

Deno.test("Circles close, also through maps, sets, arrays and signals", () => {
  const root: Record<string, unknown> = {};
  root.self = root;
  root.map = new Map([[root, root]]);
  root.set = new Set([root]);
  root.list = [root];
  root.signal = signal(root);
  const back = trip(root);
  assert.equal(back.self, back);
  assert.equal((back.map as Map<unknown, unknown>).get(back), back);
  assert.ok((back.set as Set<unknown>).has(back));
  assert.equal((back.list as unknown[])[0], back);
  assert.equal((back.signal as Signal<unknown>).value, back);
});

Deno.test("Values that JSON cannot say arrive as they were", () => {
  const value = {
    list: [undefined, NaN, Infinity, -Infinity, -0, 0, null, "", false, 12n, -(2n ** 80n)],
    dates: [new Date(1_700_000_000_123), new Date(NaN)],
    map: new Map<unknown, unknown>([["k", new Set([1])], [undefined, -0]]),
  };
  assert.deepEqual(trip(value), value);
});

Deno.test("Any nest of plain values comes back equal", () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true });
  fc.assert(fc.property(anything, (value) => {
    assert.deepEqual(trip([value]), [value]);
  }));
});

Deno.test("A key named __proto__ stays a key", () => {
  const back = trip(JSON.parse('{"__proto__":{"polluted":1}}'));
  assert.deepEqual(Object.keys(back), ["__proto__"]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

Deno.test("A long chain of objects does not exhaust the stack", () => {
  let chain: object = {};
  for (let i = 0; i < 50_000; i++) chain = { chain };
  assert.equal(typeof trip(chain), "object");
});

Deno.test("A computed signal arrives with its value", () => {
  const [back] = trip([computed(() => 4)]);
  assert.equal(back!.value, 4);
});

Deno.test("Serialised props cannot end their script element or start a line", () => {
  const text = serialise({ a: "</script><!--", b: "\u2028\u2029" });
  assert.doesNotMatch(text, /[<\u2028\u2029]/);
  assert.deepEqual(revive(JSON.parse(text)), { a: "</script><!--", b: "\u2028\u2029" });
});

Deno.test("What cannot travel is refused with its path", () => {
  class Price {}
  const cases: [unknown, RegExp][] = [
    [() => 1, /^Cannot send props\.rows\.0 to an island: function$/],
    [Symbol("s"), /^Cannot send props\.rows\.0 to an island: symbol$/],
    [new Price(), /^Cannot send props\.rows\.0 to an island: an instance of Price$/],
    [h("b", null), /^Cannot send props\.rows\.0 to an island: JSX cannot be a prop/],
  ];
  for (const [value, message] of cases) {
    assert.throws(() => serialise({ rows: [value] }), { name: "TypeError", message });
  }
});
