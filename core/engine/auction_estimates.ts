/** Expected prices of the members in the auction that runs, or ran last. */
export interface AuctionEstimates {
  auction: "ato" | "atc" | null;
  /** As last written down, hundredths of a VND. */
  readonly estimates: Map<string, number>;
}

/** No auction yet. */
export function createAuctionEstimates(): AuctionEstimates {
  return { auction: null, estimates: new Map() };
}
