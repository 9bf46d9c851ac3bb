import type { Bucket } from "../core/analytics/auction.ts";
import type { Method, Reason, TradeSide } from "../core/analytics/classify.ts";
import type { TradeChange } from "../core/engine/change.ts";
import type { FeedSide } from "../core/market/event.ts";
import type { ByteReader, ByteWriter } from "./archive_bytes.ts";

/** What is known of a trade beside its numbers; a day of a symbol has a few different ones. */
export type TradeLabel = Readonly<
  Pick<TradeChange, "side" | "method" | "reason" | "feedSide" | "phase" | "late">
>;

// Codes are written to disk: a word keeps its code for ever, whatever its place in the code is.
const SIDES: Readonly<Record<TradeSide, number>> = { none: 0, buy: 1, sell: 2 };
const FEED_SIDES: Readonly<Record<FeedSide | "null", number>> = { null: 0, buy: 1, sell: 2 };
const METHODS: Readonly<Record<Method, number>> = {
  none: 0,
  feed: 1,
  quote: 2,
  tick: 3,
  auction: 4,
  gap: 5,
};
const REASONS: Readonly<Record<Reason, number>> = {
  flag: 0,
  "above-ask": 1,
  "below-bid": 2,
  "tick-up": 3,
  "tick-down": 4,
  "inside-spread": 5,
  "no-book": 6,
  late: 7,
  auction: 8,
  restricted: 9,
  "put-through": 10,
  plo: 11,
  halted: 12,
  closed: 13,
  baseline: 14,
  gap: 15,
};
const PHASES: Readonly<Record<Bucket, number>> = {
  other: 0,
  ato: 1,
  continuous: 2,
  atc: 3,
  plo: 4,
};

const sideOf = wordsOf<TradeSide>("side", SIDES);
const feedSideOf = wordsOf<FeedSide | "null">("feed side", FEED_SIDES);
const methodOf = wordsOf<Method>("method", METHODS);
const reasonOf = wordsOf<Reason>("reason", REASONS);
const phaseOf = wordsOf<Bucket>("phase", PHASES);

/** Writes the different labels, and for each trade the place of its own among them. */
export function writeLabels(writer: ByteWriter, trades: readonly TradeLabel[]): void {
  const places = new Map<number, number>();
  const labels: TradeLabel[] = [];
  const label = trades.map((trade) => {
    const key = codes(trade).reduce((key, code) => key * 32 + code, 0);
    const place = places.get(key);
    if (place !== undefined) return place;
    places.set(key, labels.length);
    return labels.push(trade) - 1;
  });
  writer.varint(labels.length);
  for (const one of labels) for (const code of codes(one)) writer.varint(code);
  for (const place of label) writer.varint(place);
}

/** Reads what `writeLabels` wrote; throws on a code that no word has. */
export function readLabels(reader: ByteReader, length: number) {
  const labels: TradeLabel[] = [];
  for (let count = reader.varint(); count > 0; count--) labels.push(readLabel(reader));
  const label = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const place = reader.varint();
    if (place >= labels.length) throw new Error(`Cannot read packed trades: no label ${place}`);
    label[i] = place;
  }
  return { labels, label };
}

function readLabel(reader: ByteReader): TradeLabel {
  const side = sideOf(reader.varint());
  const method = methodOf(reader.varint());
  const reason = reasonOf(reader.varint());
  const feedSide = feedSideOf(reader.varint());
  const phase = phaseOf(reader.varint());
  const late = reader.varint() === 1;
  return { side, method, reason, feedSide: feedSide === "null" ? null : feedSide, phase, late };
}

function codes({ side, method, reason, feedSide, phase, late }: TradeLabel): number[] {
  return [
    SIDES[side],
    METHODS[method],
    REASONS[reason],
    FEED_SIDES[feedSide ?? "null"],
    PHASES[phase],
    late ? 1 : 0,
  ];
}

function wordsOf<Word extends string>(what: string, codes: Readonly<Record<Word, number>>) {
  const words = new Map(Object.entries<number>(codes).map(([word, code]) => [code, word as Word]));
  return (code: number): Word => {
    const word = words.get(code);
    if (word === undefined) {
      throw new Error(`Cannot read packed trades: no ${what} has code ${code}`);
    }
    return word;
  };
}
