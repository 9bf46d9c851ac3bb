import { type Exchange, EXCHANGES, type Phase } from "../market/phase.ts";
import type { BookLevel } from "../market/event.ts";
import { BOARD_FIELDS, type Cell } from "../wire/board.ts";
import { BOOK_FIELDS, BOOK_LEVELS } from "../wire/book.ts";
import { rounded } from "../wire/cells.ts";
import { basisE2 } from "./basis.ts";
import { priceCell, timeCell } from "./cells.ts";
import { contribution } from "./index_weights.ts";
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
    priceCell(row.referenceE2),
    priceCell(row.ceilingE2),
    priceCell(row.floorE2),
    priceCell(row.lastE2),
    row.lastE2 === null ? null : row.lastVolume,
    row.lastE2 === null ? null : row.lastSide,
    inAuction(row.session) ? priceCell(row.estimatedE2) : null,
    priceCell(row.openE2),
    priceCell(row.highE2),
    priceCell(row.lowE2),
    priceCell(row.averageE2),
    row.totalVolume,
    traded ? row.totalValueVnd : null,
    ...levels(row.bids, BOARD_LEVELS),
    ...levels(row.asks, BOARD_LEVELS),
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
    timeCell(row.changedMs),
    priceCell(basisE2(state, row)),
    points(state, "VN30", row),
    points(state, "VNINDEX", row),
  ];
}

/** Cells of one security's book in the order of BOOK_FIELDS; all null for one that is not known. */
export function bookRow(state: EngineState, symbol: string): Cell[] {
  const row = state.market.instruments.get(symbol);
  if (row === undefined) return BOOK_FIELDS.map(() => null);
  const { bids, asks, quoteMs } = row;
  return [...levels(bids, BOOK_LEVELS), ...levels(asks, BOOK_LEVELS), timeCell(quoteMs)];
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

function levels(side: readonly BookLevel[], count: number): Cell[] {
  const cells: Cell[] = [];
  for (let i = 0; i < count; i++) {
    const level = side[i];
    cells.push(level === undefined ? null : priceCell(level.priceE2), level?.volume ?? null);
  }
  return cells;
}

function inAuction(session: Instrument["session"]): boolean {
  return session === "ATO" || session === "ATC";
}

/** Contribution to an index in points; the free float is unknown, so it is approximate. */
function points(state: EngineState, id: string, row: Instrument): number | null {
  const contributed = contribution(state, id, row);
  return contributed === null ? null : rounded(contributed, 3);
}
