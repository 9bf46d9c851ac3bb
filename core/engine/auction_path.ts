import type { AuctionEstimates } from "../analytics/auction_estimates.ts";
import { appendEntry } from "../analytics/entry_log.ts";
import { indexBoard } from "../market/index_board.ts";
import { LOG_MAX } from "../wire/log.ts";
import { pointsOf, weightOfShares, weightsOf } from "./index_weights.ts";
import type { EngineState, Instrument } from "./state.ts";

/** The index that is estimated from its members. */
const INDEX = "VN30";

/** While a call auction runs: writes down what it would bring if it ended with this step. */
export function logAuction(state: EngineState, endMs: number): void {
  const { market } = state;
  const { phase } = market.boards[indexBoard(INDEX)];
  if (phase !== "ato" && phase !== "atc") return;
  const { estimates, logs } = market;
  if (estimates.auction !== phase) {
    estimates.auction = phase;
    estimates.pricesE2.clear();
  }
  const moved = takeMoved(state, estimates);
  const feedE2 = market.indices.get(INDEX)?.event.estimatedE2 ?? null;
  const impliedE2 = estimates.pricesE2.size === 0 ? null : impliedValueE2(state, estimates);
  const before = logs.auction.entries.at(-1);
  const isNews = moved.length > 0 || before?.[1] !== phase || before[2] !== feedE2 ||
    before[3] !== impliedE2;
  if (!isNews || (feedE2 === null && estimates.pricesE2.size === 0)) return;
  const symbols = moved.map(([symbol]) => symbol);
  const estimatesE2 = moved.map(([, priceE2]) => priceE2);
  appendEntry(
    logs.auction,
    [endMs, phase, feedE2, impliedE2, estimates.pricesE2.size, symbols, estimatesE2],
    LOG_MAX.auction,
  );
}

function takeMoved(state: EngineState, { pricesE2 }: AuctionEstimates): [string, number][] {
  const moved: [string, number][] = [];
  for (const member of membersOf(state)) {
    const { symbol, session, estimatedE2 } = member;
    // The feed leaves the expected price of the morning filled until the next auction.
    if (estimatedE2 === null || (session !== "ATO" && session !== "ATC")) continue;
    if (pricesE2.get(symbol) === estimatedE2) continue;
    pricesE2.set(symbol, estimatedE2);
    moved.push([symbol, estimatedE2]);
  }
  return moved.sort(([a], [b]) => a < b ? -1 : 1);
}

/**
 * The index if every member traded at its expected price: its value now, moved by its members from
 * their last prices, so that what the weights do not explain so far stays out of the estimate.
 */
function impliedValueE2(state: EngineState, { pricesE2 }: AuctionEstimates): number | null {
  const event = state.market.indices.get(INDEX)?.event;
  // Before the first match of a day the feed may have no value of its own.
  const valueE2 = event?.valueE2 ?? event?.priorE2 ?? null;
  if (valueE2 === null) return null;
  let move = 0;
  for (const member of membersOf(state)) {
    const estimatedE2 = pricesE2.get(member.symbol);
    const fromE2 = member.lastE2 ?? member.referenceE2;
    const shares = state.reference.shares.get(member.symbol);
    if (estimatedE2 === undefined || fromE2 === null || shares === undefined) continue;
    move += weightOfShares(shares) * (estimatedE2 - fromE2);
  }
  const points = pointsOf(state, INDEX, move);
  return points === null ? null : valueE2 + Math.round(points * 100);
}

function membersOf(state: EngineState): Instrument[] {
  return [...weightsOf(state, INDEX)?.members ?? []].flatMap((symbol) =>
    state.market.instruments.get(symbol) ?? []
  );
}
