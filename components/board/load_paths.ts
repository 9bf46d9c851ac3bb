import type { LiveLink } from "../live/link.ts";
import { askRest } from "../live/rest.ts";
import type { PricePath } from "./price_path.ts";

/** Securities in one question; the server takes no more. */
const SYMBOLS_MAX = 100;

/** What this reads of `/api/market/sparklines`. */
interface Answer {
  readonly timestamps: readonly string[];
  readonly prices: Readonly<Record<string, readonly (number | null)[]>>;
}

/**
 * Prices of the day of some securities up to a minute, null for now, by REST; of the first SYMBOLS_MAX where there are more.
 * None where there is no answer: the page's status says that the server is away, and the next
 * question comes when the reader moves on.
 */
export async function loadPaths(
  link: LiveLink,
  { symbols, at }: { readonly symbols: readonly string[]; readonly at: string | null },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PricePath>> {
  const wanted = symbols.slice(0, SYMBOLS_MAX);
  try {
    const until = at === null ? "" : `&at=${at}`;
    const path = `/api/market/sparklines?symbols=${wanted}${until}`;
    const body = await askRest<Answer>(link, path, signal);
    return new Map(body === null ? [] : wanted.map((symbol) => [symbol, pathIn(body, symbol)]));
  } catch (error) {
    // The board has gone, and its question with it.
    if (signal.aborted) return new Map();
    throw error;
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
