/**
 * Numbers of the market. Inside the product every price is an integer in hundredths (`…E2`):
 * hundredths of a VND for securities, of a point for futures and indices. Volumes are integer
 * shares or contracts; values are integer VND (a whole market's day, about 5e13, is far below 2^53).
 */

/** Hundredths per VND or per index point. */
export const PRICE_SCALE = 100;

/** VND per index point of a VN30 or VN100 future. */
export const FUTURES_MULTIPLIER_VND = 100_000;

/** Turns a price in VND or points into integer hundredths; float noise is rounded away. */
export function priceToE2(price: number): number {
  return Math.round(price * PRICE_SCALE);
}

/** Turns integer hundredths back into VND or points for REST, WebSocket and pages. */
export function priceFromE2(priceE2: number): number {
  return priceE2 / PRICE_SCALE;
}

/** Value in VND of `volume` at `priceE2`; futures carry the contract multiplier. */
export function valueVnd(priceE2: number, volume: number, isFuture: boolean): number {
  return Math.round(priceE2 * volume * (isFuture ? FUTURES_MULTIPLIER_VND : 1) / PRICE_SCALE);
}
