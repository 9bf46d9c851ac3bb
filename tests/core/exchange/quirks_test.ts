import assert from "node:assert/strict";
import { type Dress, dressOf, plainMessage, SIM_PROFILES } from "../../../core/exchange/quirks.ts";
import { SIM_CHANNELS, type SimChannel, type SimMessage } from "../../../core/exchange/types.ts";
import type { WireMessage } from "../../../core/exchange/wire_message.ts";
import type { MarketEvent } from "../../../core/market/event.ts";
import { encodeWire, messageFrame } from "../../../core/sim/frames.ts";
import { decodeFrame } from "../../../core/ssi/decode.ts";
import { everything, play, smallDayOf } from "./play.ts";

const SEED = 7;

/** A bit of everything: the morning, both openings and the first minutes of every board. */
const messages: SimMessage[] = [];
const day = smallDayOf({ seed: SEED });
play(day, "08:47:00", everything, (message) => messages.push(message));
play(day, "09:14:58");
play(day, "09:15:12", everything, (message) => messages.push(message));
play(day, "14:44:59");
play(day, "14:45:02", everything, (message) => messages.push(message));

function eventsOf(wire: WireMessage): readonly MarketEvent[] {
  const { events, refusals } = decodeFrame(messageFrame(1, [encodeWire(wire)]));
  assert.deepEqual(refusals, [], JSON.stringify(wire));
  return events;
}

/** What the profiles may differ in: raw status words of futures, and counters that nobody trusts. */
function said(event: MarketEvent): unknown {
  const { status: _, ...rest } = event as MarketEvent & { status?: unknown };
  if (rest.kind !== "index") return rest;
  return { ...rest, advances: 0, noChanges: 0, declines: 0, ceilings: 0, floors: 0 };
}

/** The messages of a channel as a profile spells them. */
function dressed(dress: Dress, channel: SimChannel): readonly WireMessage[] {
  return messages.filter((message) => message.channel === channel)
    .map((message) => dress(message, false));
}

const wild = dressOf("wild", SEED);
const spec = dressOf("spec", SEED);

for (const channel of SIM_CHANNELS) {
  Deno.test(`A message of ${channel} says the same under every profile (F-016)`, () => {
    const found = messages.filter((message) => message.channel === channel);
    assert.ok(found.length > 20, `${found.length} messages`);
    for (const message of found) {
      const expected = eventsOf(plainMessage(message)).map(said);
      for (const profile of SIM_PROFILES) {
        const events = eventsOf(dressOf(profile, SEED)(message, false)).map(said);
        assert.deepEqual(events, expected, `${profile} ${JSON.stringify(message)}`);
      }
    }
  });
}

/** Each variant with the messages to look for it in, and how it shows. */
const VARIANTS: readonly (readonly [
  name: string,
  channel: SimChannel,
  shows: (wire: WireMessage) => boolean,
])[] = [
  ["keys of the envelope in lower case", "X-QUOTE", (w) => w.typeKey === "datatype"],
  ["Datatype", "X-QUOTE", (w) => w.typeKey === "Datatype"],
  ["the old name Trade", "X-TRADE", (w) => w.dataType === "Trade"],
  ["the old name Quote", "X-QUOTE", (w) => w.dataType === "Quote"],
  ["Rtype", "X-TRADE", ({ content }) => content.Rtype === "X-TRADE"],
  ["volumes as text", "X-TRADE", ({ content }) => typeof content.TotalVol === "string"],
  ["volumes as text in a book", "X-QUOTE", ({ content }) => typeof content.BidVol1 === "string"],
  ["flow as text", "R", ({ content }) => typeof content.BuyVol === "string"],
  ["an average that is NaN", "X-TRADE", ({ content }) => content.AvgPrice === "NaN"],
  ["an average that is null", "X-TRADE", ({ content }) => content.AvgPrice === null],
  ["a ratio that is NaN", "X-TRADE", ({ content }) => content.RatioChange === "NaN"],
  ["a session that is null", "X-TRADE", ({ content }) => content.TradingSession === null],
  ["no session", "X-TRADE", ({ content }) => !("TradingSession" in content)],
  ["AskPrie9", "X-QUOTE", ({ content }) => "AskPrie9" in content],
  ["TradingTime", "X-QUOTE", ({ content }) => "TradingTime" in content],
  ["StockType", "X-QUOTE", ({ content }) => content.StockType === "Future"],
  ["an unknown field", "F", ({ content }) => typeof content.Reserved === "object"],
  ["no odd-lot session", "F", ({ content }) => !("TradingOlSession" in content)],
  ["Isin null", "X-TRADE", ({ content }) => content.Isin === null],
  ["float noise", "X-TRADE", ({ content }) => Number(content.TotalVal) % 1 !== 0],
  ["DER", "X-TRADE", ({ content }) => content.Exchange === "DER"],
  ["DERIVATIVES", "X-TRADE", ({ content }) => content.Exchange === "DERIVATIVES"],
  ["Active", "X-TRADE", ({ content }) => content.TradingStatus === "Active"],
  ["Normal", "X-TRADE", ({ content }) => content.TradingStatus === "Normal"],
  ["TotalRoom 0", "R", ({ content }) => content.TotalRoom === 0],
  ["an index without MarketId", "MI", ({ content }) => !("MarketId" in content)],
  [
    "an index without breadth",
    "MI",
    (w) => w.content.IndexId === "VN30" && w.content.Declines === 0,
  ],
  ["an index with breadth", "MI", ({ content }) => Number(content.Declines) > 0],
  ["odd lots as an object", "OL", ({ isObject }) => isObject],
  [
    "the closing print",
    "X-TRADE",
    ({ content: c }) => c.TradingSession === "C" && c.Side === "SD" && c.Time === "14:45:00",
  ],
];

Deno.test("Every variant that has been seen occurs in a few seconds of the wild wire", () => {
  const missing = VARIANTS.filter(([, channel, shows]) => !dressed(wild, channel).some(shows));
  assert.deepEqual(missing.map(([name]) => name), []);
});

Deno.test("The documented names are those of the documents (F-016)", () => {
  const keys = (channel: SimChannel) => Object.keys(dressed(spec, channel)[0]!.content);
  const has = (channel: SimChannel, ...names: string[]) =>
    assert.deepEqual(names.filter((name) => !keys(channel).includes(name)), [], channel);
  has("R", "Rtype", "FBuyVol", "FSellVol", "FBuyVal", "FSellVal", "MarketID", "ISIN");
  has("MI", "TypeIndex", "Nochanges", "Ceiling", "Floor", "TotalQttyPT", "MarketID");
  has("X-QUOTE", "TradingTime", "MarketID", "TradingStatus");
  has("B", "TradingTime");
  has("X", "Avg");
  assert.ok(!keys("F").includes("TradingOlSession") && !keys("X").includes("CloseQtty"));
  const values = SIM_CHANNELS.flatMap((channel) =>
    dressed(spec, channel).flatMap(({ content }) => Object.values(content))
  );
  assert.ok(!values.includes("NaN") && !values.includes("DERIVATIVES") && values.includes("DER"));
});

Deno.test("Foreign flow is read under the names of the documents and of the wire (B-04)", () => {
  for (const dress of [spec, wild]) {
    const flows = dressed(dress, "R").flatMap(eventsOf);
    const bought = flows.filter((event) => event.kind === "foreign" && event.buyVolume > 0);
    const sold = flows.filter((event) => event.kind === "foreign" && event.sellValueVnd > 0);
    assert.ok(bought.length > 10 && sold.length > 10, `${bought.length} ${sold.length}`);
  }
});

Deno.test("The spelling of a message depends on the seed and the message alone", () => {
  const again = dressOf("wild", SEED);
  const other = dressOf("wild", SEED + 1);
  let differing = 0;
  for (const message of messages.toReversed()) {
    const text = JSON.stringify(wild(message, false));
    assert.equal(JSON.stringify(again(message, false)), text);
    if (JSON.stringify(other(message, false)) !== text) differing++;
  }
  assert.ok(differing > messages.length / 10);
});

Deno.test("Spelling a message leaves the message as it is", () => {
  const before = JSON.stringify(messages.slice(0, 2_000));
  for (const message of messages.slice(0, 2_000)) {
    for (const profile of SIM_PROFILES) dressOf(profile, SEED)(message, true);
  }
  assert.equal(JSON.stringify(messages.slice(0, 2_000)), before);
});

Deno.test("A cached message after the close has the volume of the day as its last volume", () => {
  const latest = day.latest("X-TRADE", "HPG")!;
  const { LastVol, TotalVol } = wild(latest, true).content;
  assert.equal(Number(LastVol), Number(TotalVol));
  assert.notEqual(Number(wild(latest, false).content.LastVol), Number(TotalVol));
});
