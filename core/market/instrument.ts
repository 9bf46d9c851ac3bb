import type { Exchange } from "./phase.ts";

/** Kinds of instrument that differ in tick or band. */
export type InstrumentKind = "stock" | "etf" | "warrant" | "future";

/** Price limits of a day, all in hundredths. */
export interface Band {
  readonly ceilingE2: number;
  readonly floorE2: number;
}

const BAND_PERCENT: Readonly<Record<Exchange, number>> = {
  HOSE: 7,
  HNX: 10,
  UPCOM: 15,
  DERIVATIVES: 7,
};

/** Shares or contracts in one round lot. */
export function lotSize(kind: InstrumentKind): number {
  return kind === "future" ? 1 : 100;
}

/** Order book levels the feed fills: 3 on HOSE, 10 elsewhere. */
export function bookDepth(exchange: Exchange): number {
  return exchange === "HOSE" ? 3 : 10;
}

/** The price step in hundredths that holds at a price in hundredths. */
export function tickE2(exchange: Exchange, kind: InstrumentKind, priceE2: number): number {
  if (kind === "future") return 10;
  if (exchange !== "HOSE") return kind === "etf" ? 100 : 10_000;
  if (kind !== "stock") return 1_000;
  if (priceE2 < 1_000_000) return 1_000;
  return priceE2 < 5_000_000 ? 5_000 : 10_000;
}

/** Ceiling and floor of a normal day; a band narrower than a tick becomes one tick each way. */
export function bandOf(exchange: Exchange, kind: InstrumentKind, referenceE2: number): Band {
  const percent = BAND_PERCENT[exchange];
  const rawCeiling = referenceE2 * (100 + percent) / 100;
  const rawFloor = referenceE2 * (100 - percent) / 100;
  const up = tickE2(exchange, kind, rawCeiling);
  const down = tickE2(exchange, kind, rawFloor);
  const ceilingE2 = Math.floor(rawCeiling / up) * up;
  const floorE2 = Math.ceil(rawFloor / down) * down;
  const tick = tickE2(exchange, kind, referenceE2);
  return {
    ceilingE2: ceilingE2 <= referenceE2 ? referenceE2 + tick : ceilingE2,
    floorE2: floorE2 >= referenceE2 ? Math.max(tick, referenceE2 - tick) : floorE2,
  };
}
