/** Net value that nothing is measured against below it, VND: small sums double all the time. */
export const FOREIGN_PAST_MIN_VND = 1_000_000_000;
/** Change against the past that is reported above it, per cent. */
export const FOREIGN_CHANGE_PERCENT = 30;
/** Age of the past that the net value is measured against, minutes of exchange time. */
export const FOREIGN_MINUTES = 5;

/** How the net value moved: away from zero, towards it, or to the other side of it. */
export type ForeignMove = "acceleration" | "deceleration" | "reversal";

/**
 * Judges the day's foreign net value against what it was five minutes ago, both in VND; null when it
 * changed by 30 % or less. The past alone is the measure, so that a change of sign has one too.
 */
export function foreignAcceleration(nowNetVnd: number, pastNetVnd: number): ForeignMove | null {
  const past = Math.abs(pastNetVnd);
  if (past < FOREIGN_PAST_MIN_VND) return null;
  if (Math.abs(nowNetVnd - pastNetVnd) * 100 <= FOREIGN_CHANGE_PERCENT * past) return null;
  if (nowNetVnd !== 0 && (nowNetVnd > 0) !== (pastNetVnd > 0)) return "reversal";
  return Math.abs(nowNetVnd) > past ? "acceleration" : "deceleration";
}
