/** Levels of a book on each side: as many as the feed sends. */
export const BOOK_LEVELS = 10;

type Level = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
/** Price and volume of a bid (`b1p`, `b1v`) or an ask (`a1p`, `a1v`), best level first; and the time. */
export type BookField = `${"b" | "a"}${Level}${"p" | "v"}` | "time";

/**
 * Fields of the table `book`, in mask-bit order: ten bids, then ten asks, each price and volume; then
 * the exchange time of the book, "HH:mm:ss". A price of null with a volume is a market-order row, null
 * without one an empty level.
 */
export const BOOK_FIELDS: readonly BookField[] = [...sideFields("b"), ...sideFields("a"), "time"];

function sideFields(side: "b" | "a"): BookField[] {
  return Array.from({ length: BOOK_LEVELS }, (_, at) => at + 1)
    .flatMap((level) => [`${side}${level as Level}p`, `${side}${level as Level}v`] as const);
}
