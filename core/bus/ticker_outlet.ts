import { connectingStatus, Replica } from "../hub/replica.ts";
import type { BusMessage } from "../port/bus.ts";
import { forEachBit } from "../wire/mask.ts";
import { stockPayload } from "../wire/stock_payload.ts";

/** A ticker is told about at most once in this time, with its newest state. */
const TELL_MS = 100;

export interface TickerOutletDeps {
  readonly mayTell: () => boolean;
  readonly tell: (ticker: string, text: string) => void;
  /** Resolves once the broker has everything that was told; rejects when it was lost. */
  readonly flush: () => Promise<void>;
}

/**
 * Tells programs of others about each ticker that changed, in the words of `/ws/stocks/{ticker}`:
 * `{ type, ticker, timestamp, data, … }`. Whoever misses one has the next.
 */
export class TickerOutlet {
  readonly #deps: TickerOutletDeps;
  readonly #replica = new Replica(connectingStatus("sim", 0));
  /** Tickers by row of the table `stock`. */
  #tickers: string[] = [];
  readonly #changed = new Set<string>();
  readonly #timer: ReturnType<typeof setInterval>;
  /** One batch at a time: while a broker hangs, what changes is conflated here. */
  #isUnderWay = false;
  #told = 0;
  #skipped = 0;
  #lostBatches = 0;

  constructor(deps: TickerOutletDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#tellAll(), TELL_MS);
  }

  take(message: BusMessage): void {
    this.#replica.apply(message);
    if (message.k === "snapshot") {
      this.#tickers = [...message.tables.find(({ name }) => name === "stock")?.symbols ?? []];
      this.#changed.clear();
    }
    if (message.k !== "delta") return;
    for (const { name, added, d } of message.tables) {
      if (name !== "stock") continue;
      if (added !== undefined) this.#tickers.push(...added.symbols);
      for (const row of rowsOf(d)) this.#changed.add(this.#tickers[row]!);
    }
  }

  metrics(): Readonly<Record<string, number>> {
    return {
      bus_tickers_told_total: this.#told,
      bus_tickers_skipped_total: this.#skipped,
      bus_ticker_batches_lost_total: this.#lostBatches,
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tellAll(): void {
    if (this.#isUnderWay || this.#changed.size === 0) return;
    if (this.#deps.mayTell()) void this.#tellBatch();
    else this.#skipped += this.#changed.size;
    this.#changed.clear();
  }

  async #tellBatch(): Promise<void> {
    this.#isUnderWay = true;
    const view = this.#replica.view();
    for (const ticker of this.#changed) {
      this.#deps.tell(ticker, JSON.stringify(stockPayload(view, ticker)));
      this.#told++;
    }
    try {
      await this.#deps.flush();
    } catch {
      // The connection says itself why; whoever missed a price has the next.
      this.#lostBatches++;
    } finally {
      this.#isUnderWay = false;
    }
  }
}

/** Row numbers of flat rows: number, mask, then a value for each bit. */
function* rowsOf(d: readonly unknown[]): Generator<number> {
  for (let at = 0; at < d.length;) {
    yield d[at] as number;
    let values = 0;
    forEachBit(d[at + 1] as number, () => values++);
    at += 2 + values;
  }
}
