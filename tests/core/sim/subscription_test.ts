import assert from "node:assert/strict";
import fc from "fast-check";
import { SIM_CHANNELS } from "../../../core/exchange/types.ts";
import {
  applySwitch,
  NO_SUBSCRIPTION,
  parseSwitch,
  type Subscription,
  wants,
} from "../../../core/sim/subscription.ts";

function after(...calls: string[]): Subscription {
  return calls.reduce((now, call) => applySwitch(now, parseSwitch(call)), NO_SUBSCRIPTION);
}

Deno.test("A dash list selects its symbols and no others", () => {
  const subscription = after("X-TRADE:AAA-BBB");
  assert.ok(wants(subscription, "X-TRADE", "AAA"));
  assert.ok(wants(subscription, "X-TRADE", "BBB"));
  assert.ok(!wants(subscription, "X-TRADE", "CCC"));
  assert.ok(!wants(subscription, "X-QUOTE", "AAA"));
});

Deno.test("ALL after a channel selects the channel, the bare ALL selects every channel", () => {
  const one = after("MI:ALL");
  assert.deepEqual([...one.keys()], ["MI"]);
  assert.ok(wants(one, "MI", "HNXIndex"));
  const every = after("all");
  for (const channel of SIM_CHANNELS) assert.ok(wants(every, channel, "AAA"));
});

Deno.test("Channels, symbols and index ids ignore case and spaces around them", () => {
  const subscription = after(" x-quote : aaa - bbb , mi: hnxindex ");
  assert.ok(wants(subscription, "X-QUOTE", "BBB"));
  assert.ok(wants(subscription, "MI", "HNXIndex"));
});

Deno.test("A later call replaces its own channel and keeps the others", () => {
  const subscription = after("X:AAA,MI:VN30", "X:BBB");
  assert.ok(!wants(subscription, "X", "AAA"));
  assert.ok(wants(subscription, "X", "BBB"));
  assert.ok(wants(subscription, "MI", "VN30"));
});

Deno.test("NONE takes a channel away", () => {
  assert.deepEqual([...after("X:ALL,R:ALL", "x:none").keys()], ["R"]);
});

Deno.test("Odd lots are accepted", () => {
  assert.deepEqual(parseSwitch("OL:ALL").refused, []);
});

Deno.test("Parts that name no channel or no symbol are refused, the others count", () => {
  const request = parseSwitch("FOO:ALL,X:AAA,,X,X:,R:-");
  assert.deepEqual(request.refused, ["FOO:ALL", "", "X", "X:", "R:-"]);
  assert.deepEqual(request.changes.map(({ channel }) => channel), ["X"]);
});

Deno.test("What was asked for last per channel is what is wanted, whatever came before", () => {
  const channel = fc.constantFrom(...SIM_CHANNELS);
  const symbol = fc.stringMatching(/^[A-Z][A-Z0-9]{2}$/).filter((s) => s !== "ALL");
  const call = fc.record({ channel, symbols: fc.array(symbol, { minLength: 1, maxLength: 4 }) });
  fc.assert(fc.property(fc.array(call, { minLength: 1, maxLength: 6 }), symbol, (calls, probe) => {
    const texts = calls.map((one) => `${one.channel}:${one.symbols.join("-")}`);
    const separate = after(...texts);
    const joined = after(texts.join(","));
    for (const name of SIM_CHANNELS) {
      const last = calls.findLast((one) => one.channel === name);
      for (const tried of [probe, ...calls.flatMap((one) => one.symbols)]) {
        const expected = last?.symbols.includes(tried) ?? false;
        assert.equal(wants(separate, name, tried), expected);
        assert.equal(wants(joined, name, tried.toLowerCase()), expected);
      }
    }
  }));
});

Deno.test("No text whatever makes the parser throw, and every part is taken or refused", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const request = parseSwitch(text);
    assert.ok(request.changes.length + request.refused.length >= text.split(",").length);
  }));
});
