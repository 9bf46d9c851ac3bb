import { TRADE_METHODS, TRADE_SIDES, type TradeEntry } from "../wire/trade.ts";
import type { ChannelLog } from "./channel_log.ts";

/** Time, price, volume and cumulative volume. */
const NUMBERS = 4;
const FIRST_CAPACITY = 8;

/**
 * The newest trades of one security in columns that double up to a limit and then go round: 33 bytes
 * an entry, where an array of tuples takes about 200.
 */
export class TradeRing implements ChannelLog {
  readonly #max: number;
  #numbers = new Float64Array(NUMBERS * FIRST_CAPACITY);
  /** Side, method and lateness in one byte. */
  #marks = new Uint8Array(FIRST_CAPACITY);
  /** Number of the entry in slot 0 when it was first written. */
  #origin = 0;
  #count = 0;

  /** `max` entries at most are kept. */
  constructor(max: number) {
    this.#max = max;
  }

  next(): number {
    return this.#origin + this.#count;
  }

  first(): number {
    return this.next() - Math.min(this.#count, this.#max);
  }

  /** Takes an entry under the next number. */
  add(entry: TradeEntry): void {
    if (this.#count === this.#marks.length && this.#count < this.#max) this.#grow();
    const slot = this.#count % this.#marks.length;
    const [timeMs, price, volume, side, method, totalVolume, late] = entry;
    const start = slot * NUMBERS;
    this.#numbers[start] = timeMs;
    this.#numbers[start + 1] = price ?? NaN;
    this.#numbers[start + 2] = volume;
    this.#numbers[start + 3] = totalVolume;
    const found = TRADE_METHODS.indexOf(method) * TRADE_SIDES.length + TRADE_SIDES.indexOf(side);
    this.#marks[slot] = 2 * found + late;
    this.#count++;
  }

  /** Makes `next` the number of the next entry; what is held keeps its place before it. */
  renumber(next: number): void {
    this.#origin = next - this.#count;
  }

  /** Forgets what is held; the next entry has the number `next`. */
  restart(next: number): void {
    this.#count = 0;
    this.#origin = next;
  }

  from(base: number): { readonly from: number; readonly entries: readonly TradeEntry[] } {
    const from = Math.max(base, this.first());
    const entries: TradeEntry[] = [];
    for (let number = from; number < this.next(); number++) entries.push(this.#entry(number));
    return { from, entries };
  }

  #entry(number: number): TradeEntry {
    const slot = (number - this.#origin) % this.#marks.length;
    const start = slot * NUMBERS;
    const price = this.#numbers[start + 1]!;
    const mark = this.#marks[slot]!;
    const found = mark >> 1;
    return [
      this.#numbers[start]!,
      Number.isNaN(price) ? null : price,
      this.#numbers[start + 2]!,
      TRADE_SIDES[found % TRADE_SIDES.length]!,
      TRADE_METHODS[Math.floor(found / TRADE_SIDES.length)]!,
      this.#numbers[start + 3]!,
      (mark & 1) as 0 | 1,
    ];
  }

  /** Only a ring that has not gone round grows, so every entry keeps its slot. */
  #grow(): void {
    const capacity = Math.min(this.#max, 2 * this.#marks.length);
    const numbers = new Float64Array(NUMBERS * capacity);
    numbers.set(this.#numbers);
    const marks = new Uint8Array(capacity);
    marks.set(this.#marks);
    this.#numbers = numbers;
    this.#marks = marks;
  }
}
