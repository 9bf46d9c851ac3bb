import assert from "node:assert/strict";
import fc from "fast-check";
import { Disorder, disorderedDay, disorderly } from "../../../core/exchange/disorder.ts";
import type { SimMessage } from "../../../core/exchange/types.ts";
import { everything, play, smallDayOf } from "./play.ts";

function stream(length: number): SimMessage[] {
  return Array.from({ length }, (_, i) => ({
    channel: i % 2 === 0 ? "X-QUOTE" : "X-TRADE",
    symbol: "AAA",
    record: { n: i },
  }));
}

const numbers = (messages: Iterable<SimMessage>) => [...messages].map(({ record }) => record.n);
const NONE = { seed: 1, duplicate: 0, reorderWindow: 0, drop: 0 } as const;

Deno.test("A good line delivers everything once and in order", () => {
  assert.deepEqual([...disorderly(stream(500), NONE)], stream(500));
});

Deno.test("Every message comes once or twice, at most a window late, unless it is lost", () => {
  fc.assert(fc.property(fc.integer(), fc.nat(60), fc.nat(300), (seed, reorderWindow, length) => {
    const options = { seed, duplicate: 0.2, reorderWindow, drop: 0.1 };
    const disorder = new Disorder(options);
    const arrivals: [n: number, at: number][] = [];
    const sent = stream(length);
    sent.forEach((message, at) => {
      for (const { record } of disorder.pass(message)) arrivals.push([record.n as number, at]);
    });
    assert.ok(arrivals.every(([n, at]) => at >= n && at - n <= reorderWindow));
    const all = [...arrivals.map(([n]) => n), ...numbers(disorder.rest())];
    const { dropped, duplicated } = disorder.counts;
    assert.equal(all.length, length - dropped + duplicated);
    assert.equal(new Set(all).size, length - dropped);
    assert.deepEqual(numbers(disorder.rest()), []);
    assert.deepEqual(numbers(disorderly(sent, options)), all);
  }));
});

Deno.test("Each fault happens about as often as asked for", () => {
  const disorder = new Disorder({ seed: 3, duplicate: 0.2, reorderWindow: 9, drop: 0.05 });
  for (const message of stream(20_000)) disorder.pass(message);
  const { dropped, duplicated, delayed } = disorder.counts;
  assert.ok(Math.abs(dropped - 1_000) < 150, `${dropped}`);
  assert.ok(Math.abs(duplicated - 3_800) < 300, `${duplicated}`);
  assert.ok(delayed > 15_000, `${delayed}`);
});

Deno.test("A late quote comes after the trade that followed it, and trades keep their order", () => {
  const delivered = [...disorderly(stream(1_000), { ...NONE, lateQuote: 1 })];
  const trades = delivered.filter(({ channel }) => channel === "X-TRADE");
  assert.deepEqual(numbers(trades), numbers(stream(1_000).filter((_, i) => i % 2 === 1)));
  const at = new Map(delivered.map(({ record }, i) => [record.n as number, i]));
  let late = 0;
  for (let n = 0; n < 1_000; n += 2) if (at.get(n)! > at.get(n + 1)!) late++;
  assert.ok(late > 400, `${late}`);
});

Deno.test("A day over a bad line is the same day, and nothing is held at its end", () => {
  const options = { seed: 5, duplicate: 0.1, reorderWindow: 20, drop: 0 };
  const texts = (disordered: boolean) => {
    const small = smallDayOf({ scenario: "quiet" });
    const day = disordered ? disorderedDay(small, options) : small;
    play(day, "14:59:00");
    const found = new Set<string>();
    play(day, "23:59:59", everything, (message) => found.add(JSON.stringify(message)));
    assert.equal(day.done, true);
    return [...found].sort();
  };
  assert.deepEqual(texts(true), texts(false));
});
