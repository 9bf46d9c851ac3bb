/**
 * Both sides of an order book as volumes per price level; level 0 is the floor price, the last one
 * the ceiling, so no price off the grid or outside the band can be written. Volumes are lots.
 */
export class Book {
  readonly bids: Int32Array;
  readonly asks: Int32Array;
  /** Highest level with a bid, −1 without one. */
  bestBid = -1;
  /** Lowest level with an ask, the number of levels without one. */
  bestAsk: number;

  constructor(levelCount: number) {
    this.bids = new Int32Array(levelCount);
    this.asks = new Int32Array(levelCount);
    this.bestAsk = levelCount;
  }

  /** Adds lots to a level of a side. */
  add(isBuy: boolean, level: number, lots: number): void {
    if (isBuy) {
      this.bids[level]! += lots;
      if (level > this.bestBid) this.bestBid = level;
    } else {
      this.asks[level]! += lots;
      if (level < this.bestAsk) this.bestAsk = level;
    }
  }

  /** Takes lots from a level of a side, which must hold them. */
  take(isBuy: boolean, level: number, lots: number): void {
    const side = isBuy ? this.bids : this.asks;
    side[level]! -= lots;
    if (side[level] !== 0) return;
    if (isBuy) {
      while (this.bestBid >= 0 && side[this.bestBid] === 0) this.bestBid--;
    } else {
      while (this.bestAsk < side.length && side[this.bestAsk] === 0) this.bestAsk++;
    }
  }

  /** Whether fewer than `depth` levels of the side are better than `level`. */
  isVisible(isBuy: boolean, level: number, depth: number): boolean {
    let better = 0;
    if (isBuy) {
      for (let at = this.bestBid; at > level && better < depth; at--) {
        if (this.bids[at] !== 0) better++;
      }
    } else {
      for (let at = this.bestAsk; at < level && better < depth; at++) {
        if (this.asks[at] !== 0) better++;
      }
    }
    return better < depth;
  }

  /**
   * Visits up to `depth` levels of a side, best first, leaving out its first `skipLots` lots:
   * during an auction those will match, and only what remains is displayed.
   */
  forEachLevel(
    isBuy: boolean,
    depth: number,
    skipLots: number,
    visit: (rank: number, level: number, lots: number) => void,
  ): void {
    const side = isBuy ? this.bids : this.asks;
    const move = isBuy ? -1 : 1;
    let skip = skipLots;
    let rank = 0;
    for (
      let at = isBuy ? this.bestBid : this.bestAsk;
      at >= 0 && at < side.length && rank < depth;
      at += move
    ) {
      const lots = side[at]!;
      if (lots > skip) visit(rank++, at, lots - skip);
      skip = Math.max(0, skip - lots);
    }
  }
}
