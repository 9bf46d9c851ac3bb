import type { Logger } from "../core/log.ts";
import type { Address } from "./address.ts";
import { Client, type Database, IDLE_S } from "./client.ts";
import {
  DATABASE_ERROR_KINDS,
  DatabaseError,
  type DatabaseErrorKind,
  toDatabaseError,
} from "./database_error.ts";
import { isDriverFault, watchDriverFaults } from "./driver_faults.ts";
import { Turns } from "./turns.ts";

export interface PoolOptions {
  readonly address: Address;
  /** Connections that are kept open, once `warm` was called. */
  readonly min: number;
  /** Connections at most, and pieces of work at once. */
  readonly max: number;
  /** Shown by the server for each connection. */
  readonly name: string;
  /** After this the server itself gives up a statement; null leaves that to its own settings. */
  readonly statementTimeoutMs: number | null;
  readonly log: Logger;
  /** Hears of each failure before the caller does. */
  readonly onFailure?: (error: DatabaseError) => void;
}

/** Figures since the start, and how many are at it right now. */
export interface PoolCounters {
  readonly queries: number;
  readonly failures: Readonly<Record<DatabaseErrorKind, number>>;
  /** Connections that were given up because their state could not be trusted. */
  readonly replaced: number;
  /** Errors that the driver threw where nobody could catch them. */
  readonly driverFaults: number;
  readonly inFlight: number;
  readonly waiting: number;
}

/** Longest wait for the answer to one statement. */
export const QUERY_DEADLINE_MS = 10_000;
/** A server gives up here what we have given up before: 6 deadlines × `max` at most run there. */
export const STATEMENT_TIMEOUT_MS = 60_000;
const CLOSE_GRACE_S = 1;
const WARM_EVERY_MS = IDLE_S * 1000 / 3;
const CLOSED = new DatabaseError("unreachable", "CONNECTION_ENDED", "the pool is closed");
const DESTROYED = new DatabaseError(
  "unreachable",
  "CONNECTION_DESTROYED",
  "the connection to the database was given up",
);
/** A connection was lost, perhaps before this statement and for another reason. */
const LOST = new Set(["57P01", "CONNECTION_CLOSED", "CONNECTION_DESTROYED", "ECONNRESET", "EPIPE"]);

/** Ends a wait for the database. */
type Verdict = PromiseWithResolvers<never>;

/**
 * Connections that are thrown away when anything goes wrong on them. `run` is the only way to the
 * driver, and everything that goes wrong there is a `DatabaseError`.
 */
export class Pool {
  readonly #options: PoolOptions;
  readonly #turns: Turns;
  readonly #unwatch: () => void;
  /** The one that was used last is the next one: those that are not needed close by themselves. */
  readonly #idle: Client[] = [];
  /** What is at work, and what it waits with. */
  readonly #atWork = new Map<Client, Verdict>();
  readonly #ending = new Set<Promise<void>>();
  readonly #failures = Object.fromEntries(DATABASE_ERROR_KINDS.map((kind) => [kind, 0])) as Record<
    DatabaseErrorKind,
    number
  >;
  #warmTimer: ReturnType<typeof setInterval> | null = null;
  #isClosed = false;
  #queries = 0;
  #replaced = 0;
  #driverFaults = 0;

  /** Opens nothing yet. Throws a `DatabaseError` for an address that the driver cannot read. */
  constructor(options: PoolOptions) {
    this.#options = options;
    this.#turns = new Turns(options.max);
    this.#idle.push(this.#open());
    this.#unwatch = watchDriverFaults((error) => this.#fault(error));
  }

  get counters(): PoolCounters {
    return {
      queries: this.#queries,
      failures: { ...this.#failures },
      replaced: this.#replaced,
      driverFaults: this.#driverFaults,
      inFlight: this.#turns.inside,
      waiting: this.#turns.waiting,
    };
  }

  /**
   * Does one piece of work, of one statement as a rule. Rejects with a `DatabaseError` when the
   * database fails it or when it takes longer than allowed, waiting for a connection included; with
   * what `work` throws itself otherwise.
   */
  async run<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    if (this.#isClosed) throw CLOSED;
    const verdict: Verdict = Promise.withResolvers<never>();
    const timer = setTimeout(() => verdict.reject(late(deadlineMs)), deadlineMs);
    this.#queries++;
    try {
      await this.#turns.enter(verdict.promise);
      try {
        return await this.#attempt(work, verdict);
      } finally {
        this.#turns.leave();
      }
    } catch (error) {
      if (error instanceof DatabaseError) {
        this.#failures[error.kind]++;
        this.#options.onFailure?.(error);
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Like `run` for what may be asked twice: once more when the connection was lost. */
  async read<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    try {
      return await this.run(work, deadlineMs);
    } catch (error) {
      if (!(error instanceof DatabaseError) || !LOST.has(error.code)) throw error;
      return await this.run(work, deadlineMs);
    }
  }

  /** Opens the connections that are kept, and keeps them from now on; rejects as `run` does. */
  async warm(): Promise<void> {
    // A failure is counted, and whoever needs the database next meets it too.
    this.#warmTimer ??= setInterval(() => this.#touch().catch(() => {}), WARM_EVERY_MS);
    await this.#touch();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#warmTimer !== null) clearInterval(this.#warmTimer);
    const atWork = [...this.#atWork.keys()];
    await Promise.all([...this.#idle, ...atWork].map((client) => client.end(CLOSE_GRACE_S)));
    for (const verdict of this.#atWork.values()) verdict.reject(CLOSED);
    await Promise.all(this.#ending);
    this.#unwatch();
  }

  /** Statements at the same time take a connection each. */
  async #touch(): Promise<void> {
    const missing = Math.max(1, this.#options.min - this.#turns.inside);
    await Promise.all(Array.from({ length: missing }, () => this.run((sql) => sql`SELECT 1`)));
  }

  async #attempt<T>(
    work: (sql: Database) => PromiseLike<T>,
    verdict: Verdict,
  ): Promise<T> {
    if (this.#isClosed) throw CLOSED;
    const client = this.#take();
    this.#atWork.set(client, verdict);
    let isSound = false;
    try {
      const value = await Promise.race([work(client.sql), verdict.promise]);
      isSound = true;
      return value;
    } catch (error) {
      const known = toDatabaseError(error, isDriverFault(error)) ?? error;
      isSound = known instanceof DatabaseError && known.kind === "data";
      throw known;
    } finally {
      this.#atWork.delete(client);
      if (isSound && !this.#isClosed) this.#idle.push(client);
      else this.#giveUp(client);
    }
  }

  #take(): Client {
    for (let client = this.#idle.pop(); client !== undefined; client = this.#idle.pop()) {
      if (!client.isLost) return client;
      this.#end(client);
    }
    return this.#open();
  }

  #open(): Client {
    const { address, name, statementTimeoutMs } = this.#options;
    try {
      return new Client({ address, name, statementTimeoutMs });
    } catch {
      // What it says holds the address.
      throw new DatabaseError("refused", "ADDRESS", "the address of the database cannot be read");
    }
  }

  #giveUp(client: Client): void {
    this.#replaced++;
    this.#end(client);
  }

  #end(client: Client): void {
    const ending = client.end(0).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  /** Nobody can say which connection it was. */
  #fault(error: Error): void {
    this.#driverFaults++;
    this.#options.log.error("database_driver_failed", { error });
    for (const client of this.#idle.splice(0)) this.#giveUp(client);
    for (const verdict of this.#atWork.values()) verdict.reject(DESTROYED);
  }
}

function late(deadlineMs: number): DatabaseError {
  const words = `the database did not answer within ${deadlineMs} ms`;
  return new DatabaseError("deadline", "DEADLINE", words);
}
