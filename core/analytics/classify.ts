import type { FeedSide, QuoteEvent } from "../market/event.ts";
import type { Method, Reason } from "../wire/trade_label.ts";

/** Which side was active; `none` when nobody was or nobody can tell. */
export type TradeSide = "buy" | "sell" | "none";

/** The method tried first: the exchange's own flag or the quote rule. */
export type Classifier = "feed" | "quote";

/** Best limit prices of a book, market-order rows passed over. */
export interface TopOfBook {
  readonly exchangeMs: number;
  readonly bidE2: number | null;
  readonly askE2: number | null;
}

/** What is known about a trade when its side is judged. */
export interface Evidence {
  readonly priceE2: number;
  readonly exchangeMs: number;
  readonly feedSide: FeedSide | null;
  /** The two newest books of the symbol before this trade's message, newest first. */
  readonly book: TopOfBook | null;
  readonly previousBook: TopOfBook | null;
  /** Last direction of the price: what the tick rule says when the price has not moved. */
  readonly tickSide: FeedSide | null;
}

/** The verdict on a trade, with what the quote rule said whether or not it was asked. */
export interface Verdict {
  readonly side: TradeSide;
  readonly method: Method;
  readonly reason: Reason;
  readonly quoteSide: FeedSide | null;
}

/** Judges a trade in continuous matching by the first method that answers. */
export function classify(evidence: Evidence, first: Classifier): Verdict {
  const { feedSide, tickSide } = evidence;
  const quoteSide = quoteRule(evidence);
  if (feedSide !== null && (first === "feed" || quoteSide === null)) {
    return { side: feedSide, method: "feed", reason: "flag", quoteSide };
  }
  if (quoteSide !== null) {
    const reason = quoteSide === "buy" ? "above-ask" : "below-bid";
    return { side: quoteSide, method: "quote", reason, quoteSide };
  }
  if (tickSide !== null) {
    const reason = tickSide === "buy" ? "tick-up" : "tick-down";
    return { side: tickSide, method: "tick", reason, quoteSide };
  }
  const reason = hasBookBefore(evidence) ? "inside-spread" : "no-book";
  return { side: "none", method: "none", reason, quoteSide };
}

/** The best limit prices of a book; null for a crossed one, as call auctions show. */
export function topOfBook(quote: QuoteEvent): TopOfBook | null {
  const bidE2 = bestE2(quote.bids);
  const askE2 = bestE2(quote.asks);
  if (bidE2 !== null && askE2 !== null && bidE2 >= askE2) return null;
  return { exchangeMs: quote.exchangeMs, bidE2, askE2 };
}

/** The tick rule: a price above the last is a buy, below a sell; the same repeats the last. */
export function tickRule(
  previousE2: number | null,
  priceE2: number,
  lastSide: FeedSide | null,
): FeedSide | null {
  if (previousE2 === null || priceE2 === previousE2) return lastSide;
  return priceE2 > previousE2 ? "buy" : "sell";
}

/**
 * The quote rule on the book before the trade. Books and trades come as separate messages with one
 * second of resolution, and the book that a trade leaves behind may come before the trade. So a
 * book later than the trade is not used, and a price strictly inside the newest book is judged by
 * the one before it.
 */
function quoteRule(evidence: Evidence): FeedSide | null {
  const { book, previousBook, priceE2, exchangeMs } = evidence;
  return sideOf(priceE2, exchangeMs, book) ?? sideOf(priceE2, exchangeMs, previousBook);
}

function hasBookBefore({ book, previousBook, exchangeMs }: Evidence): boolean {
  return isBookBefore(book, exchangeMs) || isBookBefore(previousBook, exchangeMs);
}

function isBookBefore(book: TopOfBook | null, exchangeMs: number): boolean {
  return book !== null && book.exchangeMs <= exchangeMs &&
    (book.bidE2 !== null || book.askE2 !== null);
}

function sideOf(priceE2: number, exchangeMs: number, book: TopOfBook | null): FeedSide | null {
  if (book === null || book.exchangeMs > exchangeMs) return null;
  if (book.askE2 !== null && priceE2 >= book.askE2) return "buy";
  return book.bidE2 !== null && priceE2 <= book.bidE2 ? "sell" : null;
}

function bestE2(levels: QuoteEvent["bids"]): number | null {
  for (const { priceE2 } of levels) if (priceE2 !== null) return priceE2;
  return null;
}
