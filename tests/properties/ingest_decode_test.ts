import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeFrame } from "../../core/ssi/decode.ts";
import { REFUSAL_REASONS } from "../../core/ssi/decode_value.ts";
import type { BookLevel, FeedEvent, QuoteEvent, TradeEvent } from "../../core/market/event.ts";
import {
  formatVnDate,
  formatVnTime,
  vnDate,
  vnInstantMs,
  vnSecondOfDay,
} from "../../core/market/time.ts";
import {
  barRecord,
  combinedRecord,
  foreignRecord,
  frame,
  frameOf,
  indexRecord,
  INIT_FRAME,
  message,
  preOpenRecord,
  quoteRecord,
  statusRecord,
  tradeRecord,
} from "../support/ssi_frames.ts";

const SAMPLES: readonly string[] = [
  INIT_FRAME,
  "{}",
  '{"I":"1","E":"quota exceeded"}',
  frame(tradeRecord()),
  frame(preOpenRecord()),
  frame(quoteRecord()),
  frame(combinedRecord()),
  frame(statusRecord()),
  frame(foreignRecord()),
  frame(indexRecord()),
  frame(barRecord()),
  frameOf({ DataType: "R", Content: foreignRecord() }),
  frameOf(message("R", foreignRecord()), message("F", statusRecord())),
  // From the documents themselves: curly quotes, a lost quote, numbers as text, a misspelt key.
  '{"C":"c","M":[{“H”:"h","M":"Broadcast","A":[]}]}',
  '{"C":"c","M":[{"H":"h","M":"Broadcast","A":["{\\"DataType\\":\\"B\\",\\"Content\\":\\"{RType:B}\\"}"]}]}',
  frame(quoteRecord({ AskPrie9: "10600", AskVol9: "100" })),
];
const MUTATIONS = 20_000;

/** What must hold for everything that the decoder lets through (P4). */
function checkEvent(event: FeedEvent): void {
  if (event.kind === "connected") return;
  assert.match(event.symbol, /^[A-Z0-9][A-Z0-9._-]{0,31}$/);
  assert.equal(vnDate(event.exchangeMs), event.tradingDate);
  assert.equal(new Date(event.tradingDate).toISOString().slice(0, 10), event.tradingDate);
  for (const [key, value] of Object.entries(event)) {
    if (typeof value !== "number") continue;
    assert.ok(Number.isSafeInteger(value), `${key} is ${value}`);
    assert.ok(key.endsWith("E2") ? value > 0 : value >= 0, `${key} is ${value}`);
  }
  if (event.kind !== "quote") return;
  for (const { priceE2, volume } of [...event.bids, ...event.asks]) {
    assert.ok(priceE2 === null || Number.isSafeInteger(priceE2) && priceE2 > 0);
    assert.ok(Number.isSafeInteger(volume) && volume > 0);
  }
}

function checkFrame(text: string): void {
  const decoded = decodeFrame(text);
  decoded.events.forEach(checkEvent);
  for (const { reason, detail } of decoded.refusals) {
    assert.ok(REFUSAL_REASONS.includes(reason));
    assert.ok(detail.length < 200);
  }
}

Deno.test(`${MUTATIONS} one-character mutations of frames never throw and let nothing bad through (P4)`, () => {
  const mutation = fc.record({
    sample: fc.constantFrom(...SAMPLES),
    at: fc.nat(),
    with: fc.oneof(
      fc.constantFrom(...'0123456789-+eE."\\{}[],:/ NaN'),
      fc.string({ unit: "binary", maxLength: 2 }),
    ),
    cut: fc.nat({ max: 2 }),
  });
  fc.assert(
    fc.property(mutation, ({ sample, at, with: insert, cut }) => {
      const index = at % (sample.length + 1);
      checkFrame(sample.slice(0, index) + insert + sample.slice(index + cut));
    }),
    { numRuns: MUTATIONS },
  );
});

Deno.test("Any JSON in any layer gives events or refusals, never an exception (P4)", () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const record = fc.record(
    Object.fromEntries(Object.keys(combinedRecord()).map((key) => [key, json])),
    { requiredKeys: [] },
  );
  const type = fc.constantFrom("F", "X", "X-QUOTE", "X-TRADE", "R", "MI", "B");
  fc.assert(fc.property(json, (value) => checkFrame(JSON.stringify(value))), { numRuns: 1_000 });
  fc.assert(fc.property(json, (value) => checkFrame(frameOf(value))), { numRuns: 1_000 });
  fc.assert(fc.property(json, (Content) => checkFrame(frameOf({ DataType: "X", Content }))), {
    numRuns: 1_000,
  });
  fc.assert(
    fc.property(type, record, (name, Content) => checkFrame(frameOf(message(name, Content)))),
    { numRuns: 1_000 },
  );
});

Deno.test("Deep nesting and long texts are refused or read, without an exception", () => {
  for (const text of ["[".repeat(100_000), `${"[".repeat(50_000)}${"]".repeat(50_000)}`]) {
    checkFrame(text);
    checkFrame(frameOf(text));
    checkFrame(frameOf({ DataType: "R", Content: text }));
  }
});

const priceE2 = fc.integer({ min: 1, max: 200_000_000 });
const volume = fc.integer({ min: 1, max: 1_000_000_000 });
const instantMs = fc.integer({ min: 0, max: 86_399 }).map((second) =>
  vnInstantMs("2026-11-16", second)
);
/** Plain objects, as the decoder makes them. */
const plain = { noNullPrototype: true } as const;
const level = fc.record({ priceE2: fc.option(priceE2), volume }, plain);
const head = {
  symbol: fc.stringMatching(/^[A-Z0-9]{3,9}$/),
  tradingDate: fc.constant("2026-11-16"),
  exchangeMs: instantMs,
  exchange: fc.constantFrom("HOSE", "HNX", "UPCOM"),
  session: fc.constantFrom("ATO", "LO", "BREAK", "ATC", "PT", "PLO", "C", "H", null),
} as const;

const wirePrice = (value: number | null) => value === null ? 0.0 : value / 100;
const wireHead = (event: TradeEvent | QuoteEvent) => ({
  TradingDate: formatVnDate(event.tradingDate),
  Time: formatVnTime(vnSecondOfDay(event.exchangeMs)),
  Symbol: event.symbol,
  Exchange: event.exchange,
  TradingSession: event.session,
});

Deno.test("A trade that is encoded and decoded is the same trade (P3)", () => {
  const arbitrary = fc.record<TradeEvent>({
    kind: fc.constant("trade"),
    source: fc.constant("X-TRADE"),
    ...head,
    status: fc.constantFrom("N", "H", null),
    ceilingE2: fc.option(priceE2),
    floorE2: fc.option(priceE2),
    referenceE2: fc.option(priceE2),
    lastE2: fc.option(priceE2),
    lastVolume: volume,
    totalVolume: volume,
    totalValueVnd: fc.maxSafeNat(),
    averageE2: fc.option(priceE2),
    openE2: fc.option(priceE2),
    highE2: fc.option(priceE2),
    lowE2: fc.option(priceE2),
    estimatedE2: fc.option(priceE2),
    side: fc.constantFrom("buy", "sell", null),
  }, plain);
  fc.assert(
    fc.property(arbitrary, (event) => {
      const { lastVolume: LastVol, totalVolume: TotalVol, totalValueVnd: TotalVal } = event;
      const record = {
        ...wireHead(event),
        TradingStatus: event.status,
        Ceiling: wirePrice(event.ceilingE2),
        Floor: wirePrice(event.floorE2),
        RefPrice: wirePrice(event.referenceE2),
        LastPrice: wirePrice(event.lastE2),
        AvgPrice: event.averageE2 === null ? "NaN" : wirePrice(event.averageE2),
        Open: wirePrice(event.openE2),
        Highest: wirePrice(event.highE2),
        Lowest: wirePrice(event.lowE2),
        EstMatchedPrice: wirePrice(event.estimatedE2),
        Side: event.side === null ? null : event.side === "buy" ? "BU" : "SD",
        ...{ LastVol, TotalVol, TotalVal },
      };
      assert.deepEqual(decodeFrame(frameOf(message("X-TRADE", record))).events, [event]);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("A book that is encoded and decoded is the same book (P3)", () => {
  const arbitrary = fc.record<QuoteEvent>({
    kind: fc.constant("quote"),
    ...head,
    bids: fc.array(level, { maxLength: 10 }),
    asks: fc.array(level, { maxLength: 10 }),
    afterTrade: fc.constant(false),
  }, plain);
  const fields = (side: "Bid" | "Ask", levels: readonly BookLevel[]) =>
    Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [
        [`${side}Price${i + 1}`, wirePrice(levels[i]?.priceE2 ?? null)],
        [`${side}Vol${i + 1}`, levels[i]?.volume ?? 0.0],
      ]).flat(),
    );
  fc.assert(
    fc.property(arbitrary, (event) => {
      const book = { ...fields("Bid", event.bids), ...fields("Ask", event.asks) };
      const text = frameOf(message("X-QUOTE", { ...wireHead(event), ...book }));
      assert.deepEqual(decodeFrame(text).events, [event]);
    }),
    { numRuns: 1_000 },
  );
});
