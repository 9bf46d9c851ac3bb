import { MinuteBars } from "./minute_bars.ts";
import type { Security, Tally } from "./security.ts";

/** Counters of an index as one message carries them. */
export interface IndexFigures {
  cap: number;
  /** Sum at expected prices of a running auction; 0 until the first auction. */
  estimatedCap: number;
  matchedVolume: number;
  matchedValueVnd: number;
  dealVolume: number;
  dealValueVnd: number;
  advances: number;
  noChanges: number;
  declines: number;
  ceilings: number;
  floors: number;
}

/** What an index is. */
export interface IndexTerms {
  readonly id: string;
  readonly name: string;
  readonly exchange: "HOSE" | "HNX";
  readonly type: "Main" | "Industry";
  /** Its value against that of VN30. */
  readonly scale: number;
  readonly priorE2: number;
}

/**
 * One index: prior value × capitalisation now ÷ capitalisation at reference prices. The sums are
 * integers (thousands of shares × hundredths of VND, below 2^53), so their order cannot matter.
 */
export class IndexState implements Tally {
  readonly baseCap: number;
  readonly figures: IndexFigures;
  /** The figures of the last message. */
  readonly published: IndexFigures;
  isDirty = false;
  statusSecond = -1;
  barSecond = -1;
  readonly minutes = new MinuteBars();

  constructor(readonly terms: IndexTerms, readonly members: readonly Security[]) {
    for (const member of members) member.indices.push(this);
    this.baseCap = capOf(members, (member) => member.listing.referenceE2);
    this.figures = emptyFigures(this.baseCap);
    this.published = emptyFigures(this.baseCap);
  }

  /** Index value in hundredths for a sum of weights × prices. */
  valueE2(cap: number): number {
    return Math.round(cap / this.baseCap * this.terms.priorE2);
  }

  /** Counts a match of a member whose last price was `beforeE2` (0 for none). */
  onMatch(member: Security, beforeE2: number, volume: number, valueVnd: number): void {
    const { figures } = this;
    this.isDirty = true;
    figures.matchedVolume += volume;
    figures.matchedValueVnd += valueVnd;
    const { lastE2, weight, listing } = member;
    if (lastE2 === beforeE2) return;
    figures.cap += weight * (lastE2 - (beforeE2 === 0 ? listing.referenceE2 : beforeE2));
    if (beforeE2 !== 0) this.#count(member, beforeE2, -1);
    this.#count(member, lastE2, 1);
  }

  /** Counts a put-through deal of a member. */
  onDeal(volume: number, valueVnd: number): void {
    this.isDirty = true;
    this.figures.dealVolume += volume;
    this.figures.dealValueVnd += valueVnd;
  }

  /** Values the members of a running auction at their expected prices. */
  estimate(): void {
    const cap = capOf(
      this.members,
      (member) =>
        member.estimatedLevel < 0 ? member.currentE2 : member.priceE2[member.estimatedLevel]!,
    );
    if (cap !== this.figures.estimatedCap) this.isDirty = true;
    this.figures.estimatedCap = cap;
  }

  #count(member: Security, priceE2: number, by: number): void {
    const { figures } = this;
    const { referenceE2, band } = member.listing;
    if (priceE2 > referenceE2) figures.advances += by;
    else if (priceE2 < referenceE2) figures.declines += by;
    else figures.noChanges += by;
    if (priceE2 === band.ceilingE2) figures.ceilings += by;
    else if (priceE2 === band.floorE2) figures.floors += by;
  }
}

function capOf(members: readonly Security[], priceE2: (member: Security) => number): number {
  let cap = 0;
  for (const member of members) cap += member.weight * priceE2(member);
  return cap;
}

function emptyFigures(cap: number): IndexFigures {
  return {
    cap,
    estimatedCap: 0,
    matchedVolume: 0,
    matchedValueVnd: 0,
    dealVolume: 0,
    dealValueVnd: 0,
    advances: 0,
    noChanges: 0,
    declines: 0,
    ceilings: 0,
    floors: 0,
  };
}
