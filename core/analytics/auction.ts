import type { Exchange, Phase, SessionCode, Timetables } from "../market/phase.ts";
import { phaseAtSecond, phaseOfSession, TIMETABLES } from "../market/phase.ts";
import { vnSecondOfDay } from "../market/time.ts";
import type { Bucket } from "../wire/trade_label.ts";

/** What one symbol still expects from an auction of the day. */
type Auction = "ahead" | "running" | "printed";

/** Progress of one symbol through the two call auctions of a day. */
export interface AuctionState {
  ato: Auction;
  atc: Auction;
}

/** Where a trade happened, and whether a call auction made it. */
export interface Placement {
  readonly bucket: Bucket;
  readonly auction: boolean;
}

/** What the feed told of a board's auctions. */
export interface BoardAuctions {
  readonly phase: Phase | null;
  /** Exchange time of the newest message that named the phase. */
  readonly saidMs: number;
  /** Second of the day at which each auction ended; null while that is not told. */
  readonly ends: Readonly<Record<keyof AuctionState, number | null>>;
}

/** A trade as far as placing it goes. */
export interface Placeable {
  readonly phase: Phase;
  readonly exchange: Exchange | null;
  readonly secondOfDay: number;
  /** Its board as the feed told it; without it the timetable says when auctions end. */
  readonly board?: BoardAuctions | null;
  readonly timetables?: Timetables;
}

/** The print of an auction is published within this time after it ends. */
export const PRINT_WINDOW_SECONDS = 60;

const CONTINUOUS: Placement = { bucket: "continuous", auction: false };
const PLO: Placement = { bucket: "plo", auction: false };
const OTHER: Placement = { bucket: "other", auction: false };
const ATO: Placement = { bucket: "ato", auction: true };
const ATC: Placement = { bucket: "atc", auction: true };

/** The auctions of a symbol at the start of a day. */
export function createAuctions(): AuctionState {
  return { ato: "ahead", atc: "ahead" };
}

/** The phase a message speaks of: its own session code first, the timetable when it has none. */
export function phaseOfMessage(
  session: SessionCode | null,
  exchange: Exchange | null,
  secondOfDay: number,
  timetables: Timetables = TIMETABLES,
): Phase {
  if (session !== null) return phaseOfSession(session, exchange ?? "HOSE", secondOfDay, timetables);
  return exchange === null ? "closed" : phaseAtSecond(exchange, secondOfDay, timetables);
}

/**
 * Second of the day at which an auction ended that a board has left: between the last message that
 * named it and the first that named another phase, there as near the timetable as can be. Messages
 * of a running feed are so close together that the timetable has no say.
 */
export function auctionEnd(
  tableSecond: number,
  lastInside: number,
  firstOutside: number,
): number {
  return Math.min(firstOutside, Math.max(lastInside, tableSecond));
}

/** Notes that a message of the symbol spoke of a phase; changes the state in place. */
export function noteAuctionPhase(state: AuctionState, phase: Phase): void {
  if (phase === "ato" && state.ato === "ahead") state.ato = "running";
  if (phase === "atc" && state.atc === "ahead") state.atc = "running";
}

/** Phases of a day that lie before the end of an auction, so that its print cannot be in them. */
const BEFORE_PRINT: Readonly<Record<keyof AuctionState, readonly Phase[]>> = {
  ato: ["pre-open", "ato"],
  atc: ["pre-open", "ato", "continuous", "lunch", "atc"],
};

/**
 * Notes that volume passed unseen up to a message of `phase`: an auction that was over by then has
 * printed in it. On a connection made inside an auction the message may be from long before it.
 */
export function noteHiddenVolume(state: AuctionState, phase: Phase): void {
  for (const auction of ["ato", "atc"] as const) {
    if (state[auction] === "running" && !BEFORE_PRINT[auction].includes(phase)) {
      state[auction] = "printed";
    }
  }
}

/** Places the newest trade of a symbol and notes the print of an auction. */
export function placeTrade(state: AuctionState, trade: Placeable): Placement {
  const placement = isAtoPrint(state, trade)
    ? ATO
    : isAtcPrint(state, trade)
    ? ATC
    : ownPlace(trade);
  if (placement === ATO || trade.phase === "continuous") state.ato = "printed";
  if (placement === ATC || trade.phase === "plo") state.atc = "printed";
  return placement;
}

/**
 * Places a trade that arrived after later ones. What the symbol expected at its time is gone, so
 * only its own phase counts; inside the print window of the opening auction it may be the print.
 */
export function placeLateTrade(trade: Placeable): Placement {
  if (trade.phase === "continuous" && inPrintWindow(trade, "ato")) return OPENING;
  if (isAfterMatching(trade)) return ATC;
  return ownPlace(trade);
}

/** A late trade that may be the opening print: kept in its bucket, given no side. */
const OPENING: Placement = { bucket: "continuous", auction: true };

function isAtoPrint(state: AuctionState, trade: Placeable): boolean {
  if (trade.phase === "ato") return true;
  return trade.phase === "continuous" && state.ato === "running" && inPrintWindow(trade, "ato");
}

function isAtcPrint(state: AuctionState, trade: Placeable): boolean {
  if (trade.phase === "atc") return true;
  if (state.atc === "printed") return false;
  if (trade.phase === "plo") return inPrintWindow(trade, "atc");
  // After the close nothing is matched any more: the first increase is the closing print, whether
  // or not a message of this symbol was seen inside the auction.
  return isAfterMatching(trade) || (state.atc === "running" && trade.phase !== "continuous");
}

function isAfterMatching(trade: Placeable): boolean {
  if (trade.phase !== "closed" && trade.phase !== "put-through") return false;
  return trade.exchange !== null && trade.secondOfDay >= endSecond(trade, trade.exchange, "atc");
}

function ownPlace(trade: Placeable): Placement {
  switch (trade.phase) {
    case "ato":
      return ATO;
    case "atc":
      return ATC;
    case "continuous":
      return CONTINUOUS;
    case "plo":
      return PLO;
    default:
      return OTHER;
  }
}

function inPrintWindow(trade: Placeable, auction: "ato" | "atc"): boolean {
  if (trade.exchange === null) return true;
  const late = trade.secondOfDay - endSecond(trade, trade.exchange, auction);
  return late >= 0 && late < PRINT_WINDOW_SECONDS;
}

/** When an auction ends for a trade: as the feed told it, by the timetable when it told nothing. */
function endSecond(trade: Placeable, exchange: Exchange, auction: "ato" | "atc"): number {
  const { board, timetables = TIMETABLES, secondOfDay } = trade;
  const told = board?.ends[auction] ?? null;
  if (told !== null) return told;
  const tableSecond = tableEnd(exchange, auction, timetables);
  // The board has not left the auction yet: the trade itself may be the first word after it.
  return board?.phase === auction
    ? auctionEnd(tableSecond, vnSecondOfDay(board.saidMs), secondOfDay)
    : tableSecond;
}

/** When an auction ends by the timetable of a board; Infinity on a board without it. */
export function tableEnd(
  exchange: Exchange,
  auction: "ato" | "atc",
  timetables: Timetables,
): number {
  const table = timetables[exchange];
  const row = table.findIndex(([, phase]) => phase === auction);
  return row === -1 ? Infinity : table[row + 1]?.[0] ?? Infinity;
}
