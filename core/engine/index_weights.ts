import type { EngineState, Instrument, MarketState } from "./state.ts";

/** Shares in one unit of weight: whole-market sums of weight × hundredths stay below 2^53. */
const SHARES_PER_WEIGHT = 1_000;

/** Part of the members' listed shares that may lack a reference today: suspended securities send none. */
const UNREFERENCED_MAX = 0.05;

/** Members of one index, and what their contributions are computed with. */
export interface IndexWeights {
  readonly members: ReadonlySet<string>;
  /**
   * Sum of weight × reference price over the members, in thousands of shares × hundredths of VND.
   * Null when a member's listed shares are unknown or too many have no reference yet.
   */
  readonly base: number | null;
}

/**
 * Weights by day and index id. They follow from the state, and the sum over 400 members is too dear
 * for every row of the board, so they are kept beside it until something they rest on changes.
 */
const held = new WeakMap<MarketState, Map<string, IndexWeights | null>>();

/** Drops what was computed: a reference price, members or listed shares changed. */
export function forgetWeights(market: MarketState): void {
  held.delete(market);
}

/** Weights of an index; null when its members are not known. */
export function weightsOf(state: EngineState, id: string): IndexWeights | null {
  let ofDay = held.get(state.market);
  if (ofDay === undefined) held.set(state.market, ofDay = new Map());
  let weights = ofDay.get(id);
  if (weights === undefined) ofDay.set(id, weights = compute(state, id));
  return weights;
}

/** Weight of a member in the unit of `base`. */
export function weightOfShares(shares: number): number {
  return Math.round(shares / SHARES_PER_WEIGHT);
}

/** Contribution of a security to an index in points; null for what is no member. */
export function contribution(state: EngineState, id: string, member: Instrument): number | null {
  if (!weightsOf(state, id)?.members.has(member.symbol)) return null;
  const move = weightedMove(state, member);
  return move === null ? null : pointsOf(state, id, move);
}

/** Weight of a security times its move from the reference; null without shares or a reference. */
export function weightedMove({ reference }: EngineState, member: Instrument): number | null {
  const shares = reference.shares.get(member.symbol);
  const { lastE2, referenceE2 } = member;
  if (shares === undefined || referenceE2 === null) return null;
  return weightOfShares(shares) * ((lastE2 ?? referenceE2) - referenceE2);
}

/** What a sum of weighted moves is in points of an index; null without its weights or prior value. */
export function pointsOf(state: EngineState, id: string, move: number): number | null {
  const priorE2 = state.market.indices.get(id)?.event.priorE2 ?? null;
  const base = weightsOf(state, id)?.base ?? null;
  return base === null || priorE2 === null ? null : move / base * priorE2 / 100;
}

function compute({ reference, market }: EngineState, id: string): IndexWeights | null {
  const members = new Set(reference.members.get(id) ?? []);
  if (members.size === 0) return null;
  let [base, all, unreferenced] = [0, 0, 0];
  for (const symbol of members) {
    const shares = reference.shares.get(symbol);
    if (shares === undefined) return { members, base: null };
    const referenceE2 = market.instruments.get(symbol)?.referenceE2 ?? null;
    const weight = weightOfShares(shares);
    all += weight;
    if (referenceE2 === null) unreferenced += weight;
    else base += weight * referenceE2;
  }
  const isKnown = base > 0 && unreferenced <= all * UNREFERENCED_MAX;
  return { members, base: isKnown ? base : null };
}
