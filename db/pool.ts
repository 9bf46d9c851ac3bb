import type { Logger } from "../core/log.ts";
import type { Address } from "./address.ts";
import { Connections, type Database, IDLE_S } from "./connections.ts";
import { DATABASE_ERROR_KINDS, DatabaseError, type DatabaseErrorKind } from "./database_error.ts";
import { toDatabaseError } from "./database_error.ts";
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
  readonly log: Logger;
  /** Hears of each failure before the caller does. */
  readonly onFailure: (error: DatabaseError) => void;
}

/** Figures since the start, and how many are at it right now. */
export interface PoolCounters {
  readonly queries: number;
  readonly failures: Readonly<Record<DatabaseErrorKind, number>>;
  /** Times that all connections were replaced. */
  readonly recycled: number;
  /** Errors that the driver threw where nobody could catch them. */
  readonly driverFaults: number;
  readonly inFlight: number;
  readonly waiting: number;
}

/** Longest wait for the answer to one statement. */
export const QUERY_DEADLINE_MS = 10_000;
/** The server gives up here what we have given up before: 6 deadlines × `max` at most run there. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** Connections are replaced no more often. */
const RECYCLE_GAP_MS = 500;
const CLOSE_GRACE_S = 1;
/** The driver keeps the last error of a lost connection for the statement that opens the next one. */
const READ_TRIES = 3;
const WARM_EVERY_MS = IDLE_S * 1000 / 3;
const CLOSED = new DatabaseError("unreachable", "CONNECTION_ENDED", "the pool is closed");
const REPLACED = new DatabaseError(
  "unreachable",
  "CONNECTION_DESTROYED",
  "the connections to the database were replaced",
);
/** Codes after which the state of the driver cannot be trusted. */
const POISONED = new Set(["CONNECT_TIMEOUT", "CONNECTION_DESTROYED", "CONNECTION_ENDED"]);
/** A connection was lost, perhaps before this statement and for another reason. */
const LOST = new Set(["57P01", "CONNECTION_CLOSED", "CONNECTION_DESTROYED", "ECONNRESET", "EPIPE"]);

/**
 * Connections that are replaced whole when the server or the driver does not answer. `run` is the
 * only way to the driver, and everything that goes wrong there is a `DatabaseError`.
 */
export class Pool {
  readonly #options: PoolOptions;
  readonly #turns: Turns;
  readonly #unwatch: () => void;
  readonly #ending = new Set<Promise<void>>();
  readonly #failures = Object.fromEntries(DATABASE_ERROR_KINDS.map((kind) => [kind, 0])) as Record<
    DatabaseErrorKind,
    number
  >;
  /** How to give up each piece of work, and the connections that it is on. */
  readonly #atWork = new Map<(error: DatabaseError) => void, Connections | null>();
  #connections: Connections;
  #recycleTimer: ReturnType<typeof setTimeout> | null = null;
  #warmTimer: ReturnType<typeof setInterval> | null = null;
  #recycledMs = -Infinity;
  #isClosed = false;
  #queries = 0;
  #recycled = 0;
  #driverFaults = 0;

  /** Opens nothing yet. Throws a `DatabaseError` for an address that the driver cannot read. */
  constructor(options: PoolOptions) {
    this.#options = options;
    this.#turns = new Turns(options.max);
    this.#connections = this.#connect();
    this.#unwatch = watchDriverFaults((error) => {
      this.#driverFaults++;
      this.#recycle(this.#connections, error.message);
    });
  }

  get counters(): PoolCounters {
    return {
      queries: this.#queries,
      failures: { ...this.#failures },
      recycled: this.#recycled,
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
    const verdict = Promise.withResolvers<never>();
    const timer = setTimeout(() => verdict.reject(late(deadlineMs)), deadlineMs);
    this.#atWork.set(verdict.reject, null);
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
        this.#options.onFailure(error);
      }
      throw error;
    } finally {
      clearTimeout(timer);
      this.#atWork.delete(verdict.reject);
    }
  }

  /** Like `run` for what may be asked twice: asks again when a connection was lost. */
  async read<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await this.run(work, deadlineMs);
      } catch (error) {
        const isLost = error instanceof DatabaseError && LOST.has(error.code);
        if (!isLost || tries === READ_TRIES) throw error;
      }
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
    if (this.#recycleTimer !== null) clearTimeout(this.#recycleTimer);
    if (this.#warmTimer !== null) clearInterval(this.#warmTimer);
    await this.#connections.end(CLOSE_GRACE_S);
    for (const giveUp of this.#atWork.keys()) giveUp(CLOSED);
    await Promise.all(this.#ending);
    this.#unwatch();
  }

  /** Statements at the same time take a connection each. */
  async #touch(): Promise<void> {
    const idle = Math.max(1, this.#options.min - this.#turns.inside);
    await Promise.all(Array.from({ length: idle }, () => this.run((sql) => sql`SELECT 1`)));
  }

  async #attempt<T>(
    work: (sql: Database) => PromiseLike<T>,
    verdict: PromiseWithResolvers<never>,
  ): Promise<T> {
    const connections = this.#connections;
    this.#atWork.set(verdict.reject, connections);
    try {
      return await Promise.race([work(connections.sql), verdict.promise]);
    } catch (error) {
      const ofDriver = isDriverFault(error);
      const known = toDatabaseError(error, ofDriver);
      if (known === null) throw error;
      const isPoisoned = POISONED.has(known.code) || ofDriver && error instanceof TypeError;
      if (known.code === "DEADLINE" || isPoisoned) this.#recycle(connections, known.message);
      throw known;
    }
  }

  #connect(): Connections {
    const { address, max, name } = this.#options;
    try {
      return new Connections({ address, max, name, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    } catch {
      // What it says holds the address.
      throw new DatabaseError("refused", "ADDRESS", "the address of the database cannot be read");
    }
  }

  /** Replaces the connections now or as soon as the gap allows; what is at work on them is given up. */
  #recycle(broken: Connections, reason: string): void {
    if (broken !== this.#connections || this.#recycleTimer !== null || this.#isClosed) return;
    const waitMs = Math.max(0, this.#recycledMs + RECYCLE_GAP_MS - performance.now());
    if (waitMs === 0) this.#replace(reason);
    else this.#recycleTimer = setTimeout(() => this.#replace(reason), waitMs);
  }

  #replace(reason: string): void {
    const old = this.#connections;
    this.#recycleTimer = null;
    this.#recycledMs = performance.now();
    this.#recycled++;
    this.#connections = this.#connect();
    this.#options.log.error("database_connections_replaced", { reason });
    const ending = this.#end(old).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  /** The driver may forget to answer for what was at work. */
  async #end(old: Connections): Promise<void> {
    await old.end(0);
    for (const [giveUp, connections] of this.#atWork) if (connections === old) giveUp(REPLACED);
  }
}

function late(deadlineMs: number): DatabaseError {
  const words = `the database did not answer within ${deadlineMs} ms`;
  return new DatabaseError("deadline", "DEADLINE", words);
}
