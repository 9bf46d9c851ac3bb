import { priceToE2 } from "../core/market/units.ts";

/** Marks and unit words of one language; plain data, so that it crosses to the browser as it is. */
export interface NumberStyle {
  readonly group: string;
  readonly decimal: string;
  /** Word after a count of millions of shares. */
  readonly million: string;
  /** Word after a count of billions of VND. */
  readonly billion: string;
}

/** Writes an integer number of 10^-digits with grouping: (2655, 2) is `26,55` in Vietnamese. */
export function formatScaled(scaled: number, digits: number, style: NumberStyle): string {
  const text = String(Math.abs(scaled)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.group);
  const sign = scaled < 0 ? "-" : "";
  return sign + grouped + (digits === 0 ? "" : style.decimal + text.slice(-digits));
}

/** Writes a count of shares or contracts in full. */
export function formatCount(count: number, style: NumberStyle): string {
  return formatScaled(Math.round(count), 0, style);
}

/** How a price is shown: securities in thousands of VND or in VND, futures and indices in points. */
export type PriceUnit = "thousandVnd" | "vnd" | "futuresPoint" | "indexPoint";

/** What a reader chooses of these for securities. */
export const PRICE_SCALES = ["thousand", "vnd"] as const;
export type PriceScale = typeof PRICE_SCALES[number];

/** How prices of a security are written: futures in points, whatever the reader's scale. */
export function priceUnitOf(isFuture: boolean, scale: PriceScale): PriceUnit {
  return isFuture ? "futuresPoint" : scale === "vnd" ? "vnd" : "thousandVnd";
}

/** Writes a price given in VND or points; a VND price off the 10-dong grid gets a third digit. */
export function formatPrice(price: number, unit: PriceUnit, style: NumberStyle): string {
  const priceE2 = priceToE2(price);
  if (unit === "indexPoint") return formatScaled(priceE2, 2, style);
  if (unit === "futuresPoint") {
    return priceE2 % 10 === 0
      ? formatScaled(priceE2 / 10, 1, style)
      : formatScaled(priceE2, 2, style);
  }
  if (unit === "vnd") return formatScaled(Math.round(priceE2 / 100), 0, style);
  return priceE2 % 1000 === 0
    ? formatScaled(priceE2 / 1000, 2, style)
    : formatScaled(Math.round(priceE2 / 100), 3, style);
}

/** Puts a plus before a written number that is above zero. */
export function signed(text: string, n: number): string {
  return n > 0 ? `+${text}` : text;
}

/** Writes VND in billions with one decimal and the word for them: `1.203,4 tỷ`. */
export function formatBillions(valueVnd: number, style: NumberStyle): string {
  return `${formatScaled(Math.round(valueVnd / 1e8), 1, style)} ${style.billion}`;
}

/** Writes shares in millions with two decimals and the word for them: `45,31 tr`. */
export function formatMillions(shares: number, style: NumberStyle): string {
  return `${formatScaled(Math.round(shares / 1e4), 2, style)} ${style.million}`;
}

/** Writes per cent with one decimal: `55,2%`. */
export function formatPercent(percent: number, style: NumberStyle): string {
  return `${formatScaled(Math.round(percent * 10), 1, style)}%`;
}
