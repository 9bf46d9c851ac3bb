import type { TradeSlice } from "../wire/trade.ts";
import { ROWS_MAX } from "./limits.ts";
import { TradeRing } from "./trade_ring.ts";

/**
 * The newest trades of every security on one trading day. Worst total on a hub: 8,192 securities ×
 * 1,000 entries × 33 bytes are 270 MB; a real day fills about 400 of the rings, 20 MB with the rest.
 */
export class TradeLogs {
  readonly #rings = new Map<string, TradeRing>();
  readonly #keptMax: number;

  /** Of each security `keptMax` entries at most are kept. */
  constructor(keptMax: number) {
    this.#keptMax = keptMax;
  }

  /** Forgets every entry; numbers begin with 0 again. */
  clear(): void {
    this.#rings.clear();
  }

  /** Trades of a security; null before its first. */
  of(ticker: string): TradeRing | null {
    return this.#rings.get(ticker) ?? null;
  }

  /** As `of`, made when it is not there; null when ROWS_MAX others are. */
  open(ticker: string): TradeRing | null {
    let ring = this.#rings.get(ticker);
    if (ring !== undefined) return ring;
    if (this.#rings.size >= ROWS_MAX) return null;
    this.#rings.set(ticker, ring = new TradeRing(this.#keptMax));
    return ring;
  }

  /**
   * Takes entries; what is here already is skipped, and after a hole the ring holds what follows it.
   * False when there is no room for another security.
   */
  append({ ticker, from, entries }: TradeSlice): boolean {
    const ring = this.open(ticker);
    if (ring === null) return false;
    if (from > ring.next()) ring.restart(from);
    for (let at = ring.next() - from; at < entries.length; at++) ring.add(entries[at]!);
    return true;
  }

  /** Everything that is kept, one slice a security. */
  slices(): TradeSlice[] {
    return [...this.#rings].map(([ticker, ring]) => ({ ticker, ...ring.from(0) }));
  }
}
