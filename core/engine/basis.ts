import { addPoint, type BasisPoint, createBasisTrack, settlePoint } from "../analytics/basis.ts";
import { appendEntry } from "../analytics/entry_log.ts";
import { parseFuturesCode } from "../market/futures.ts";
import { indexBoard } from "../market/index_board.ts";
import { LOG_MAX } from "../wire/log.ts";
import { onBasis } from "./alerts.ts";
import type { Change, TradeChange } from "./change.ts";
import { isContinuous } from "./matching.ts";
import type { EngineState, Instrument, MarketState } from "./state.ts";

/**
 * Begins the track of an index future with its first message; anything else has none. All codes
 * that exist (30 years of VN30 and VN100, a century of old ones) are 1,920; about 8 are listed.
 */
export function listFuture(market: MarketState, { symbol, underlying }: Instrument): void {
  if (underlying === null) return;
  market.basis.set(symbol, createBasisTrack(parseFuturesCode(symbol)!));
}

/** Basis in hundredths of a point as it is now; null before both sides have traded today. */
export function basisE2(state: EngineState, { underlying, lastE2 }: Instrument): number | null {
  const spotE2 = underlying === null ? null : tradedSpotE2(state, underlying);
  return spotE2 === null || lastE2 === null ? null : lastE2 - spotE2;
}

/** Value of an index that has traded today, in hundredths; what MI sends before is yesterday's. */
export function tradedSpotE2(state: EngineState, id: string): number | null {
  const index = state.market.indices.get(id);
  return index === undefined || index.highE2 === null ? null : index.event.valueE2;
}

/** Moves the basis of a future that traded; a late trade is no newer price. */
export function moveByTrade(
  state: EngineState,
  instrument: Instrument,
  trade: TradeChange,
  changes: Change[],
): void {
  if (instrument.underlying === null || trade.late) return;
  movePoint(state, instrument, trade.priceE2, trade.exchangeMs, changes);
}

/** Moves the basis of every future on an index that ticked. */
export function moveByIndex(
  state: EngineState,
  id: string,
  exchangeMs: number,
  changes: Change[],
): void {
  const { basis, instruments } = state.market;
  for (const [symbol, track] of basis) {
    if (track.underlying !== id) continue;
    const instrument = instruments.get(symbol)!;
    movePoint(state, instrument, instrument.lastE2, exchangeMs, changes);
  }
}

/** Says that everything shown of the futures on an index changed with its value. */
export function touchFutures({ market }: EngineState, id: string, changes: Change[]): void {
  for (const [symbol, track] of market.basis) {
    if (track.underlying === id) changes.push({ kind: "instrument", symbol });
  }
}

/** Makes points final that nothing has followed up to an exchange time. */
export function settleBasis(state: EngineState, untilMs: number, changes: Change[]): void {
  for (const [symbol, track] of state.market.basis) {
    if (track.atMs <= untilMs) record(state, symbol, settlePoint(track), changes);
  }
}

function movePoint(
  state: EngineState,
  { symbol, underlying }: Instrument,
  futuresE2: number | null,
  exchangeMs: number,
  changes: Change[],
): void {
  const spotE2 = tradedSpotE2(state, underlying!);
  if (futuresE2 === null || spotE2 === null) return;
  // In an auction or a break one side stands still and the difference says nothing.
  if (!isContinuous(state, "DERIVATIVES", exchangeMs)) return;
  if (!isContinuous(state, indexBoard(underlying!), exchangeMs)) return;
  const track = state.market.basis.get(symbol)!;
  record(state, symbol, addPoint(track, exchangeMs, futuresE2, spotE2), changes);
  onBasis(state, symbol, futuresE2 - spotE2, exchangeMs, changes);
}

function record(
  { market }: EngineState,
  symbol: string,
  point: BasisPoint | null,
  changes: Change[],
): void {
  if (point === null) return;
  const { atMs, futuresE2, spotE2 } = point;
  appendEntry(market.logs.basis, [atMs, symbol, futuresE2, spotE2], LOG_MAX.basis);
  changes.push({
    kind: "basis",
    symbol,
    tradingDate: market.tradingDate!,
    exchangeMs: atMs,
    futuresE2,
    spotE2,
  });
}
