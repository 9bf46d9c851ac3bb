/** Expected prices of an index's members in the auction that runs, or ran last. */
export interface AuctionEstimates {
  auction: "ato" | "atc" | null;
  /** By symbol, as last written down, hundredths of a VND. */
  readonly pricesE2: Map<string, number>;
}

/** No auction yet. */
export function createEstimates(): AuctionEstimates {
  return { auction: null, pricesE2: new Map() };
}
