import type { Logger } from "../core/log.ts";
import { vnDate } from "../core/market/time.ts";
import type { Clock } from "../core/port/clock.ts";
import type { Address } from "./address.ts";
import { DatabaseError, type DatabaseErrorKind } from "./database_error.ts";
import type { Provider } from "./identity.ts";
import { Pool, type PoolCounters, STATEMENT_TIMEOUT_MS } from "./pool.ts";
import { setUpStore, type StoreFacts } from "./set_up.ts";

/** Not asked yet; fit to be used; away for now; there, but not to be used until somebody acts. */
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
  /** Hears of every change of state or reason. */
  readonly onStatus: (status: StoreStatus) => void;
}

/** What health pages and the doctor tell of the store. */
export interface StoreStatus {
  readonly state: StoreState;
  readonly sinceMs: number;
  /** Why it is not ready, in one sentence; null while it is and before it was asked. */
  readonly reason: string | null;
  readonly backend: "embedded" | "external";
  readonly provider: Provider;
  /** What was last known of the database; null before the first contact. */
  readonly facts: StoreFacts | null;
}

/** How often a store is asked whether it still is what it was. */
const CHECK_EVERY_MS = 60_000;
/** One that is away is asked more often, as it may be back. */
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

/** Sets a database up as the store when it is reached, and notices its loss and its return. */
export class StoreWatch {
  readonly #options: StoreOptions;
  /** Null when the address cannot be read: then the store is refused for good. */
  readonly #pool: Pool | null;
  #status: StoreStatus;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #checking: Promise<void> | null = null;
  #isAgainDue = false;
  #isClosed = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    const { backend, provider, clock } = options;
    this.#status = {
      ...{ state: "starting", sinceMs: clock.nowMs(), reason: null },
      ...{ backend, provider, facts: null },
    };
    this.#pool = this.#openPool();
    this.#check();
  }

  get status(): StoreStatus {
    return this.#status;
  }

  /** Null when there is no pool because its address cannot be read. */
  get counters(): PoolCounters | null {
    return this.#pool?.counters ?? null;
  }

  /** The pool of a store that is ready; throws a `DatabaseError` that says why it is not. */
  pool(): Pool {
    const { state, reason } = this.#status;
    if (this.#pool !== null && state === "ready") return this.#pool;
    const kind = state === "refused" ? "refused" : "unreachable";
    throw new DatabaseError(kind, "STORE", reason ?? "the database has not been asked yet");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#pool?.close();
    await this.#checking;
  }

  #openPool(): Pool | null {
    const { address, poolMin: min, poolMax: max, log } = this.#options;
    const onFailure = ({ kind }: DatabaseError) => {
      // While it is away the check itself is what fails.
      if (ALARMING.has(kind) && this.#status.state === "ready") this.#check();
    };
    try {
      return new Pool({
        ...{ address, min, max, name: "vnstock", log, onFailure },
        statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      });
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      this.#set("refused", error.message);
      return null;
    }
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
    this.#checking = this.#ask(this.#pool).finally(() => this.#plan());
  }

  #plan(): void {
    const usual = this.#status.state === "unreachable" ? RETRY_EVERY_MS : CHECK_EVERY_MS;
    const waitMs = this.#isAgainDue ? 0 : usual;
    this.#checking = null;
    this.#isAgainDue = false;
    if (!this.#isClosed) this.#timer = setTimeout(() => this.#check(), waitMs);
  }

  async #ask(pool: Pool): Promise<void> {
    const { address, provider, clock, log } = this.#options;
    try {
      const today = vnDate(clock.nowMs());
      const facts = await setUpStore(pool, { address, provider, today, log });
      if (facts.strayRows > 0) log.warn("store_rows_strayed", { rows: facts.strayRows });
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
    const { log, backend, provider, onStatus } = this.#options;
    // Why it is away may be another reason each second.
    if (isSame && state === "unreachable") log.debug("store_unreachable", { reason });
    else if (state === "ready") log.info("store_ready", { backend, provider, ...facts });
    else log.warn(`store_${state}`, { backend, provider, reason });
    onStatus(this.#status);
  }
}
