import type { IndexEvent } from "../market/event.ts";
import { indexBoard } from "../market/index_board.ts";
import { type Cell, INDEX_FIELDS } from "../wire/board.ts";
import { type Num, rounded } from "../wire/cells.ts";
import { priceCell, timeCell } from "./cells.ts";
import { pointsOf, weightedMove, weightsOf } from "./index_weights.ts";
import type { EngineState } from "./state.ts";

/** Members up, unchanged, down, at the ceiling and at the floor; null where nothing tells. */
type Breadth = readonly [up: Num, same: Num, down: Num, ceilings: Num, floors: Num];

/** What one pass over the members of an index counts. */
interface Tally {
  readonly members: number;
  /** A member without a trade is in none. */
  readonly breadth: Breadth;
  /** Sum of the weighted moves; integer. */
  readonly move: number;
}

const NO_COUNTS: Breadth = [null, null, null, null, null];

/** Cells of one index in the order of INDEX_FIELDS; all null for one that is not known. */
export function indexRow(state: EngineState, id: string): Cell[] {
  const index = state.market.indices.get(id);
  if (index === undefined) return INDEX_FIELDS.map(() => null);
  const { event } = index;
  const tally = tallyOf(state, id);
  const fed = fedBreadth(event);
  const contrib = tally === null ? null : pointsOf(state, id, tally.move);
  const change = event.valueE2 === null || event.priorE2 === null
    ? null
    : event.valueE2 - event.priorE2;
  return [
    event.name,
    priceCell(event.valueE2),
    priceCell(event.priorE2),
    // The feed leaves the estimate filled after the auction.
    inAuction(state, id) ? priceCell(event.estimatedE2) : null,
    event.volume,
    event.valueVnd,
    event.putThroughVolume,
    event.putThroughValueVnd,
    ...(tally?.breadth ?? fed),
    event.session,
    timeCell(event.exchangeMs),
    priceCell(index.openE2),
    priceCell(index.highE2),
    priceCell(index.lowE2),
    tally?.members ?? null,
    ...fed,
    contrib === null ? null : rounded(contrib, 3),
    contrib === null || change === null ? null : rounded(change / 100 - contrib, 3),
  ];
}

/**
 * Members of an index up, unchanged, down, at the ceiling and at the floor: counted where the members
 * are known, else as the feed says; null where neither tells.
 */
export function breadthOf(state: EngineState, id: string): Breadth {
  const index = state.market.indices.get(id);
  return index === undefined ? NO_COUNTS : tallyOf(state, id)?.breadth ?? fedBreadth(index.event);
}

/** The feed's own counters, which it leaves at 0 when it does not count. */
function fedBreadth(event: IndexEvent): Breadth {
  const { advances, noChanges, declines, ceilings, floors } = event;
  const counts = [advances, noChanges, declines, ceilings, floors] as const;
  return counts.some((count) => count > 0) ? counts : NO_COUNTS;
}

/** Counts members by their last price, those at ceiling and floor among the ups and downs. */
function tallyOf(state: EngineState, id: string): Tally | null {
  const weights = weightsOf(state, id);
  if (weights === null) return null;
  let [up, same, down, ceilings, floors, move] = [0, 0, 0, 0, 0, 0];
  for (const symbol of weights.members) {
    const member = state.market.instruments.get(symbol);
    if (member === undefined) continue;
    move += weightedMove(state, member) ?? 0;
    const { lastE2, referenceE2, ceilingE2, floorE2 } = member;
    if (lastE2 === null || referenceE2 === null) continue;
    if (lastE2 > referenceE2) up++;
    else if (lastE2 < referenceE2) down++;
    else same++;
    if (lastE2 === ceilingE2) ceilings++;
    else if (lastE2 === floorE2) floors++;
  }
  const counted = up + same + down > 0;
  return {
    members: weights.members.size,
    breadth: counted ? [up, same, down, ceilings, floors] : NO_COUNTS,
    move,
  };
}

function inAuction(state: EngineState, id: string): boolean {
  const { phase } = state.market.boards[indexBoard(id)];
  return phase === "ato" || phase === "atc";
}
