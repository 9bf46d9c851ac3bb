import type { IndexState } from "./index_value.ts";
import { oddLotRecord } from "./odd_lot_record.ts";
import type { OddLots } from "./odd_lots.ts";
import * as records from "./records.ts";
import type { Security } from "./security.ts";
import type { SimChannel, SimMessage } from "./types.ts";

type Wants = (channel: SimChannel, symbol: string) => boolean;

/**
 * Collects the messages of one step. Each method first marks in the state that the channel has
 * published, then writes the record if it is wanted: being unwanted changes nothing else.
 */
export class Publisher {
  readonly #terms: records.DayTerms;
  #wants: Wants = () => false;
  #messages: SimMessage[] = [];
  #second = 0;

  constructor(terms: records.DayTerms) {
    this.#terms = terms;
  }

  /** Begins a step; the messages of the one before belong to whoever took them. */
  begin(second: number, wants: Wants): void {
    this.#second = second;
    this.#wants = wants;
    this.#messages = [];
  }

  /** The messages since `begin`, in publishing order. */
  get messages(): readonly SimMessage[] {
    return this.#messages;
  }

  /** Channel F. */
  status(s: Security): void {
    s.statusSecond = this.#second;
    if (this.#wants("F", s.symbol)) this.#push("F", s, records.statusRecord);
  }

  /** Channel X-TRADE without a match, as before the open and when an auction's price moves. */
  state(s: Security): void {
    s.tradeSecond = this.#second;
    if (this.#wants("X-TRADE", s.symbol)) this.#push("X-TRADE", s, records.tradeRecord);
  }

  /** Channels X-TRADE and B of a match. */
  match(s: Security): void {
    this.state(s);
    s.barSecond = this.#second;
    if (this.#wants("B", s.symbol)) this.#push("B", s, records.barRecord);
  }

  /** Channels X-QUOTE and X, after everything that one action changed. */
  book(s: Security): void {
    s.quoteSecond = this.#second;
    if (this.#wants("X-QUOTE", s.symbol)) this.#push("X-QUOTE", s, records.quoteRecord);
    this.combined(s);
  }

  /** Channel X alone: a match that leaves the book as it was. */
  combined(s: Security): void {
    s.combinedSecond = this.#second;
    if (this.#wants("X", s.symbol)) this.#push("X", s, records.combinedRecord);
  }

  /** Channel R: publishes the foreign flow up to now. */
  foreign(s: Security): void {
    s.foreignSecond = this.#second;
    s.isForeignDirty = false;
    Object.assign(s.publishedForeign, s.foreign);
    if (this.#wants("R", s.symbol)) this.#push("R", s, records.foreignRecord);
  }

  /** Channel OL. */
  oddLot(s: Security, odd: OddLots): void {
    odd.second = this.#second;
    odd.roundVolume = s.totalVolume;
    odd.roundValueVnd = s.totalValueVnd;
    if (!this.#wants("OL", s.symbol)) return;
    const record = oddLotRecord(s, odd, this.#terms);
    this.#messages.push({ channel: "OL", symbol: s.symbol, record });
  }

  /** Channels MI and, when the value moved, B of an index. */
  index(index: IndexState): void {
    const { id } = index.terms;
    const hasMoved = index.valueE2(index.published.cap) !== index.valueE2(index.figures.cap);
    const volume = index.figures.matchedVolume - index.published.matchedVolume;
    if (volume > 0) {
      index.minutes.add(this.#second, index.valueE2(index.figures.cap), volume);
    }
    index.statusSecond = this.#second;
    index.isDirty = false;
    Object.assign(index.published, index.figures);
    if (this.#wants("MI", id)) {
      const record = records.indexRecord(index, this.#terms);
      this.#messages.push({ channel: "MI", symbol: id, record });
    }
    if (!hasMoved) return;
    index.barSecond = this.#second;
    if (this.#wants("B", id)) {
      const record = records.indexBarRecord(index, this.#terms);
      this.#messages.push({ channel: "B", symbol: id, record });
    }
  }

  #push(
    channel: SimChannel,
    s: Security,
    write: (s: Security, terms: records.DayTerms) => records.WireRecord,
  ): void {
    this.#messages.push({ channel, symbol: s.symbol, record: write(s, this.#terms) });
  }
}
