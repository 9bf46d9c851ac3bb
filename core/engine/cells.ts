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

/** A part of a whole in per cent, two decimals. */
export function percentCell(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : decimals(part / whole * 100, 2);
}

/** A number with so many decimals at most, and no minus before a zero. */
export function decimals(value: number, count: number): number {
  const scale = 10 ** count;
  return Math.round(value * scale) / scale + 0;
}
