import { fold } from "../shell/find.ts";

/** Longest text that is compared; no ticker is longer. */
const LETTERS_MAX = 20;
/** Changes of a letter that still make a near match. */
const DISTANCE_MAX = 2;

/** A text as tickers are written: capital letters and digits, without the marks of Vietnamese. */
export function foldedTicker(text: string): string {
  return fold(text).toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, LETTERS_MAX);
}

/**
 * The symbols that somebody who wrote `text` may have meant, nearest first, `most` at most: the same
 * letters without marks, those that begin with it, then those a letter or two away.
 */
export function nearMatches(text: string, symbols: readonly string[], most: number): string[] {
  const wanted = foldedTicker(text);
  if (wanted === "") return [];
  return symbols.map((symbol) => ({ symbol, rank: rankOf(wanted, symbol) }))
    .filter(({ rank }) => rank <= DISTANCE_MAX)
    .sort((a, b) => a.rank - b.rank || (a.symbol < b.symbol ? -1 : 1))
    .slice(0, most)
    .map(({ symbol }) => symbol);
}

function rankOf(wanted: string, symbol: string): number {
  if (symbol === wanted) return 0;
  if (symbol.startsWith(wanted)) return 0.5;
  const distance = editDistance(wanted, symbol);
  // Two changes of three letters are another word.
  return distance === DISTANCE_MAX && wanted.length <= 3 ? Infinity : distance;
}

/** Letters to change, leave out, put in or swap with the next to get from one text to the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, above[j]! + 1, row[j - 1]! + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [before, above] = [above, row];
  }
  return above[b.length]!;
}
