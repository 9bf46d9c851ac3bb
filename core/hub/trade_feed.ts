import { type TradeEntry, TRADES_IN_SNAPSHOT, type TradeSlice } from "../wire/trade.ts";
import { TradeLogs } from "./trade_logs.ts";

/**
 * Entries of trades between two ticks, all securities together; a tick is 3 ms, or a stall of the
 * process. Further ones reach the hubs as a hole, which they tell their clients.
 */
export const TRADES_PER_TICK_MAX = 65_536;

interface Untold {
  readonly ticker: string;
  readonly from: number;
  readonly entries: TradeEntry[];
}

/** Trades on their way from the engine side to the hubs: the newest for snapshots, the new for ticks. */
export class TradeFeed {
  // 8,192 securities × 100 entries × 33 bytes are 27 MB.
  readonly #logs = new TradeLogs(TRADES_IN_SNAPSHOT);
  readonly #untold = new Map<string, Untold>();
  #untoldCount = 0;
  #hasNews = false;
  /** Entries that no tick tells, since start. */
  cut = 0;

  /** Forgets every entry; numbers begin with 0 again. */
  clear(): void {
    this.#logs.clear();
    this.#forgetUntold();
  }

  /** Takes an entry; one that is told already, by a snapshot to come, waits for no tick. */
  add(ticker: string, entry: TradeEntry, { isTold }: { readonly isTold: boolean }): void {
    const ring = this.#logs.open(ticker);
    if (ring === null) {
      this.cut++;
      return;
    }
    const from = ring.next();
    ring.add(entry);
    this.#hasNews = true;
    if (isTold) return;
    if (this.#untoldCount === TRADES_PER_TICK_MAX) {
      this.cut++;
      return;
    }
    this.#untoldCount++;
    const untold = this.#untold.get(ticker);
    if (untold === undefined) this.#untold.set(ticker, { ticker, from, entries: [entry] });
    else untold.entries.push(entry);
  }

  /** Makes the numbers of a security end at `count`, where entries came before this process did. */
  count(ticker: string, count: number): void {
    const ring = this.#logs.of(ticker);
    if (ring?.next() === count || (ring === null && count === 0)) return;
    this.#logs.open(ticker)?.renumber(count);
    this.#hasNews = true;
  }

  /** Whether anything changed since the last `take`, told by a snapshot to come or not. */
  get hasNews(): boolean {
    return this.#hasNews;
  }

  /** Entries since the last call, one slice a security. */
  take(): readonly TradeSlice[] {
    const slices = [...this.#untold.values()];
    this.#forgetUntold();
    return slices;
  }

  /** The newest entries of every security. */
  newest(): TradeSlice[] {
    return this.#logs.slices();
  }

  #forgetUntold(): void {
    this.#untold.clear();
    this.#untoldCount = 0;
    this.#hasNews = false;
  }
}
