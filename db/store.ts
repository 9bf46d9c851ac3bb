import type { JournalPlace, Store, StoreBatch, StoreTable } from "../core/port/store.ts";
import type { SOURCE_CODES } from "./codes.ts";
import type { Database } from "./client.ts";
import { flushBatch } from "./flush.ts";
import { enterMarket } from "./market.ts";
import { makePartitions } from "./partitions.ts";
import { type Pool, type PoolCounters, QUERY_DEADLINE_MS } from "./pool.ts";
import { readProgress, rewindProgress } from "./progress.ts";
import { type StoreOptions, type StoreStatus, StoreWatch } from "./store_watch.ts";

/** Where rows came from. */
type Source = keyof typeof SOURCE_CODES;

/** Opens the store of a provider at once; it becomes ready, or says why not, in its own time. */
export function openStore(options: StoreOptions): PostgresStore {
  return new PostgresStore(options);
}

/** The store in PostgreSQL. While it is not ready everything rejects at once and says why. */
export class PostgresStore implements Store {
  readonly #options: StoreOptions;
  readonly #watch: StoreWatch;
  /** Dates that were seen to have their partitions; some thousand when years are filled in. */
  readonly #dates = new Set<string>();
  readonly #refusedRows = new Map<StoreTable, number>();

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#watch = new StoreWatch(options);
  }

  get status(): StoreStatus {
    return this.#watch.status;
  }

  /** Figures of the connections; null when the address cannot be read. */
  get counters(): PoolCounters | null {
    return this.#watch.counters;
  }

  /** Rows that the database will never take, since the start, by what they are. */
  get refusedRows(): ReadonlyMap<StoreTable, number> {
    return this.#refusedRows;
  }

  isRefused(): boolean {
    return this.status.state === "refused";
  }

  /** Asks something, as `Pool.read` does. */
  async read<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    return await this.#watch.pool().read(work, deadlineMs);
  }

  /** Changes something, as `Pool.run` does. */
  async run<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    return await this.#watch.pool().run(work, deadlineMs);
  }

  async flush(batch: StoreBatch): Promise<void> {
    await this.#write(batch, "live");
  }

  /** Writes rows that REST told afterwards, as `flush` does. */
  async fillIn(batch: StoreBatch): Promise<void> {
    await this.#write(batch, "backfill");
  }

  async progress(): Promise<ReadonlyMap<string, JournalPlace>> {
    return await readProgress(this.#watch.pool());
  }

  async rewind(tradingDate: string, place: JournalPlace): Promise<void> {
    await rewindProgress(this.#watch.pool(), tradingDate, place);
  }

  async enterMarket(market: string): Promise<void> {
    const { provider, log } = this.#options;
    if (provider !== "sim") throw new TypeError("Cannot remove rows of a real market");
    if (await enterMarket(this.#watch.pool(), market)) log.info("store_market_entered", { market });
  }

  async close(): Promise<void> {
    await this.#watch.close();
  }

  async #write(batch: StoreBatch, source: Source): Promise<void> {
    const pool = this.#watch.pool();
    await this.#makeDay(pool, batch.tradingDate);
    const { log } = this.#options;
    const options = { source, deadlineMs: QUERY_DEADLINE_MS, log };
    const { refused } = await flushBatch(pool, batch, options);
    for (const [table, count] of refused) {
      this.#refusedRows.set(table, count + (this.#refusedRows.get(table) ?? 0));
    }
  }

  async #makeDay(pool: Pool, date: string): Promise<void> {
    if (this.#dates.has(date) || this.status.facts?.layout !== "partitions") return;
    await makePartitions(pool, [date]);
    this.#dates.add(date);
  }
}
