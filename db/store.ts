import type { Logger } from "../core/log.ts";
import { vnDate } from "../core/market/time.ts";
import type { Clock } from "../core/port/clock.ts";
import type { StoreBatch, StoreTable } from "../core/port/store.ts";
import type { Address } from "./address.ts";
import type { SOURCE_CODES } from "./codes.ts";
import type { Database } from "./connections.ts";
import { DatabaseError, type DatabaseErrorKind } from "./database_error.ts";
import { flushBatch, type FlushResult } from "./flush.ts";
import type { Provider } from "./identity.ts";
import { makePartitions } from "./partitions.ts";
import { Pool, type PoolCounters, QUERY_DEADLINE_MS } from "./pool.ts";
import { setUpStore, type StoreFacts } from "./set_up.ts";
import { WIPE } from "./wipe.ts";

/** Ready to serve; not asked yet; cannot be reached for now; there, but not to be used as it is. */
export type StoreState = "starting" | "ready" | "unreachable" | "refused";

export interface StoreOptions {
  readonly address: Address;
  /** Whose server it is: our own one or one that DATABASE_URL names. */
  readonly backend: "embedded" | "external";
  /** Whose data the store holds; one that holds other data is refused. */
  readonly provider: Provider;
  readonly poolMin: number;
  readonly poolMax: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Hears of every change of the state. */
  readonly onState: (status: StoreStatus) => void;
}

/** What health pages and the doctor tell of the store. */
export interface StoreStatus {
  readonly state: StoreState;
  readonly sinceMs: number;
  /** Why it is not ready, in one sentence; null while it is or when nobody has asked yet. */
  readonly reason: string | null;
  readonly backend: "embedded" | "external";
  readonly provider: Provider;
  /** What was last known of the database; null before the first contact. */
  readonly facts: StoreFacts | null;
}

/** How often a store is asked whether it still is what it was. */
const CHECK_EVERY_MS = 60_000;
/** One that cannot be reached is asked more often, as it may be back. */
const RETRY_EVERY_MS = 1_000;
/** Failures that say something about the database and not about one statement. */
const ALARMING: ReadonlySet<DatabaseErrorKind> = new Set(["unreachable", "deadline", "refused"]);
/** Failures that may be over by themselves. */
const PASSING: ReadonlySet<DatabaseErrorKind> = new Set([
  "unreachable",
  "deadline",
  "busy",
  "full",
]);

/** Opens the store of a provider at once; it becomes ready, or says why not, in its own time. */
export function openStore(options: StoreOptions): Store {
  return new Store(options);
}

/** A database as the store, set up when it is reached and watched from then on. */
export class Store {
  readonly #options: StoreOptions;
  /** Null when the address is none: then the store is refused for good. */
  readonly #pool: Pool | null;
  #status: StoreStatus;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #checking: Promise<void> | null = null;
  #isAgainDue = false;
  #isWipeDue = false;
  #isClosed = false;
  /** Dates whose partitions are there. */
  readonly #dates = new Set<string>();
  readonly #refusedRows: Partial<Record<StoreTable, number>> = {};

  constructor(options: StoreOptions) {
    this.#options = options;
    const { backend, provider, clock } = options;
    this.#status = {
      ...{ state: "starting", sinceMs: clock.nowMs(), reason: null },
      ...{ backend, provider, facts: null },
    };
    this.#pool = this.#openPool();
    if (this.#pool !== null) this.#check();
  }

  get status(): StoreStatus {
    return this.#status;
  }

  /** Null when there is no pool because its address cannot be read. */
  get counters(): PoolCounters | null {
    return this.#pool?.counters ?? null;
  }

  /** Rows that the database refused since the start, by what they are. */
  get refusedRows(): Readonly<Partial<Record<StoreTable, number>>> {
    return this.#refusedRows;
  }

  /** Asks something that may be asked twice; rejects at once while the store is not ready. */
  async read<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    return await this.#readyPool().read(work, deadlineMs);
  }

  /** Does one piece of work, as `Pool.run`; rejects at once while the store is not ready. */
  async run<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    return await this.#readyPool().run(work, deadlineMs);
  }

  /** Writes a batch, as `flushBatch`; rejects at once while the store is not ready. */
  async flush(
    batch: StoreBatch,
    source: keyof typeof SOURCE_CODES,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<FlushResult> {
    const pool = this.#readyPool();
    await this.#makeDay(pool, batch.tradingDate);
    const result = await flushBatch(pool, batch, { source, deadlineMs, log: this.#options.log });
    for (const [table, count] of Object.entries(result.refused)) {
      if (count > 0) this.#refusedRows[table as StoreTable] = count + this.#refusedOf(table);
    }
    return result;
  }

  /**
   * Empties all tables of a simulated market that begins anew, before the store is ready (again).
   * @throws {TypeError} for any other provider.
   */
  wipe(): void {
    if (this.#options.provider !== "sim") throw new TypeError("Cannot wipe data of a real market");
    this.#isWipeDue = true;
    if (this.#status.state === "ready") this.#set("starting", "it begins anew");
    this.#check();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#pool?.close();
    await this.#checking;
  }

  #refusedOf(table: string): number {
    return this.#refusedRows[table as StoreTable] ?? 0;
  }

  #openPool(): Pool | null {
    const { address, poolMin: min, poolMax: max, log } = this.#options;
    const onFailure = (error: DatabaseError) => {
      if (ALARMING.has(error.kind) && this.#status.state === "ready") this.#check();
    };
    try {
      return new Pool({ address, min, max, name: "vnstock", log, onFailure });
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      this.#set("refused", error.message);
      return null;
    }
  }

  #readyPool(): Pool {
    const { state, reason } = this.#status;
    if (this.#pool !== null && state === "ready") return this.#pool;
    const kind = state === "refused" ? "refused" : "unreachable";
    throw new DatabaseError(kind, "STORE", reason ?? "the database has not been asked yet");
  }

  async #makeDay(pool: Pool, date: string): Promise<void> {
    if (this.#dates.has(date) || this.#status.facts?.layout !== "partitions") return;
    await makePartitions(pool, [date]);
    this.#dates.add(date);
  }

  /** Asks the database now; once more right after when it is being asked. */
  #check(): void {
    if (this.#isClosed || this.#pool === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#checking !== null) {
      this.#isAgainDue = true;
      return;
    }
    this.#checking = this.#ask(this.#pool).finally(() => {
      this.#checking = null;
      const isSoon = this.#isAgainDue || this.#isWipeDue && this.#status.state === "ready";
      this.#isAgainDue = false;
      this.#plan(
        isSoon ? 0 : this.#status.state === "unreachable" ? RETRY_EVERY_MS : CHECK_EVERY_MS,
      );
    });
  }

  #plan(waitMs: number): void {
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#check(), waitMs);
  }

  async #ask(pool: Pool): Promise<void> {
    const { address, provider, clock, log } = this.#options;
    try {
      const today = vnDate(clock.nowMs());
      const facts = await setUpStore(pool, { address, provider, today, log });
      if (this.#isWipeDue) {
        await pool.run((sql) => sql.unsafe(WIPE));
        this.#isWipeDue = false;
        log.info("store_wiped");
      }
      if (facts.strayRows > 0) log.warn("store_rows_strayed", { rows: facts.strayRows });
      this.#dates.clear();
      this.#set("ready", null, facts);
    } catch (error) {
      if (this.#isClosed) return;
      const isPassing = error instanceof DatabaseError && PASSING.has(error.kind);
      const reason = error instanceof Error ? error.message : String(error);
      this.#set(isPassing ? "unreachable" : "refused", reason);
    }
  }

  #set(state: StoreState, reason: string | null, facts = this.#status.facts): void {
    const before = this.#status;
    const isSame = before.state === state;
    const sinceMs = isSame ? before.sinceMs : this.#options.clock.nowMs();
    this.#status = { ...before, state, reason, facts, sinceMs };
    if (isSame && before.reason === reason) return;
    const { log, backend, provider, onState } = this.#options;
    // Why it cannot be reached may be another reason each second.
    if (isSame && state === "unreachable") log.debug("store_unreachable", { reason });
    else if (state === "ready") log.info("store_ready", { backend, provider, ...facts });
    else if (state !== "starting") log.warn(`store_${state}`, { backend, provider, reason });
    onState(this.#status);
  }
}
