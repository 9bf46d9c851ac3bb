import { type Exchange, EXCHANGES, type Phase } from "../market/phase.ts";
import type { BookLevel } from "../market/event.ts";
import { formatVnTime, vnSecondOfDay } from "../market/time.ts";
import { priceFromE2 } from "../market/units.ts";
import { BOARD_FIELDS, type Cell, INDEX_FIELDS } from "../wire/board.ts";
import type { EngineState, Instrument } from "./state.ts";

/** Book levels on the board. */
const BOARD_LEVELS = 3;

/** Cells of one security in the order of BOARD_FIELDS; all null for one that is not known. */
export function boardRow(state: EngineState, symbol: string): Cell[] {
  const row = state.market.instruments.get(symbol);
  if (row === undefined) return BOARD_FIELDS.map(() => null);
  const traded = row.totalVolume !== null;
  const { volumes, tape, foreign } = row;
  return [
    row.exchange,
    price(row.referenceE2),
    price(row.ceilingE2),
    price(row.floorE2),
    price(row.lastE2),
    row.lastE2 === null ? null : row.lastVolume,
    row.lastE2 === null ? null : row.lastSide,
    inAuction(row.session) ? price(row.estimatedE2) : null,
    price(row.openE2),
    price(row.highE2),
    price(row.lowE2),
    price(row.averageE2),
    row.totalVolume,
    traded ? row.totalValueVnd : null,
    ...levels(row.bids),
    ...levels(row.asks),
    foreign?.buyVolume ?? null,
    foreign?.sellVolume ?? null,
    foreign?.currentRoom ?? null,
    traded ? volumes.buy : null,
    traded ? volumes.sell : null,
    // Missing volume has no side either, so that the three sums make up the day's volume.
    traded ? volumes.none + tape.missing : null,
    traded ? tape.missing : null,
    row.session,
    row.status,
    clock(row.changedMs),
    basis(state, row),
    null,
    null,
  ];
}

/**
 * Cells of one index in the order of INDEX_FIELDS; all null for one that is not known. `members`
 * give the breadth where the feed counts nothing, as it does for VN30.
 */
export function indexRow(
  state: EngineState,
  id: string,
  members: readonly string[] = [],
): Cell[] {
  const held = state.market.indices.get(id);
  if (held === undefined) return INDEX_FIELDS.map(() => null);
  const index = held.event;
  const counts = [index.advances, index.noChanges, index.declines, index.ceilings, index.floors];
  const breadth = counts.some((count) => count > 0) ? counts : breadthOf(state, members);
  return [
    index.name,
    price(index.valueE2),
    price(index.priorE2),
    // The feed leaves the estimate filled after the auction.
    indexInAuction(state, id) ? price(index.estimatedE2) : null,
    index.volume,
    index.valueVnd,
    index.putThroughVolume,
    index.putThroughValueVnd,
    ...breadth,
    index.session,
    clock(index.exchangeMs),
    ...INDEX_FIELDS.slice(INDEX_FIELDS.indexOf("open")).map(() => null),
  ];
}

/** Phase of each board as the feed tells it; null before the first session code of the day. */
export function phases(state: EngineState): Readonly<Record<Exchange, Phase | null>> {
  const { boards } = state.market;
  return Object.fromEntries(
    EXCHANGES.map((exchange) => [exchange, boards[exchange].phase]),
  ) as Record<Exchange, Phase | null>;
}

/** Newest exchange time of the day in Unix ms; null before the first message. */
export function asOfMs(state: EngineState): number | null {
  return state.market.asOfMs;
}

/** The trading date of the state, `YYYY-MM-DD`; null before the first message. */
export function tradingDate(state: EngineState): string | null {
  return state.market.tradingDate;
}

function price(priceE2: number | null): number | null {
  return priceE2 === null ? null : priceFromE2(priceE2);
}

function clock(exchangeMs: number): string | null {
  return exchangeMs === 0 ? null : formatVnTime(vnSecondOfDay(exchangeMs));
}

function levels(side: readonly BookLevel[]): Cell[] {
  const cells: Cell[] = [];
  for (let i = 0; i < BOARD_LEVELS; i++) {
    const level = side[i];
    cells.push(level === undefined ? null : price(level.priceE2), level?.volume ?? null);
  }
  return cells;
}

function inAuction(session: Instrument["session"]): boolean {
  return session === "ATO" || session === "ATC";
}

/** Members up, same and down by their last price, those at ceiling and floor among them. */
function breadthOf(state: EngineState, members: readonly string[]): Cell[] {
  let [up, same, down, ceilings, floors] = [0, 0, 0, 0, 0];
  for (const symbol of members) {
    const member = state.market.instruments.get(symbol);
    const lastE2 = member?.lastE2 ?? null;
    const referenceE2 = member?.referenceE2 ?? null;
    if (lastE2 === null || referenceE2 === null) continue;
    if (lastE2 > referenceE2) up++;
    else if (lastE2 < referenceE2) down++;
    else same++;
    if (lastE2 === member?.ceilingE2) ceilings++;
    else if (lastE2 === member?.floorE2) floors++;
  }
  return up + same + down === 0 ? Array(5).fill(null) : [up, same, down, ceilings, floors];
}

/** MI names no board in its own right, but the ids tell it. */
function indexInAuction(state: EngineState, id: string): boolean {
  const board = id.startsWith("HNXUPCOM") ? "UPCOM" : id.startsWith("HNX") ? "HNX" : "HOSE";
  const { phase } = state.market.boards[board];
  return phase === "ato" || phase === "atc";
}

/** Futures price minus index value in points; hundredths are subtracted first, so it is exact. */
function basis(state: EngineState, row: Instrument): number | null {
  const { underlying } = row;
  const index = underlying === null ? undefined : state.market.indices.get(underlying);
  const indexE2 = index?.event.valueE2 ?? null;
  return indexE2 === null || row.lastE2 === null ? null : priceFromE2(row.lastE2 - indexE2);
}
