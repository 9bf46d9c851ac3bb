import { Draws } from "./rng.ts";
import type { SimDay, SimMessage } from "./types.ts";

/** What happens to messages on the way; chances are from 0 to 1. */
export interface DisorderOptions {
  readonly seed: number;
  /** Chance that a message is sent twice. */
  readonly duplicate: number;
  /** A message comes at most this many messages late; 0 keeps the order. */
  readonly reorderWindow: number;
  /** Chance that a message is lost. */
  readonly drop: number;
  /** Chance that a quote comes a few messages late: after the trade that it should precede. */
  readonly lateQuote?: number;
}

/** How far a late quote falls behind, in messages. */
const LATE_QUOTE = 8;

/** What the disorder has done so far. */
export interface DisorderCounts {
  dropped: number;
  duplicated: number;
  delayed: number;
}

/**
 * Loses, repeats and delays messages. It holds at most one window of them: each waits in the slot of
 * the position at which it leaves.
 */
export class Disorder {
  readonly counts: DisorderCounts = { dropped: 0, duplicated: 0, delayed: 0 };
  readonly #options: DisorderOptions;
  readonly #slots: SimMessage[][];
  readonly #draws = new Draws();
  #position = 0;

  constructor(options: DisorderOptions) {
    this.#options = options;
    const reach = Math.max(options.reorderWindow, LATE_QUOTE) + 1;
    this.#slots = Array.from({ length: reach }, () => []);
  }

  /** Takes the next message and returns what leaves now. */
  pass(message: SimMessage): readonly SimMessage[] {
    const { seed, drop, duplicate, lateQuote = 0 } = this.#options;
    const draws = this.#draws;
    draws.start(seed, 0, this.#position);
    if (draws.unit() < drop) this.counts.dropped++;
    else {
      const isLateQuote = draws.unit() < lateQuote && message.channel === "X-QUOTE";
      this.#put(message, isLateQuote ? 1 + draws.below(LATE_QUOTE) : this.#delay());
      if (draws.unit() < duplicate) {
        this.counts.duplicated++;
        this.#put(message, this.#delay());
      }
    }
    return this.#leave();
  }

  /** What is still held, in order; nothing is held afterwards. */
  rest(): readonly SimMessage[] {
    return this.#slots.flatMap(() => this.#leave());
  }

  #delay(): number {
    return this.#draws.below(this.#options.reorderWindow + 1);
  }

  #put(message: SimMessage, delay: number): void {
    if (delay > 0) this.counts.delayed++;
    this.#slots[(this.#position + delay) % this.#slots.length]!.push(message);
  }

  #leave(): readonly SimMessage[] {
    const at = this.#position++ % this.#slots.length;
    const leaving = this.#slots[at]!;
    this.#slots[at] = [];
    return leaving;
  }
}

/** The messages of a stream as a bad line delivers them. */
export function* disorderly(
  messages: Iterable<SimMessage>,
  options: DisorderOptions,
): Generator<SimMessage> {
  const disorder = new Disorder(options);
  for (const message of messages) yield* disorder.pass(message);
  yield* disorder.rest();
}

/** A day whose messages come over a bad line; what happens in it stays the same. */
export function disorderedDay(day: SimDay, options: DisorderOptions): SimDay {
  const disorder = new Disorder(options);
  return {
    date: day.date,
    instruments: day.instruments,
    indices: day.indices,
    get timeOfDayMs() {
      return day.timeOfDayMs;
    },
    get done() {
      return day.done;
    },
    step(wants) {
      const messages = day.step(wants).flatMap((message) => disorder.pass(message));
      return day.done ? [...messages, ...disorder.rest()] : messages;
    },
    latest: (channel, symbol) => day.latest(channel, symbol),
    figures: (symbol, date) => day.figures(symbol, date),
    hasFigures: (symbol, date) => day.hasFigures(symbol, date),
  };
}
