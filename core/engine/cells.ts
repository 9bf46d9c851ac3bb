import { formatVnTime, vnSecondOfDay } from "../market/time.ts";
import { priceFromE2 } from "../market/units.ts";

/** Price in VND or points. */
export function priceCell(priceE2: number | null): number | null {
  return priceE2 === null ? null : priceFromE2(priceE2);
}

/** Exchange time as `HH:mm:ss`; 0 is no time. */
export function timeCell(exchangeMs: number): string | null {
  return exchangeMs === 0 ? null : formatVnTime(vnSecondOfDay(exchangeMs));
}
