import { draw, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";

/** One in this many actions of a security comes with a put-through deal. */
const ACTIONS_PER_DEAL = 8_000;
/** Smallest put-through on HOSE, in shares, and the span above it. */
const LEAST_VOLUME = 20_000;
const VOLUME_SPAN = 900_000;

/** The put-through deal that goes with an action, or null; it counts in indices, not in the book. */
export function makeDeal(s: Security, step: number): { volume: number; valueVnd: number } | null {
  const bits = draw(s.key, STREAM.deal, step);
  if (bits % ACTIONS_PER_DEAL !== 0) return null;
  const volume = LEAST_VOLUME + (bits >>> 12) % VOLUME_SPAN;
  return { volume, valueVnd: Math.round(s.currentE2 / 100) * volume };
}
