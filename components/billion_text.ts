import { formatScaled, type NumberStyle } from "./number_format.ts";

/** Writes a value in billions of VND with two decimals. */
export function billionText(valueVnd: number, style: NumberStyle): string {
  return formatScaled(Math.round(valueVnd / 1e7), 2, style);
}
