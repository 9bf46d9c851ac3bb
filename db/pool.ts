import postgres, { type Sql } from "postgres";

/** A query that got no answer in its time. */
export class DeadlineError extends Error {
  constructor(ms: number) {
    super(`the database did not answer within ${ms} ms`);
  }
}

/** Where a database is: an address, or the socket folder of the embedded server. */
export type Address =
  | { readonly url: string }
  | {
    readonly socketDir: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };

export interface PoolOptions {
  readonly address: Address;
  /** Connections at most. */
  readonly max: number;
  /** Shown by the server for each connection. */
  readonly name: string;
}

/** Integers of 8 bytes as numbers: no volume or value comes near 2^53. */
const BIGINT = { to: 20, from: [20], parse: Number, serialize: String };
/** A `date` stays the text that it is. */
const DATE = { to: 1082, from: [1082], parse: (text: string) => text, serialize: String };

/** The driver's connections with the settings that it needs here. */
export type Database = Sql<{ bigint: number; date: string }>;

/** Longest wait for the answer to one statement. */
export const QUERY_DEADLINE_MS = 10_000;
const CONNECT_TIMEOUT_S = 2;
const IDLE_S = 60;

export function connect({ address, max, name }: PoolOptions): Database {
  const options = {
    max,
    fetch_types: false,
    // Its own growing waits would leave a database that is back unused for 20 s.
    backoff: () => 0.05 + Math.random() * 0.1,
    connect_timeout: CONNECT_TIMEOUT_S,
    idle_timeout: IDLE_S,
    types: { bigint: BIGINT, date: DATE },
    connection: { application_name: name, TimeZone: "UTC" },
    onnotice: () => {},
  };
  if ("url" in address) return postgres(address.url, options);
  const { socketDir: host, port, user: username, database } = address;
  return postgres({ ...options, host, port, username, database });
}

/** Connections that are replaced whole when the server or the driver does not answer. */
export class Pool {
  readonly #options: PoolOptions;
  #database: Database;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#database = connect(options);
  }

  /** Does one piece of work, of one statement as a rule; rejects when it takes longer than allowed. */
  async run<T>(
    work: (sql: Database) => PromiseLike<T>,
    deadlineMs: number = QUERY_DEADLINE_MS,
  ): Promise<T> {
    const database = this.#database;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new DeadlineError(deadlineMs)), deadlineMs);
    try {
      return await Promise.race([work(database), late.promise]);
    } catch (error) {
      if (error instanceof DeadlineError) this.#recycle(database);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#database.end({ timeout: 1 });
  }

  #recycle(broken: Database): void {
    if (broken !== this.#database) return;
    this.#database = connect(this.#options);
    void broken.end({ timeout: 0 });
  }
}
