import type { SimMessage } from "../../../core/exchange/types.ts";
import { initFrame } from "../../../core/sim/frames.ts";
import type { Draws } from "./draws.ts";
import type { Faults } from "./faults.ts";
import { farAhead, flip, frameOf, garble, hoursAhead } from "./garble.ts";
import type { Venue } from "./venue.ts";

/** Frames by which one may be late, and steps for which the line may be down. */
const LATE_FRAMES_MAX = 6;
const DOWN_STEPS_MAX = 50;
/** Messages that a hub may send again after a reconnect. */
const AGAIN_MAX = 20;

interface Held {
  readonly text: string;
  frames: number;
}

/** The line from the venue to us: one connection at a time, with everything that befalls it. */
export class Link {
  readonly #venue: Venue;
  readonly #draws: Draws;
  readonly #faults: Faults;
  #held: Held[] = [];
  #again: SimMessage[] = [];
  #downSteps = 0;

  constructor(venue: Venue, draws: Draws, faults: Faults) {
    this.#venue = venue;
    this.#draws = draws;
    this.#faults = faults;
  }

  get isUp(): boolean {
    return this.#downSteps === 0;
  }

  /** The first frames of a connection: the init frame, and what the hub had cached. */
  connect(): string[] {
    const cached = this.#venue.cached();
    const texts = [initFrame(), frameOf(...cached)];
    // Some hubs then repeat their last minute.
    if (this.#faults.strikes("duplicate")) texts.push(...this.#again.map((m) => frameOf(m)));
    return texts;
  }

  /** The connection is gone, with everything on its way. */
  cut(): void {
    this.#downSteps = 1 + this.#draws.below(DOWN_STEPS_MAX);
    this.#held = [];
  }

  /** The line comes back at the next step. */
  mend(): void {
    this.#downSteps = Math.min(this.#downSteps, 1);
  }

  /** The texts that arrive in a step in which the venue said `messages`. */
  carry(messages: readonly SimMessage[]): string[] {
    this.#again = [...this.#again, ...messages].slice(-AGAIN_MAX);
    if (!this.isUp) {
      this.#downSteps--;
      return this.isUp ? this.connect() : [];
    }
    if (this.#faults.strikes("disconnect")) {
      this.cut();
      return [];
    }
    const arrived: string[] = [];
    for (const message of messages) this.#frame(message, arrived);
    return arrived;
  }

  /** Everything that is still on its way. */
  flush(): string[] {
    return this.#held.splice(0).map(({ text }) => text);
  }

  #frame(message: SimMessage, arrived: string[]): void {
    const text = this.#faults.strikes("garble") ? this.#damage(message) : frameOf(message);
    if (this.#faults.strikes("reorder")) this.#hold(text);
    else arrived.push(text);
    if (this.#faults.strikes("duplicate")) {
      if (this.#draws.chance(0.5)) arrived.push(text);
      else this.#hold(text);
    }
    for (const held of this.#held) held.frames--;
    arrived.push(...this.#held.filter(({ frames }) => frames < 0).map(({ text }) => text));
    this.#held = this.#held.filter(({ frames }) => frames >= 0);
  }

  #hold(text: string): void {
    this.#held.push({ text, frames: 1 + this.#draws.below(LATE_FRAMES_MAX) });
  }

  #damage(message: SimMessage): string {
    const how = this.#draws.below(12);
    const first = this.#venue.listed[0]!;
    if (how === 0 && message.symbol === first.symbol) {
      return this.#draws.below(2) === 0 ? farAhead(message) : hoursAhead(message);
    }
    if (how > 1) return garble(message, this.#draws);
    for (const s of this.#venue.listed) if (s.symbol === message.symbol) s.isDoubtful = true;
    return flip(message, this.#draws);
  }
}
