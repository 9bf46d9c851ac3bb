import { vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import { extendPath, isAhead, type PricePath } from "./price_path.ts";

/** Ms between two whole tables of which the later one leaves a hole in the prices of the day. */
const HOLE_MS = 5 * 60_000;

/** Prices of the day of what a page shows, each led on to the time that is shown. */
export class DayPaths {
  /** By symbol; at most one for each security or index of the market. */
  readonly #paths: Map<string, PricePath>;
  /** Exchange time of the newest frame, Unix ms. */
  #asOfMs: number | null = null;

  constructor(paths: Readonly<Record<string, PricePath>>) {
    this.#paths = new Map(Object.entries(paths));
  }

  /** A whole table came: what is known of another day, or not up to its minute, is forgotten. */
  leap(toMs: number | null): void {
    const fromMs = this.#asOfMs;
    this.#asOfMs = toMs;
    if (fromMs === null || toMs === null) return;
    if (vnDate(fromMs) !== vnDate(toMs)) return this.#paths.clear();
    if (toMs - fromMs <= HOLE_MS) return;
    const minute = minuteOf(toMs);
    for (const [symbol, path] of this.#paths) {
      if (!isAhead(path, minute - 1)) this.#paths.delete(symbol);
    }
  }

  /** Changes came. */
  step(toMs: number | null): void {
    this.#asOfMs = toMs ?? this.#asOfMs;
  }

  lacks(symbol: string): boolean {
    return !this.#paths.has(symbol);
  }

  add(symbol: string, path: PricePath): void {
    this.#paths.set(symbol, path);
  }

  /** Leads the path of a row to its price now; one whose beginning is unknown is not drawn. */
  lead(row: { readonly symbol: string; path?: PricePath }, price: number | null): void {
    const path = this.#paths.get(row.symbol);
    if (path === undefined || price === null || this.#asOfMs === null) return;
    const minute = minuteOf(this.#asOfMs);
    row.path = extendPath(path, minute, price);
    // An earlier minute of the day takes nothing away from what is known.
    if (!isAhead(path, minute)) this.#paths.set(row.symbol, row.path);
  }
}

function minuteOf(instantMs: number): number {
  return Math.floor(vnSecondOfDay(instantMs) / 60);
}
