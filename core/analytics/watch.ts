import type { AlertType } from "../wire/alert.ts";
import type { PriceLimit } from "./price_breakout.ts";
import { createSpikeWindow, type SpikeWindow } from "./volume_spike.ts";

/** What the alert rules remember of one security; made by `createWatch`. */
export interface Watch {
  readonly spike: SpikeWindow;
  /** The limit that the last price stands at. */
  limit: PriceLimit | null;
  /** Newest basis that was not zero, in hundredths of a point; null before the first. */
  basisE2: number | null;
  basisMs: number;
  /** Rules that have thrown for this security and are asked no more; one entry a rule at most. */
  readonly disabled: AlertType[];
}

/** A security before its first trade; `limit` is where its price stood before. */
export function createWatch(limit: PriceLimit | null): Watch {
  return { spike: createSpikeWindow(), limit, basisE2: null, basisMs: 0, disabled: [] };
}
