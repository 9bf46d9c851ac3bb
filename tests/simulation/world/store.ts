import type { TradeChange } from "../../../core/engine/change.ts";
import type { Faults } from "./faults.ts";

/** What a flush came to, as the one who flushed sees it: without a reply nobody can tell. */
export type Flushed = "committed" | "refused" | "no reply";

/** A database in small: rows by key, a repeat of a key changes nothing. */
export class Store {
  readonly #rows = new Map<string, TradeChange>();
  readonly #volumes = new Map<string, number>();
  readonly #faults: Faults;
  /** Rows that came again with another content: the key was no identity. */
  readonly contradictions: string[] = [];

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Takes all of a batch or nothing. */
  write(batch: readonly TradeChange[]): Flushed {
    if (this.#faults.strikes("refuse")) return "refused";
    for (const trade of batch) this.#put(trade);
    return this.#faults.strikes("loseReply") ? "no reply" : "committed";
  }

  /** Volume of a security in all rows. */
  volumeOf(symbol: string): number {
    return this.#volumes.get(symbol) ?? 0;
  }

  rows(): Iterable<TradeChange> {
    return this.#rows.values();
  }

  #put(trade: TradeChange): void {
    const key = `${trade.symbol} ${trade.tradingDate} ${trade.totalVolume}`;
    const held = this.#rows.get(key);
    if (held === undefined) {
      this.#rows.set(key, trade);
      this.#volumes.set(trade.symbol, this.volumeOf(trade.symbol) + trade.volume);
    } else if (!isSame(held, trade)) {
      this.contradictions.push(trade.symbol);
    }
  }
}

function isSame(a: TradeChange, b: TradeChange): boolean {
  return a.volume === b.volume && a.priceE2 === b.priceE2 && a.side === b.side &&
    a.method === b.method && a.phase === b.phase && a.exchangeMs === b.exchangeMs;
}
