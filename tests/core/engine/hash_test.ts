import assert from "node:assert/strict";
import { hashValue, stateHash } from "../../../core/engine/hash.ts";
import { createEngine } from "../../../core/engine/state.ts";
import { step } from "../../../core/engine/step.ts";
import { quoteEvent, tradeEvent } from "../../support/trade_events.ts";

Deno.test("Values that differ in kind, order or nesting hash differently", () => {
  const values = [
    ...[null, false, true, 0, -0, 1, 0.5, "", "1", "0", "null", [], {}, [1, 2], [2, 1], [[1], 2]],
    ...[{ a: 1 }, { a: "1" }, { b: 1 }, [null], ["ab", "c"], ["a", "bc"], 2 ** 53 - 1, 2 ** 52],
  ];
  const hashes = values.map(hashValue);
  assert.equal(new Set(hashes).size, values.length);
  for (const hash of hashes) assert.match(hash, /^[0-9a-f]{16}$/);
});

Deno.test("The order in which keys were added does not matter, in objects and maps", () => {
  assert.equal(hashValue({ a: 1, b: [2] }), hashValue({ b: [2], a: 1 }));
  assert.equal(hashValue(new Map([["a", 1], ["b", 2]])), hashValue(new Map([["b", 2], ["a", 1]])));
});

Deno.test("What is no plain data cannot be hashed", () => {
  assert.throws(() => hashValue({ a: undefined }), TypeError);
  assert.throws(() => hashValue(() => 1), TypeError);
});

Deno.test("No collision among a hundred thousand neighbouring states", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 100_000; i++) seen.add(hashValue({ head: i, counted: i >> 1 }));
  assert.equal(seen.size, 100_000);
});

Deno.test("The state hash knows every event, and not how symbols were interleaved", () => {
  const options = { classifier: "feed", symbolsMax: 10 } as const;
  const events = [
    quoteEvent(995_000, 1_000_000),
    tradeEvent(),
    tradeEvent({ totalVolume: 200, side: "sell" }),
  ];
  const others = events.map((event) => ({ ...event, symbol: "BBB" }));
  const run = (list: typeof events) => {
    const engine = createEngine(options);
    for (const event of list) step(engine, event);
    return stateHash(engine);
  };
  const interleaved = events.flatMap((event, i) => [others[i]!, event]);
  assert.equal(run([...events, ...others]), run(interleaved));
  assert.notEqual(run(events), run(events.slice(0, 2)));
  assert.notEqual(run(events), run([...events, ...others]));
});
