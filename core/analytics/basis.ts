/** What the analytics of one future's basis remember; made by `createBasisTrack`. */
export interface BasisTrack {
  readonly minutes: number[];
}

/** A basis before its first point. */
export function createBasisTrack(): BasisTrack {
  return { minutes: [] };
}
