import { connect as connectSocket, type Socket } from "node:net";
import postgres, { type Sql } from "postgres";
import type { Address } from "./address.ts";

/** The driver with the settings that it needs here. */
export type Database = Sql<{ bigint: number; date: string }>;

export interface ClientOptions {
  readonly address: Address;
  /** Shown by the server. */
  readonly name: string;
  /** After this the server itself gives up a statement; null leaves that to its own settings. */
  readonly statementTimeoutMs: number | null;
}

/** Integers of 8 bytes as numbers: no volume or value comes near 2^53. */
const BIGINT = { to: 20, from: [20], parse: Number, serialize: String };
/** A `date` stays the text that it is. */
const DATE = { to: 1082, from: [1082], parse: (text: string) => text, serialize: String };

const CONNECT_TIMEOUT_S = 2;
/** A connection that is not needed is closed after this. */
export const IDLE_S = 60;
/** The driver's own end may fail to come. */
const END_WAIT_S = 1;

/** What the driver tells a maker of sockets; its types leave it out. */
interface SocketPlan {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path: string | false;
}

/**
 * The driver with one connection, for as long as that lasts. The driver would connect again, but it
 * carries bytes, errors and row counts of the lost connection over to the next one: statements then
 * hang, fail with an old error, or give rows at the wrong places.
 */
export class Client {
  readonly sql: Database;
  readonly #sockets = new Set<Socket>();
  #attempts = 0;
  #isLost = false;
  #isEnded = false;

  /** Opens nothing yet. Throws what the driver says of an address that it cannot read. */
  constructor({ address, name, statementTimeoutMs }: ClientOptions) {
    const options = {
      max: 1,
      fetch_types: false,
      // Its own growing waits would leave a database that is back unused for 20 s.
      backoff: () => 0.05 + Math.random() * 0.1,
      connect_timeout: CONNECT_TIMEOUT_S,
      idle_timeout: IDLE_S,
      types: { bigint: BIGINT, date: DATE },
      connection: {
        application_name: name,
        TimeZone: "UTC",
        ...(statementTimeoutMs === null ? {} : { statement_timeout: statementTimeoutMs }),
      },
      onnotice: () => {},
      onclose: () => {
        this.#isLost = true;
      },
      socket: (plan: SocketPlan) => this.#openSocket(plan),
    };
    this.sql = "url" in address
      ? postgres(address.url.reveal(), options)
      : postgres({ ...options, ...address });
  }

  /** Whether it had a connection and has none any more. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Gives what is at work `graceS` seconds to finish, then closes everything. */
  async end(graceS: number): Promise<void> {
    const tooLong = Promise.withResolvers<void>();
    const timer = setTimeout(tooLong.resolve, (graceS + END_WAIT_S) * 1000);
    await Promise.race([this.sql.end({ timeout: graceS }), tooLong.promise]);
    clearTimeout(timer);
    this.#isEnded = true;
    // A silent server would leave a socket half closed for as long as it is silent.
    await Promise.all([...this.#sockets].map((socket) => {
      const closed = Promise.withResolvers<void>();
      socket.once("close", () => closed.resolve());
      socket.destroy();
      return closed.promise;
    }));
  }

  /** The driver takes a socket that is still connecting: what it writes meanwhile is kept. */
  #openSocket({ host, port, path }: SocketPlan): Socket {
    const at = this.#attempts++ % host.length;
    const where = path ? { path } : { host: host[at]!, port: Number(port[at] ?? port[0]) };
    const socket = connectSocket({ ...where, noDelay: true });
    this.#sockets.add(socket);
    // The driver does not forget that it wanted to connect again.
    if (this.#isEnded) socket.destroy();
    socket.once("close", () => this.#sockets.delete(socket));
    // The driver asks for the name that a certificate must have here.
    return Object.assign(socket, where);
  }
}
