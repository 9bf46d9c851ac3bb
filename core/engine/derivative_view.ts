import { type BasisTrack, basisTrend, premiumOf } from "../analytics/basis.ts";
import { type CarryTerms, fairValue, impliedCarryPct } from "../analytics/fair_value.ts";
import { daysBetween } from "../market/time.ts";
import { FUTURES_MULTIPLIER_VND, PRICE_SCALE } from "../market/units.ts";
import { DERIVATIVE_FIELDS } from "../wire/analytics.ts";
import type { Cell } from "../wire/board.ts";
import { percentOf, rounded } from "../wire/cells.ts";
import { tradedSpotE2 } from "./basis.ts";
import { priceCell, timeCell } from "./cells.ts";
import type { EngineState, Instrument, MarketState } from "./state.ts";

export type { CarryTerms } from "../analytics/fair_value.ts";

/**
 * Cells of one future in the order of DERIVATIVE_FIELDS; all null for one that was not heard of
 * today, and for what is no index future. Prices are subtracted as integers, so that differences
 * are exact.
 */
export function derivativeRow(state: EngineState, symbol: string, terms: CarryTerms): Cell[] {
  const { market } = state;
  const track = market.basis.get(symbol);
  const row = market.instruments.get(symbol);
  if (track === undefined || row === undefined) return DERIVATIVE_FIELDS.map(() => null);
  const days = daysBetween(market.tradingDate!, track.expiry);
  const traded = row.totalVolume !== null;
  return [
    track.underlying,
    track.month,
    track.expiry,
    days,
    symbol === activeContract(market, track.underlying) ? 1 : 0,
    priceCell(row.lastE2),
    priceCell(minus(row.lastE2, row.referenceE2)),
    percentOf(minus(row.lastE2, row.referenceE2), row.referenceE2),
    priceCell(row.referenceE2),
    priceCell(row.ceilingE2),
    priceCell(row.floorE2),
    row.totalVolume,
    priceCell(row.bids[0]?.priceE2 ?? null),
    row.bids[0]?.volume ?? null,
    priceCell(row.asks[0]?.priceE2 ?? null),
    row.asks[0]?.volume ?? null,
    priceCell(market.indices.get(track.underlying)?.event.valueE2 ?? null),
    ...basisCells(state, track, row),
    ...fairCells(
      { lastE2: row.lastE2, spotE2: tradedSpotE2(state, track.underlying), days },
      terms,
    ),
    ...trendCells(track),
    priceCell(minus(row.lastE2, nearerLastE2(market, track))),
    null,
    traded ? row.volumes.buy : null,
    traded ? row.volumes.sell : null,
    traded ? row.volumes.none + row.tape.missing : null,
    basisTime(state, track, row),
  ];
}

/** basis, basisPct, premium. */
function basisCells(state: EngineState, track: BasisTrack, { lastE2 }: Instrument): Cell[] {
  const spotE2 = tradedSpotE2(state, track.underlying);
  const basisE2 = minus(lastE2, spotE2);
  return [
    priceCell(basisE2),
    percentOf(basisE2, spotE2),
    basisE2 === null ? null : premiumOf(basisE2),
  ];
}

interface FairInputs {
  readonly lastE2: number | null;
  readonly spotE2: number | null;
  readonly days: number;
}

/** fair, fairLow, fairHigh, rich, richVnd, carryPct; null before the index has traded. */
function fairCells({ lastE2, spotE2, days }: FairInputs, terms: CarryTerms): Cell[] {
  if (spotE2 === null || days < 0) return [null, null, null, null, null, null];
  const { fairE2, lowE2, highE2 } = fairValue(spotE2, days, terms);
  const richE2 = minus(lastE2, fairE2);
  const carryPct = lastE2 === null ? null : impliedCarryPct(lastE2, spotE2, days);
  return [
    priceCell(fairE2),
    priceCell(lowE2),
    priceCell(highE2),
    priceCell(richE2),
    richE2 === null ? null : richE2 * (FUTURES_MULTIPLIER_VND / PRICE_SCALE),
    carryPct === null ? null : rounded(carryPct, 2),
  ];
}

/** slope, trend. */
function trendCells({ closes }: BasisTrack): Cell[] {
  const trend = basisTrend(closes);
  return trend === null ? [null, null] : [rounded(trend.slopeE2 / 100, 4), trend.trend];
}

/** The contract of an index with the largest volume; among equals the one that expires first. */
function activeContract(market: MarketState, underlying: string): string | null {
  let best: string | null = null;
  let [bestVolume, bestExpiry] = [-1, ""];
  for (const [symbol, { underlying: other, expiry }] of market.basis) {
    if (other !== underlying || expiry < market.tradingDate!) continue;
    const volume = market.instruments.get(symbol)?.totalVolume ?? 0;
    if (volume < bestVolume || (volume === bestVolume && expiry >= bestExpiry)) continue;
    best = symbol;
    [bestVolume, bestExpiry] = [volume, expiry];
  }
  return best;
}

/** Last price of the contract on the same index that expires next before this one. */
function nearerLastE2(market: MarketState, track: BasisTrack): number | null {
  let nearer: string | null = null;
  let nearerExpiry = "";
  for (const [symbol, { underlying, expiry }] of market.basis) {
    if (underlying !== track.underlying || expiry < market.tradingDate!) continue;
    if (expiry >= track.expiry || expiry <= nearerExpiry) continue;
    nearer = symbol;
    nearerExpiry = expiry;
  }
  return nearer === null ? null : market.instruments.get(nearer)?.lastE2 ?? null;
}

/** Exchange time of the newer of the two prices of a basis. */
function basisTime(state: EngineState, track: BasisTrack, row: Instrument): Cell {
  if (row.lastE2 === null || tradedSpotE2(state, track.underlying) === null) return null;
  const index = state.market.indices.get(track.underlying)!;
  return timeCell(Math.max(row.tradeMs, index.event.exchangeMs));
}

function minus(aE2: number | null, bE2: number | null): number | null {
  return aE2 === null || bE2 === null ? null : aE2 - bE2;
}
