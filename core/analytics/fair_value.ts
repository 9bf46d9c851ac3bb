/** What the fair value of a future is computed with; settings of the operator, all in per cent. */
export interface CarryTerms {
  /** Interest rate per year. */
  readonly ratePct: number;
  /** Dividend yield per year. */
  readonly dividendPct: number;
  /** Cost of one round trip, as a share of the index: half the width of the band. */
  readonly costPct: number;
}

/** What a future is worth, and the band in which costs eat up any difference; hundredths. */
export interface FairValue {
  readonly fairE2: number;
  readonly lowE2: number;
  readonly highE2: number;
}

const DAYS_PER_YEAR = 365;

/** Fair value of a future that expires in `days` calendar days (0 on its last day). */
export function fairValue(spotE2: number, days: number, terms: CarryTerms): FairValue {
  const carry = (terms.ratePct - terms.dividendPct) / 100 * days / DAYS_PER_YEAR;
  const fairE2 = Math.round(spotE2 * (1 + carry));
  const costE2 = Math.round(spotE2 * terms.costPct / 100);
  return { fairE2, lowE2: fairE2 - costE2, highE2: fairE2 + costE2 };
}

/** Carry that a price implies, per cent per year; null on the last day, which has no year left. */
export function impliedCarryPct(priceE2: number, spotE2: number, days: number): number | null {
  if (days <= 0 || spotE2 <= 0) return null;
  return (priceE2 - spotE2) / spotE2 * DAYS_PER_YEAR / days * 100;
}
