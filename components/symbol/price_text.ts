import { formatPrice, type NumberStyle, type PriceScale, priceUnitOf } from "../number_format.ts";

/** How the prices of a security are written. */
export interface PriceWriting {
  readonly style: NumberStyle;
  readonly scale: PriceScale;
  /** Futures are in points, whatever the scale. */
  readonly isFuture: boolean;
}

/** Writes a price in VND or points. */
export function priceText(price: number, { style, scale, isFuture }: PriceWriting): string {
  return formatPrice(price, priceUnitOf(isFuture, scale), style);
}

/** An average lies between ticks; a third digit of it would say nothing. */
export function averageText(price: number, writing: PriceWriting): string {
  const step = writing.isFuture ? 0.1 : 10;
  return priceText(Math.round(price / step) * step, writing);
}
