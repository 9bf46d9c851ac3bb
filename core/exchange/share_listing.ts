import { bandOf, lotSize, tickE2 } from "../market/instrument.ts";
import type { Exchange } from "../market/phase.ts";
import type { Listing } from "./listing.ts";
import { drawUnit, keyOf, STREAM } from "./rng.ts";
import type { SimInstrument } from "./types.ts";

/** Draws that shape a listing, by purpose. */
export const enum Trait {
  price,
  day,
  shares,
  beta,
  volatility,
  sector,
  room,
  roomUsed,
  prior,
}

/** A number in [0, 1) that a ticker keeps on every day and under every seed. */
export function fixedTrait(symbol: string, which: Trait): number {
  return drawUnit(keyOf(0, symbol), STREAM.listing, which);
}

/** Describes a stock; funds and warrants are stocks of another kind. */
export function stockOf(
  symbol: string,
  exchange: "HOSE" | "HNX" | "UPCOM",
  nameVi: string,
  nameEn: string,
  listedShares: number,
): SimInstrument {
  const lot = lotSize("stock");
  return {
    symbol,
    exchange,
    kind: "stock",
    nameVi,
    nameEn,
    listedShares,
    lotSize: lot,
    lastTradingDate: null,
  };
}

/** Reference price and previous close of a share on a day. */
export function pricesOn(
  day: number,
  { symbol, exchange, kind }: SimInstrument,
  baseVnd: number,
): { readonly referenceE2: number; readonly priorE2: number } {
  const ofDay = (which: Trait) => drawUnit(keyOf(day, symbol), STREAM.listing, which);
  const drifted = baseVnd * (0.97 + 0.06 * ofDay(Trait.day)) * 100;
  const tick = tickE2(exchange as Exchange, kind, drifted);
  const referenceE2 = Math.round(drifted / tick) * tick;
  // The reference of UPCOM is a weighted mean and need not be the close.
  const isOff = exchange === "UPCOM" && ofDay(Trait.prior) < 0.5;
  return { referenceE2, priorE2: isOff ? referenceE2 + tick : referenceE2 };
}

/** Foreign room of a share on the morning of a day. */
export function roomOn(day: number, symbol: string, totalRoom: number): number {
  const used = drawUnit(keyOf(day, symbol), STREAM.listing, Trait.roomUsed);
  return Math.floor(totalRoom * (0.08 + 0.85 * used) / 100) * 100;
}

/** A share with the price of the day and the traits that its ticker and the day give it. */
export function share(
  day: number,
  instrument: SimInstrument,
  baseVnd: number,
  sector: number,
  actionsPerSecond: number,
  orderVnd: number,
): Listing {
  const { symbol, kind, listedShares } = instrument;
  const exchange = instrument.exchange as Exchange;
  const fixed = (which: Trait) => fixedTrait(symbol, which);
  const { referenceE2, priorE2 } = pricesOn(day, instrument, baseVnd);
  const totalRoom = exchange === "UPCOM" && fixed(Trait.room) < 0.03
    ? 0
    : Math.floor(listedShares * [0.3, 0.49, 0.49, 1][Math.floor(fixed(Trait.room) * 4)]!);
  return {
    instrument,
    exchange,
    baseVnd,
    referenceE2,
    priorE2,
    band: bandOf(exchange, kind, referenceE2),
    sector,
    beta: 0.55 + 0.9 * fixed(Trait.beta),
    volatility: 0.007 + 0.012 * fixed(Trait.volatility),
    actionsPerSecond,
    orderVnd,
    totalRoom,
    currentRoom: roomOn(day, symbol, totalRoom),
    warrant: null,
  };
}
