/** A price limit of the day. */
export type PriceLimit = "ceiling" | "floor";

/** The limits of a security in hundredths; null where they are not known. */
export interface PriceLimits {
  readonly ceilingE2: number | null;
  readonly floorE2: number | null;
}

/** The limit that a price stands at, by exact equality; null for any other price. */
export function limitAt(
  priceE2: number | null,
  { ceilingE2, floorE2 }: PriceLimits,
): PriceLimit | null {
  // A band without width says nothing, and equal here also means that neither is known.
  if (priceE2 === null || ceilingE2 === floorE2) return null;
  if (priceE2 === ceilingE2) return "ceiling";
  return priceE2 === floorE2 ? "floor" : null;
}
