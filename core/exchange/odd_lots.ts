import { Book } from "./book.ts";

/**
 * Odd-lot trading of one security: orders of 1 to 99 shares in a book of their own. Volumes of the
 * book are shares. 1,600 securities × two sides × about 150 levels × 4 bytes = 2 MB.
 */
export class OddLots {
  readonly book: Book;
  lastE2 = 0;
  lastVolume = 0;
  openE2 = 0;
  highE2 = 0;
  lowE2 = 0;
  volume = 0;
  valueVnd = 0;
  /** Second of the day of the last message, −1 before the first. */
  second = -1;
  /** The security's round lots as that message counted them. */
  roundVolume = 0;
  roundValueVnd = 0;

  constructor(levelCount: number) {
    this.book = new Book(levelCount);
  }

  /** Counts a match; the price is in hundredths of a VND. */
  print(priceE2: number, shares: number): void {
    if (this.lastE2 === 0) this.openE2 = this.highE2 = this.lowE2 = priceE2;
    else if (priceE2 > this.highE2) this.highE2 = priceE2;
    else if (priceE2 < this.lowE2) this.lowE2 = priceE2;
    this.lastE2 = priceE2;
    this.lastVolume = shares;
    this.volume += shares;
    this.valueVnd += Math.round(priceE2 * shares / 100);
  }
}
