import { type SimChannel, type SimDay, type SimMessage, STEP_MS } from "../exchange/types.ts";
import { nextTradingDay } from "../market/calendar.ts";
import type { Clock } from "../port/clock.ts";
import type { SimSpeed } from "./options.ts";
import { Pace, type PaceStats } from "./pace.ts";
import type { MarketCache, MarketFacts, MarketSource } from "./source.ts";

/** Who receives what the market publishes. */
export interface MarketSink {
  wants(channel: SimChannel, symbol: string): boolean;
  publish(messages: readonly SimMessage[]): void;
  /** The market is at its starting time: what it holds now may be shown. */
  refresh(): void;
  congested(): boolean;
  giveUpOnCongested(): void;
}

/** What drives one market. */
export interface RunnerOptions {
  readonly openDay: (date: string) => SimDay;
  readonly date: string;
  /** Time of day (ms) at which the first day starts to be shown; it may move while we get there. */
  readonly firstTargetMs: () => number;
  readonly speed: SimSpeed;
  readonly loop: boolean;
  readonly paused: boolean;
  readonly clock: Clock;
  readonly sink: MarketSink;
}

/** What the market is doing. */
export interface RunnerStats extends PaceStats {
  readonly state: "fast-forward" | "running" | "paused" | "closed";
  readonly date: string;
  readonly timeOfDayMs: number;
  /** Part of the fast-forward done, 0 to 1. */
  readonly progress: number;
  readonly steps: number;
  readonly daysDone: number;
}

/** Ten seconds before the opening auction of HOSE prints. */
export const OPEN_START_MS = ((9 * 60 + 14) * 60 + 50) * 1000;

/**
 * The part of the midday break that a market that loops passes over: nothing happens in it, and who
 * looks in at any hour is to find a session in motion. A day that starts in it was asked for.
 */
const BREAK_SHOWN_UNTIL_MS = (11 * 60 + 31) * 60 * 1000;
const BREAK_END_MS = 13 * 60 * 60 * 1000;

/** A slice ends after this many steps or this much time, whichever comes first. */
const SLICE_STEPS_MAX = 400;
const SLICE_MS = 12;
/** How long a market at full speed waits for one congested socket. */
const CONGESTION_WAIT_MS = 2_000;
/** Real time for which the closed market stays before the next day, divided by the speed. */
const CLOSED_HOLD_MS = 60_000;
const CLOSED_HOLD_AT_MAX_MS = 200;
const NOTHING = () => false;

/** Moves one market through its days: fast-forward, paced steps, the closed hour, the next day. */
export class MarketRunner implements MarketSource {
  readonly #options: RunnerOptions;
  readonly #pace: Pace;
  #day: SimDay;
  #state: "fast-forward" | "running" | "closed" = "fast-forward";
  #paused: boolean;
  #stopped = false;
  #progress = 0;
  /** Time of day (ms) from which the day is shown. */
  #shownFromMs = 0;
  #steps = 0;
  #daysDone = 0;
  /** Up to here a paused market may run, and who waits for it. */
  #grant: { readonly untilMs: number; readonly reached: () => void } | null = null;
  #wake: () => void = () => {};

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#pace = new Pace(options.speed, options.clock);
    this.#paused = options.paused;
    this.#day = options.openDay(options.date);
  }

  get facts(): MarketFacts {
    return this.#day;
  }

  /** While the market fast-forwards, what it holds is not what a client should see first. */
  get cache(): MarketCache | null {
    return this.#state === "fast-forward" ? null : this.#day;
  }

  stats(): RunnerStats {
    return {
      state: this.#paused && this.#state === "running" ? "paused" : this.#state,
      date: this.#day.date,
      timeOfDayMs: this.#day.timeOfDayMs,
      progress: this.#progress,
      steps: this.#steps,
      daysDone: this.#daysDone,
      ...this.#pace.stats(),
    };
  }

  pause(): void {
    this.#paused = true;
    this.#wake();
  }

  resume(): void {
    this.#paused = false;
    this.#pace.startAt(this.#day.timeOfDayMs);
    this.#wake();
  }

  /** Runs a paused market to a time of day (ms), publishing, and resolves there or at its close. */
  async stepTo(untilMs: number): Promise<void> {
    if (!this.#paused) throw new Error("Cannot step the market: it is not paused");
    if (this.#grant !== null) throw new Error("Cannot step the market: a step is under way");
    if (this.#state === "closed" || this.#stopped) return;
    await new Promise<void>((reached) => {
      this.#grant = { untilMs, reached };
      this.#wake();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Runs until stopped; rejects when the market model throws. */
  async run(): Promise<void> {
    let targetMs = this.#options.firstTargetMs;
    while (!this.#stopped) {
      await this.#fastForward(targetMs);
      if (this.#stopped) break;
      this.#state = "running";
      this.#shownFromMs = this.#day.timeOfDayMs;
      this.#pace.startAt(this.#day.timeOfDayMs);
      this.#options.sink.refresh();
      await this.#play();
      if (this.#stopped) break;
      this.#state = "closed";
      this.#daysDone += 1;
      await this.#hold();
      if (this.#stopped) break;
      this.#state = "fast-forward";
      this.#progress = 0;
      this.#day = this.#options.openDay(nextTradingDay(this.#day.date));
      targetMs = () => OPEN_START_MS;
    }
    this.#settleGrant(true);
  }

  async #fastForward(targetMs: () => number): Promise<void> {
    const fromMs = this.#day.timeOfDayMs;
    while (!this.#stopped && this.#due(targetMs())) {
      this.#slice(targetMs(), NOTHING);
      this.#progress = (this.#day.timeOfDayMs - fromMs) / Math.max(1, targetMs() - fromMs);
      await this.#sleep(0);
    }
    this.#progress = 1;
  }

  async #play(): Promise<void> {
    while (!this.#stopped && !this.#day.done) {
      this.#settleGrant(false);
      const rests = this.#rests();
      const limitMs = rests ? BREAK_END_MS : this.#limitMs();
      if (this.#due(limitMs)) {
        this.#slice(limitMs, (channel, symbol) => this.#options.sink.wants(channel, symbol));
        if (rests) this.#pace.startAt(this.#day.timeOfDayMs);
        await this.#sleep(0);
        if (this.#options.speed === "max" || this.#paused) await this.#drain();
      } else {await this.#sleep(
          this.#paused ? null : this.#pace.waitMs(this.#day.timeOfDayMs + STEP_MS),
        );}
    }
    this.#settleGrant(true);
  }

  /** Whether the market is in the part of its break that it passes over. */
  #rests(): boolean {
    const { timeOfDayMs } = this.#day;
    return this.#options.loop && !this.#paused && this.#shownFromMs < BREAK_SHOWN_UNTIL_MS &&
      timeOfDayMs >= BREAK_SHOWN_UNTIL_MS && timeOfDayMs < BREAK_END_MS;
  }

  /** The time of day up to which steps are due now. */
  #limitMs(): number {
    if (this.#paused) return this.#grant?.untilMs ?? 0;
    return this.#pace.dueMs(this.#day.timeOfDayMs);
  }

  #slice(limitMs: number, wants: (channel: SimChannel, symbol: string) => boolean): void {
    const day = this.#day;
    const endMs = this.#options.clock.nowMs() + SLICE_MS;
    for (let n = 0; n < SLICE_STEPS_MAX && this.#due(limitMs); n++) {
      const messages = day.step(wants);
      this.#steps += 1;
      if (messages.length > 0) this.#options.sink.publish(messages);
      if (this.#options.clock.nowMs() >= endMs) break;
    }
  }

  async #drain(): Promise<void> {
    const { clock, sink } = this.#options;
    const endMs = clock.nowMs() + CONGESTION_WAIT_MS;
    while (!this.#stopped && sink.congested() && clock.nowMs() < endMs) await this.#sleep(1);
    sink.giveUpOnCongested();
  }

  #settleGrant(ended: boolean): void {
    if (this.#grant === null || (!ended && this.#due(this.#grant.untilMs))) return;
    const { reached } = this.#grant;
    this.#grant = null;
    reached();
  }

  /** Whether a whole step fits before a time of day. */
  #due(limitMs: number): boolean {
    return !this.#day.done && this.#day.timeOfDayMs + STEP_MS <= limitMs;
  }

  /** Keeps the closed market: for a while, or for good when days do not loop. */
  async #hold(): Promise<void> {
    const { speed, loop, clock } = this.#options;
    const holdMs = speed === "max" ? CLOSED_HOLD_AT_MAX_MS : CLOSED_HOLD_MS / speed;
    const endMs = clock.nowMs() + holdMs;
    while (!this.#stopped && (!loop || this.#paused || clock.nowMs() < endMs)) {
      const waits = loop && !this.#paused;
      await this.#sleep(waits ? Math.max(1, endMs - clock.nowMs()) : null);
    }
  }

  /** Waits for a time, or until pause, resume, step or stop; null waits for those alone. */
  async #sleep(ms: number | null): Promise<void> {
    if (this.#stopped) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (ms !== null) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }
}
