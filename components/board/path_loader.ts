import type { PricePath } from "./price_path.ts";

/** Ms without scrolling after which prices of the day are asked for. */
const QUIET_MS = 150;
/** Securities in one question; the server takes no more. */
const SYMBOLS_MAX = 100;

/** What this reads of `/api/market/sparklines`. */
interface Answer {
  readonly timestamps: readonly string[];
  readonly prices: Readonly<Record<string, readonly (number | null)[]>>;
}

interface LoaderOptions {
  /** Securities in sight without prices of the day. */
  missing(): readonly string[];
  take(paths: ReadonlyMap<string, PricePath>): void;
}

/** Brings the prices of the day of lines that the HTML did not have, once the reader rests on them. */
export class PathLoader {
  readonly #options: LoaderOptions;
  readonly #end = new AbortController();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isAsking = false;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  /** Asks soon for what is missing then. */
  ask(): void {
    if (this.#end.signal.aborted) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), QUIET_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#end.abort();
  }

  async #load(): Promise<void> {
    const symbols = this.#options.missing().slice(0, SYMBOLS_MAX);
    if (symbols.length === 0 || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const { signal } = this.#end;
      const answer = await fetch(`/api/market/sparklines?symbols=${symbols}`, { signal });
      // Without an answer these lines have no drawing until the reader moves on and comes back.
      if (!answer.ok) return;
      const body: Answer = await answer.json();
      this.#options.take(new Map(symbols.map((symbol) => [symbol, pathIn(body, symbol)])));
    } catch (error) {
      // The network is away, which the page's status says, or the page is left.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    } finally {
      this.#isAsking = false;
    }
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
