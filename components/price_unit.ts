import type { PriceScale } from "./look.ts";
import type { PriceUnit } from "./number_format.ts";

/** How prices of a security are written: futures in points, whatever the reader's scale. */
export function priceUnitOf(isFuture: boolean, scale: PriceScale): PriceUnit {
  return isFuture ? "futuresPoint" : scale === "vnd" ? "vnd" : "thousandVnd";
}
