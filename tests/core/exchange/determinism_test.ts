import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createDayOf } from "../../../core/exchange/day.ts";
import type { SimMessage } from "../../../core/exchange/types.ts";
import { buildUniverse } from "../../../core/exchange/universe.ts";
import { vn30PriorE2 } from "../../../core/exchange/indices.ts";
import { DATE, dayOf, everything, play, type Wants } from "./play.ts";

const FROM = "08:45:00";
const UNTIL = "09:45:00";
const subset: Wants = (channel, symbol) => channel === "MI" || symbol < "C" && channel !== "X";

/** One hour with an auction in it: the hash of all wanted messages and of those of the subset. */
function hour(seed: number, wants: Wants) {
  const day = dayOf({ seed, scenario: "quiet" });
  const all = createHash("sha256");
  const some = createHash("sha256");
  let count = 0;
  play(day, FROM);
  play(day, UNTIL, wants, (message) => {
    const text = JSON.stringify(message);
    count++;
    all.update(text);
    if (subset(message.channel, message.symbol)) some.update(text);
  });
  return { count, all: all.digest("hex"), some: some.digest("hex"), day };
}

const first = hour(7, everything);

Deno.test("the same seed, scenario and date give the same hour of messages, byte for byte", () => {
  assert.ok(first.count > 300_000, `${first.count}`);
  assert.equal(hour(7, everything).all, first.all);
});

Deno.test("asking for less gives exactly that part of the same messages", () => {
  const part = hour(7, subset);
  assert.ok(part.count > 1_000 && part.count < first.count / 2, `${part.count}`);
  assert.equal(part.all, first.some);
});

Deno.test("another seed gives another hour", () => {
  assert.notEqual(hour(8, subset).all, first.some);
});

Deno.test("a symbol's path is the same when most others do not exist", () => {
  const options = { seed: 7, scenario: "normal", date: DATE } as const;
  const listings = buildUniverse(7, DATE, vn30PriorE2(7, DATE));
  const few = listings.filter(({ instrument: { kind, symbol } }, i) =>
    symbol === "CSSI2601" || kind === "stock" && (i < 30 ? i % 3 === 0 : i % 40 === 0)
  );
  const kept = new Set(few.map(({ instrument }) => instrument.symbol));
  const wants: Wants = (channel, symbol) => channel !== "MI" && kept.has(symbol);
  const bySymbol = (day: ReturnType<typeof createDayOf>) => {
    const texts = new Map<string, string[]>();
    play(day, "09:40:00", wants, ({ symbol, record }) => {
      if (!texts.has(symbol)) texts.set(symbol, []);
      texts.get(symbol)!.push(JSON.stringify(record));
    });
    return texts;
  };
  const alone = bySymbol(createDayOf(options, few));
  assert.equal(alone.size, few.length);
  const among = bySymbol(dayOf());
  for (const [symbol, texts] of alone) assert.deepEqual(texts, among.get(symbol), symbol);
});

Deno.test("the latest record of each channel is the one it published last", () => {
  const last = new Map<string, SimMessage>();
  const day = dayOf({ scenario: "quiet" });
  const check = () => {
    for (const message of last.values()) {
      assert.deepEqual(day.latest(message.channel, message.symbol), message);
    }
  };
  play(day, "09:10:00", (_, symbol) => symbol.length === 3 && symbol < "H", (message) => {
    last.set(`${message.channel} ${message.symbol}`, message);
  });
  check();
  play(day, "09:20:00", (_, symbol) => symbol.length === 3 && symbol < "H", (message) => {
    last.set(`${message.channel} ${message.symbol}`, message);
  });
  check();
});
