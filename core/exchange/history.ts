import { nextTradingDay } from "../market/calendar.ts";
import { tickE2 } from "../market/instrument.ts";
import { valueVnd } from "../market/units.ts";
import { LEAST_VOLUME } from "./deals.ts";
import { vn30PriorE2 } from "./indices.ts";
import type { IndexTerms } from "./index_value.ts";
import type { Listing } from "./listing.ts";
import { barsOf } from "./past_bars.ts";
import { type PastTerms, termsOn } from "./past_terms.ts";
import { draw, drawUnit, gaussOf, keyOf, STREAM } from "./rng.ts";
import type { Breadth, DayFigures, MinuteBar } from "./types.ts";

/** Seconds of trading of a day, the share of actions that trade, and the orders in one of those. */
const TRADING_SECONDS = 16_200;
const TRADING_SHARE = 0.34;
const MEAN_ORDERS = 1.3;
/** Steps of a key that stand for figures of the day; those of its bars lie above. */
const enum Draw {
  volume = -1,
  gap = -2,
  deal = -3,
  foreignBuy = -4,
  foreignSell = -5,
  odd = -6,
}
/** Deviation of an index over a day, as a ratio. */
const INDEX_DEVIATION = 0.006;

/** A security as the history needs it; `underlying` is that of a warrant. */
export interface PastSecurity {
  readonly listing: Listing;
  readonly underlying: Listing | null;
}

/**
 * A security's figures of a past day, null when it was not listed. Nothing is simulated: the path is
 * a seeded bridge from the reference of the day to that of the day after, which is its close.
 */
export function pastFigures(seed: number, date: string, past: PastSecurity): DayFigures | null {
  const terms = termsOn(seed, date, past);
  if (terms === null) return null;
  const { listing } = past;
  const key = keyOf(keyOf(seed, date), listing.instrument.symbol);
  const bars = securityBars(key, past, terms, closeE2(seed, date, past, terms));
  const total = fold(bars, listing.instrument.kind === "future");
  const average = total.valueVnd / total.volume;
  const deal = dealOf(key, listing);
  const share = (which: Draw) => 0.2 * drawUnit(key, STREAM.history, which) ** 2;
  const hasForeign = listing.exchange !== "DERIVATIVES";
  const bought = hasForeign ? Math.floor(total.volume * share(Draw.foreignBuy)) : 0;
  const sold = hasForeign ? Math.floor(total.volume * share(Draw.foreignSell)) : 0;
  const odd = hasForeign
    ? Math.floor(total.volume / 600 * drawUnit(key, STREAM.history, Draw.odd))
    : 0;
  const next = termsOn(seed, nextTradingDay(date), past);
  return {
    date,
    ...total,
    dealVolume: deal,
    dealValueVnd: Math.round(deal * total.closeE2 / 100),
    referenceE2: terms.referenceE2,
    security: {
      ...terms.band,
      oddVolume: odd,
      oddValueVnd: Math.round(odd * average),
      foreignBuyVolume: bought,
      foreignSellVolume: sold,
      foreignBuyValueVnd: Math.round(bought * average),
      foreignSellValueVnd: Math.round(sold * average),
      foreignRoom: (next ?? terms).room,
    },
    breadth: null,
    session: "C",
    bars: () => bars,
  };
}

/** An index's figures of a past day: its value is a bridge, its breadth and totals its members'. */
export function pastIndexFigures(
  seed: number,
  date: string,
  index: { readonly terms: IndexTerms; readonly members: readonly PastSecurity[] },
): DayFigures {
  const { scale, id, exchange } = index.terms;
  const prior = (day: string) => Math.round(vn30PriorE2(seed, day) * scale);
  const key = keyOf(keyOf(seed, date), id);
  const sums = { volume: 0, valueVnd: 0, dealVolume: 0, dealValueVnd: 0 };
  const breadth = { advances: 0, noChanges: 0, declines: 0, ceilings: 0, floors: 0 };
  for (const past of index.members) addMember(seed, date, past, { sums, breadth });
  const openE2 = Math.round(
    prior(date) * (1 + 0.002 * gaussOf(draw(key, STREAM.history, Draw.gap))),
  );
  const bars = barsOf({
    key,
    exchange,
    openE2,
    closeE2: prior(nextTradingDay(date)),
    deviationE2: prior(date) * INDEX_DEVIATION,
    lots: Math.max(1, sums.volume),
    lotSize: 1,
    busy: 1,
    snap: Math.round,
  });
  const { openE2: open, highE2, lowE2, closeE2 } = fold(bars, false);
  return {
    date,
    openE2: open,
    highE2,
    lowE2,
    closeE2,
    ...sums,
    referenceE2: prior(date),
    security: null,
    breadth,
    session: "C",
    bars: () => bars,
  };
}

/** Adds what a member did, at the mean of its reference and close: cheaper than its bars. */
function addMember(
  seed: number,
  date: string,
  past: PastSecurity,
  { sums, breadth }: {
    readonly sums: { volume: number; valueVnd: number; dealVolume: number; dealValueVnd: number };
    readonly breadth: { -readonly [K in keyof Breadth]: number };
  },
): void {
  const { listing } = past;
  const terms = termsOn(seed, date, past)!;
  const close = closeE2(seed, date, past, terms);
  const key = keyOf(keyOf(seed, date), listing.instrument.symbol);
  const volume = lotsOf(key, listing, terms.referenceE2) * listing.instrument.lotSize;
  const deal = dealOf(key, listing);
  sums.volume += volume;
  sums.valueVnd += Math.round(volume * (terms.referenceE2 + close) / 200);
  sums.dealVolume += deal;
  sums.dealValueVnd += Math.round(deal * close / 100);
  if (close > terms.referenceE2) breadth.advances++;
  else if (close < terms.referenceE2) breadth.declines++;
  else breadth.noChanges++;
  if (close === terms.band.ceilingE2) breadth.ceilings++;
  if (close === terms.band.floorE2) breadth.floors++;
}

/** The close that the terms of the next day stand on; a future's last one is its index's. */
function closeE2(seed: number, date: string, past: PastSecurity, today: PastTerms): number {
  const after = nextTradingDay(date);
  const next = termsOn(seed, after, past);
  if (next === null) return Math.round(vn30PriorE2(seed, after) / 10) * 10;
  const { ceilingE2, floorE2 } = today.band;
  const isInside = next.priorE2 <= ceilingE2 && next.priorE2 >= floorE2;
  return isInside ? next.priorE2 : next.referenceE2;
}

function securityBars(
  key: number,
  { listing }: PastSecurity,
  { band, referenceE2 }: PastTerms,
  closeE2: number,
): MinuteBar[] {
  const { exchange, instrument, volatility, actionsPerSecond } = listing;
  const snap = (priceE2: number) => {
    const within = Math.min(band.ceilingE2, Math.max(band.floorE2, priceE2));
    const tick = tickE2(exchange, instrument.kind, within);
    return Math.min(band.ceilingE2, Math.max(band.floorE2, Math.round(within / tick) * tick));
  };
  const gap = gaussOf(draw(key, STREAM.history, Draw.gap)) * volatility * 0.35;
  return barsOf({
    key,
    exchange,
    openE2: snap(referenceE2 * (1 + gap)),
    closeE2,
    deviationE2: referenceE2 * volatility,
    lots: lotsOf(key, listing, referenceE2),
    lotSize: instrument.lotSize,
    busy: Math.min(1, actionsPerSecond * 60 * TRADING_SHARE),
    snap,
  });
}

function lotsOf(key: number, listing: Listing, referenceE2: number): number {
  const { instrument, orderVnd, actionsPerSecond } = listing;
  const lotVnd = referenceE2 / 100 * (instrument.kind === "future" ? 100_000 : instrument.lotSize);
  const orders = actionsPerSecond * TRADING_SECONDS * TRADING_SHARE * MEAN_ORDERS;
  const mood = 0.6 + 0.9 * drawUnit(key, STREAM.history, Draw.volume);
  return Math.max(1, Math.round(orders * Math.max(1.2, orderVnd / lotVnd) * mood));
}

/** Put-through shares of the day: on one day in four of the busy names of the two boards with deals. */
function dealOf(key: number, { exchange, actionsPerSecond }: Listing): number {
  const bits = draw(key, STREAM.history, Draw.deal);
  const least = LEAST_VOLUME[exchange] ?? 0;
  if (least === 0 || actionsPerSecond < 0.1 || (bits & 3) !== 0) return 0;
  return least + ((bits >>> 2) & 0xff) * least / 10;
}

function fold(bars: readonly MinuteBar[], isFuture: boolean) {
  let [highE2, lowE2, volume, total] = [0, Infinity, 0, 0];
  for (const bar of bars) {
    highE2 = Math.max(highE2, bar.highE2);
    lowE2 = Math.min(lowE2, bar.lowE2);
    volume += bar.volume;
    const meanE2 = Math.round((bar.openE2 + bar.highE2 + bar.lowE2 + bar.closeE2) / 4);
    total += valueVnd(meanE2, bar.volume, isFuture);
  }
  const closeE2 = bars.at(-1)!.closeE2;
  return { openE2: bars[0]!.openE2, highE2, lowE2, closeE2, volume, valueVnd: total };
}
