import type { Address } from "../../db/address.ts";
import type { Layout } from "../../db/identity.ts";
import { datesToPack, packDate } from "../../db/pack.ts";
import { Pool } from "../../db/pool.ts";
import { pruneStore, type Retention, retentionStatements } from "../../db/prune.ts";
import type { Logger } from "../log.ts";
import { vnDate } from "../market/time.ts";

/** The first upkeep waits until the start is over; one that failed has another turn. */
const FIRST_MS = 60_000;
const EVERY_MS = 60 * 60_000;
/** Of one date: a record day of trades takes about a minute to be packed. */
const STEP_DEADLINE_MS = 10 * 60_000;

export interface StoreUpkeepDeps {
  readonly address: Address;
  readonly retention: Retention;
  /** How the store keeps days apart; null while it is not ready. */
  readonly layout: () => Layout | null;
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** Once an hour removes what is past its retention and packs the trades of old days. */
export class StoreUpkeep {
  readonly #deps: StoreUpkeepDeps;
  #timer: ReturnType<typeof setTimeout> | null;
  #pool: Pool | null = null;
  #running: Promise<void> = Promise.resolve();
  #packed = 0;
  #failed = 0;

  constructor(deps: StoreUpkeepDeps) {
    this.#deps = deps;
    this.#timer = setTimeout(() => this.#begin(), FIRST_MS);
  }

  /** The figures of this part; names of counters end in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    return { store_packed_days_total: this.#packed, store_upkeep_failed_total: this.#failed };
  }

  /** Ends at once; a date that is being packed stays as it was. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#pool?.close();
    await this.#running;
  }

  #begin(): void {
    this.#running = this.run().finally(() => {
      if (this.#timer !== null) this.#timer = setTimeout(() => this.#begin(), EVERY_MS);
    });
  }

  /** Does everything that is due. */
  async run(): Promise<void> {
    const { address, log } = this.#deps;
    const layout = this.#deps.layout();
    if (layout === null) return;
    // A transaction of minutes keeps a connection to itself.
    const options = { address, min: 0, max: 1, name: "vnstock upkeep", log };
    const pool = this.#pool = new Pool({
      ...options,
      statementTimeoutMs: STEP_DEADLINE_MS,
    });
    try {
      if (layout === "hypertables") await this.#setPolicies(pool);
      else await this.#pruneAndPack(pool);
    } catch (error) {
      this.#failed++;
      log.warn("store_upkeep_failed", { error });
    } finally {
      this.#pool = null;
      await pool.close();
    }
  }

  /** TimescaleDB removes and compresses by itself. */
  async #setPolicies(pool: Pool): Promise<void> {
    for (const statement of retentionStatements(this.#deps.retention)) {
      await pool.run((sql) => sql.unsafe(statement));
    }
  }

  async #pruneAndPack(pool: Pool): Promise<void> {
    const { retention, nowMs, log } = this.#deps;
    const options = { retention, today: vnDate(nowMs()), isDryRun: false };
    const pruned = await pool.run((sql) => pruneStore(sql, options), STEP_DEADLINE_MS);
    for (const part of pruned) if (part.rows > 0) log.info("store_pruned", { ...part });
    for (const date of await pool.run(datesToPack, STEP_DEADLINE_MS)) {
      const { trades, bytes } = await pool.run((sql) => packDate(sql, date), STEP_DEADLINE_MS);
      this.#packed++;
      log.info("store_day_packed", { tradingDate: date, trades, bytes });
    }
  }
}
