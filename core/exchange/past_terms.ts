import { isTradingDay } from "../market/calendar.ts";
import { listedVn30Futures, parseFuturesCode } from "../market/futures.ts";
import { type Band, bandOf } from "../market/instrument.ts";
import { addDays } from "../market/time.ts";
import { vn30PriorE2 } from "./indices.ts";
import type { Listing } from "./listing.ts";
import { keyOf } from "./rng.ts";
import { pricesOn, roomOn } from "./share_listing.ts";
import { daysBetween, futureReferenceE2, warrantBand } from "./universe.ts";

/** Trading days before the running one that have a history. */
export const PAST_DAYS = 20;

/** Prices that a security started a day with. */
export interface PastTerms {
  readonly referenceE2: number;
  readonly band: Band;
  /** Close of the day before: differs from the reference on UPCOM. */
  readonly priorE2: number;
  readonly room: number;
}

/** The PAST_DAYS trading days before a date. */
export function pastDates(today: string): Set<string> {
  const dates = new Set<string>();
  for (let date = addDays(today, -1); dates.size < PAST_DAYS; date = addDays(date, -1)) {
    if (isTradingDay(date)) dates.add(date);
  }
  return dates;
}

/** Whether a future is listed on a date. */
export function isListedOn(symbol: string, date: string): boolean {
  return listedVn30Futures(date).some(({ code }) => code === symbol);
}

/**
 * The terms of a security on any date, as the universe of that date has them; null for a future that
 * was not listed. `underlying` is that of a warrant.
 */
export function termsOn(
  seed: number,
  date: string,
  { listing, underlying }: { readonly listing: Listing; readonly underlying: Listing | null },
): PastTerms | null {
  const { instrument, exchange, baseVnd, totalRoom, warrant } = listing;
  const { kind, symbol } = instrument;
  if (kind === "future") return futureTermsOn(seed, date, symbol);
  const day = keyOf(seed, date);
  const prices = pricesOn(day, instrument, baseVnd);
  if (warrant !== null) {
    const under = pricesOn(day, underlying!.instrument, underlying!.baseVnd);
    const band = bandOf("HOSE", "stock", under.referenceE2);
    return {
      ...prices,
      band: warrantBand(prices.referenceE2, { ...under, band }, warrant.ratio),
      room: totalRoom,
    };
  }
  return {
    ...prices,
    band: bandOf(exchange, kind, prices.referenceE2),
    room: kind === "etf" ? totalRoom : roomOn(day, symbol, totalRoom),
  };
}

function futureTermsOn(seed: number, date: string, symbol: string): PastTerms | null {
  if (!isListedOn(symbol, date)) return null;
  const { lastTradingDate } = parseFuturesCode(symbol)!;
  const referenceE2 = futureReferenceE2(
    vn30PriorE2(seed, date),
    daysBetween(date, lastTradingDate),
  );
  const band = bandOf("DERIVATIVES", "future", referenceE2);
  return { referenceE2, band, priorE2: referenceE2, room: 0 };
}
