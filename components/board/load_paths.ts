import type { PricePath } from "./price_path.ts";

/** Securities in one question; the server takes no more. */
const SYMBOLS_MAX = 100;

/** What this reads of `/api/market/sparklines`. */
interface Answer {
  readonly timestamps: readonly string[];
  readonly prices: Readonly<Record<string, readonly (number | null)[]>>;
}

/**
 * Prices of the day of some securities, by REST; of the first SYMBOLS_MAX where there are more.
 * None where there is no answer: the page's status says that the server is away, and the next
 * question comes when the reader moves on.
 */
export async function loadPaths(
  symbols: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PricePath>> {
  const wanted = symbols.slice(0, SYMBOLS_MAX);
  try {
    const answer = await fetch(`/api/market/sparklines?symbols=${wanted}`, { signal });
    if (!answer.ok) return new Map();
    const body: Answer = await answer.json();
    return new Map(wanted.map((symbol) => [symbol, pathIn(body, symbol)]));
  } catch (error) {
    const isAway = error instanceof TypeError || error instanceof DOMException;
    if (!isAway) throw error;
    return new Map();
  }
}

function pathIn({ timestamps, prices }: Answer, symbol: string): PricePath {
  const path: number[] = [];
  for (const [at, price] of (prices[symbol] ?? []).entries()) {
    if (price === null || price === path.at(-1)) continue;
    const [hour, minute] = timestamps[at]!.slice(11, 16).split(":").map(Number);
    path.push(hour! * 60 + minute!, price);
  }
  return path;
}
