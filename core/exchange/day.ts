import { type Exchange, EXCHANGES } from "../market/phase.ts";
import { Agents } from "./agents.ts";
import { Beliefs } from "./belief.ts";
import { type Boards, boardsOf, expiries } from "./boards.ts";
import {
  DayClock,
  FIRST_SECOND,
  secondOfStep,
  stepOfSecond,
  STEPS_PER_SECOND,
} from "./day_clock.ts";
import { Factors } from "./factors.ts";
import { closeOddAuction } from "./odd_lot_flow.ts";
import { indexFigures, securityFigures } from "./day_figures.ts";
import { pastFigures, pastIndexFigures, type PastSecurity } from "./history.ts";
import { latestOf, latestOfIndex } from "./latest.ts";
import { buildIndices, vn30PriorE2 } from "./indices.ts";
import type { Listing } from "./listing.ts";
import type { IndexState } from "./index_value.ts";
import { Matching } from "./matching.ts";
import { Publisher } from "./publisher.ts";
import { keyOf } from "./rng.ts";
import { isListedOn, pastDates } from "./past_terms.ts";
import type { DayTerms } from "./records.ts";
import { interpolate, SCENARIO_PROFILES, type ScenarioProfile } from "./scenario.ts";
import { Schedule } from "./schedule.ts";
import { Security } from "./security.ts";
import { Timing } from "./timing.ts";
import {
  type DayFigures,
  type SimChannel,
  type SimDay,
  type SimDayOptions,
  type SimIndex,
  type SimInstrument,
  type SimMessage,
  STEP_MS,
} from "./types.ts";
import { buildUniverse } from "./universe.ts";

/** The morning's state of all securities is published over this many steps, not in one burst. */
const PRE_OPEN_STEPS = 40;
/** Seconds between two room messages of one security. */
const FOREIGN_SECONDS = 10;
/** Seconds before the last message at which the last foreign flows are published. */
const FOREIGN_CLOSE = 4 * 60;
const STOCKS_PRE_OPEN = 8 * 3600 + 45 * 60;
const NONE: readonly SimMessage[] = [];

/** Prepares a trading day at 08:30; a step at a time it plays until 15:05. */
export function createDay(options: SimDayOptions): SimDay {
  const vn30E2 = vn30PriorE2(options.seed, options.date);
  return createDayOf(options, buildUniverse(options.seed, options.date, vn30E2));
}

/**
 * The same day with some of its listings only. At least one must belong to VN30, and the underlying
 * of each warrant must be among them.
 */
export function createDayOf(options: SimDayOptions, listings: readonly Listing[]): SimDay {
  return new Day(options, listings);
}

class Day implements SimDay {
  readonly date: string;
  readonly instruments: readonly SimInstrument[];
  readonly indices: readonly SimIndex[];
  readonly #securities: readonly Security[];
  readonly #indexStates: readonly IndexState[];
  readonly #boards: Boards;
  readonly #bySymbol: ReadonlyMap<string, Security>;
  readonly #byIndexId: ReadonlyMap<string, IndexState>;
  readonly #timing: Timing;
  readonly #beliefs: Beliefs;
  readonly #publisher: Publisher;
  readonly #matching: Matching;
  readonly #schedule: Schedule;
  readonly #agents: Agents;
  readonly #terms: DayTerms;
  readonly #profile: ScenarioProfile;
  readonly #seed: number;
  readonly #pastDates: ReadonlySet<string>;
  #step = 0;

  constructor(options: SimDayOptions, listings: readonly Listing[]) {
    const { seed, scenario, date } = options;
    const dayKey = keyOf(seed, date);
    const vn30E2 = vn30PriorE2(seed, date);
    const profile = SCENARIO_PROFILES[scenario];
    const clock = new DayClock(profile.timetables);
    this.#seed = seed;
    this.#pastDates = pastDates(date);
    this.#profile = profile;
    this.#terms = { date, clock };
    this.date = date;
    this.#securities = listings.map((listing) => new Security(listing, dayKey));
    this.instruments = this.#securities.map(({ listing }) => listing.instrument);
    this.#bySymbol = new Map(this.#securities.map((s) => [s.symbol, s]));
    for (const s of this.#securities) {
      const { warrant } = s.listing;
      if (warrant !== null) s.underlying = this.#bySymbol.get(warrant.underlying)!;
      s.halt = profile.halts.find(({ symbol }) => symbol === s.symbol) ?? null;
    }
    this.#boards = boardsOf(this.#securities);
    this.#indexStates = buildIndices(this.#securities, vn30E2);
    this.#byIndexId = new Map(this.#indexStates.map((index) => [index.terms.id, index]));
    this.indices = this.#indexStates.map(({ terms, members }) => ({
      id: terms.id,
      name: terms.name,
      exchange: terms.exchange,
      members: members.map(({ symbol }) => symbol),
    }));
    const factors = new Factors(dayKey, profile, clock.lastSecond);
    this.#timing = new Timing(factors, clock);
    this.#beliefs = new Beliefs(
      factors,
      profile,
      this.#byIndexId.get("VN30")!,
      expiries(date, this.#boards.DERIVATIVES),
    );
    this.#publisher = new Publisher(this.#terms);
    this.#matching = new Matching(this.#publisher, options.onTrade);
    this.#agents = new Agents(profile, clock, {
      matching: this.#matching,
      publisher: this.#publisher,
      timing: this.#timing,
    });
    this.#schedule = this.#fileFirst();
  }

  get timeOfDayMs(): number {
    return FIRST_SECOND * 1000 + this.#step * STEP_MS;
  }

  get done(): boolean {
    return this.#step === this.#terms.clock.stepCount;
  }

  step(wants: (channel: SimChannel, symbol: string) => boolean): readonly SimMessage[] {
    if (this.done) return NONE;
    const step = this.#step++;
    const second = secondOfStep(step);
    this.#publisher.begin(second, wants);
    const { foreignSell } = this.#profile;
    const sellOff = foreignSell === null ? null : interpolate(foreignSell, second);
    this.#matching.begin(step, second, sellOff);
    if (step % STEPS_PER_SECOND === 0) this.#startSecond(second);
    for (let i = this.#schedule.first(step); i >= 0;) {
      const after = this.#schedule.after(i);
      this.#visit(i, step, second);
      i = after;
    }
    if (step % STEPS_PER_SECOND === STEPS_PER_SECOND - 1) this.#publishIndices(second);
    if (second === this.#terms.clock.lastSecond) {
      this.#indexStates.forEach((index) => this.#publisher.index(index));
    }
    return this.#publisher.messages;
  }

  latest(channel: SimChannel, symbol: string): SimMessage | null {
    const s = this.#bySymbol.get(symbol);
    const index = this.#byIndexId.get(symbol);
    const record = s !== undefined
      ? latestOf(s, channel, this.#terms)
      : index !== undefined
      ? latestOfIndex(index, channel, this.#terms)
      : null;
    return record === null ? null : { channel, symbol, record };
  }

  figures(symbol: string, date: string): DayFigures | null {
    const s = this.#bySymbol.get(symbol);
    const index = this.#byIndexId.get(symbol);
    if (date === this.date) {
      const second = Math.floor(this.timeOfDayMs / 1000);
      if (s !== undefined) return securityFigures(s, this.#terms, second);
      return index === undefined ? null : indexFigures(index, this.#terms, second);
    }
    if (!this.#pastDates.has(date)) return null;
    if (s !== undefined) return pastFigures(this.#seed, date, pastOf(s));
    if (index === undefined) return null;
    const { terms, members } = index;
    return pastIndexFigures(this.#seed, date, { terms, members: members.map(pastOf) });
  }

  hasFigures(symbol: string, date: string): boolean {
    const s = this.#bySymbol.get(symbol);
    if (s === undefined && !this.#byIndexId.has(symbol)) return false;
    if (date === this.date) return true;
    return this.#pastDates.has(date) &&
      (s === undefined || !s.isFuture || isListedOn(symbol, date));
  }

  /** Files the first event of each security: its state of the morning, in the pre-open phase. */
  #fileFirst(): Schedule {
    const schedule = new Schedule(this.#terms.clock.stepCount, this.#securities.length);
    this.#securities.forEach((s, i) => {
      const opens = stepOfSecond(s.isFuture ? FIRST_SECOND : STOCKS_PRE_OPEN);
      schedule.file(i, opens + (s.key >>> 1) % PRE_OPEN_STEPS);
    });
    return schedule;
  }

  /** What the clock does by itself: sessions change, auctions end, the last flows are told. */
  #startSecond(second: number): void {
    const { clock } = this.#terms;
    for (const exchange of EXCHANGES) {
      if (clock.isSessionStart(exchange, second)) this.#changeSession(exchange, second);
    }
    if (second === STOCKS_PRE_OPEN) {
      for (const index of this.#indexStates) this.#publisher.index(index);
    }
    for (const { symbol, from, until } of this.#profile.halts) {
      if (second !== from && second !== until) continue;
      const s = this.#bySymbol.get(symbol);
      if (s !== undefined) this.#publisher.status(s);
    }
    if (second === clock.lastSecond - FOREIGN_CLOSE) {
      for (const s of this.#securities) if (s.isForeignDirty) this.#publisher.foreign(s);
    }
  }

  /** The prints of an auction come first: they are what its securities did in the old session. */
  #changeSession(exchange: Exchange, second: number): void {
    const ended = this.#terms.clock.phase(exchange, second - 1);
    if (ended === "ato" || ended === "atc") {
      const side = exchange === "HOSE" && ended === "atc" ? "SD" : null;
      for (const s of this.#boards[exchange]) {
        this.#matching.closeAuction(s, side);
        closeOddAuction(s, this.#publisher);
      }
    }
    for (const s of this.#boards[exchange]) this.#publisher.status(s);
  }

  #visit(i: number, step: number, second: number): void {
    const s = this.#securities[i]!;
    if (s.tradeSecond < 0) {
      this.#publishMorning(s);
      this.#schedule.file(i, this.#timing.firstStep(s));
      return;
    }
    const phase = this.#timing.phase(s);
    this.#beliefs.update(s, step, second);
    if (!s.isHalted(second)) this.#agents.trade(s, phase, { step, second });
    if (!s.isFuture && s.isForeignDirty && second >= s.foreignSecond + FOREIGN_SECONDS) {
      this.#publisher.foreign(s);
    }
    const next = this.#timing.nextStep(s, step);
    if (next >= 0) this.#schedule.file(i, next);
  }

  #publishMorning(s: Security): void {
    this.#publisher.state(s);
    this.#publisher.book(s);
    if (!s.isFuture) this.#publisher.foreign(s);
  }

  #publishIndices(second: number): void {
    for (const index of this.#indexStates) {
      const phase = this.#terms.clock.phase(index.members[0]!.listing.exchange, second);
      if (phase === "ato" || phase === "atc") index.estimate();
      if (index.isDirty) this.#publisher.index(index);
    }
  }
}

function pastOf({ listing, underlying }: Security): PastSecurity {
  return { listing, underlying: underlying?.listing ?? null };
}
