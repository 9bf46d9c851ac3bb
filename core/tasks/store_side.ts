import type { ServerAddress } from "../../db/address.ts";
import { type Embedded, startEmbedded } from "../../db/embedded/embedded.ts";
import { DatabaseError } from "../../db/database_error.ts";
import { PostgresHistory, type StoreAccess } from "../../db/history/history.ts";
import { Pool, STATEMENT_TIMEOUT_MS } from "../../db/pool.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { HistoryStore } from "../port/history.ts";
import type { StoreHealth } from "../port/store.ts";
import { backfillSource } from "./backfill/at_start.ts";
import type { DataSource } from "./data_source.ts";
import { engineOptions } from "./ingest.ts";
import {
  addressOf,
  type StoreReply,
  type StoreRequest,
  type StoreSettings,
} from "./store_worker_messages.ts";
import { Supervisor } from "./supervisor.ts";
import type { IngestRequest } from "./worker_messages.ts";

const WORKER_SILENCE_MS = 10_000;
/** An embedded server that did not start is tried again after this. */
const REOPEN_MS = 60_000;

/** What takes the port to a store: the ingest worker, or the engine side of this very thread. */
export interface IngestEnd {
  postMessage(request: IngestRequest, transfer: MessagePort[]): void;
}

/** The database, its worker, and the way of rows between that and the engine side. */
export interface StoreSide {
  /** Begins to open it; nobody waits for that. `url` is that of our own service, if there is one. */
  open(url: string | null): void;
  health(): StoreHealth;
  readonly history: HistoryStore;
  /** Figures of the worker as last told. */
  metrics(): Readonly<Record<string, number>>;
  /** Leads rows of a fresh engine side to the store, now and whenever the store begins anew. */
  serve(ingest: IngestEnd, market: string | null): void;
  /** Ends the worker at once, as a crash would; it is started again. */
  kill(): void;
  /** Lets the worker write what waits, then ends it and the embedded server. */
  stop(): Promise<void>;
}

/** Folder of the embedded database of a provider. */
export function storeDirOf({ data }: Config, provider: "ssi" | "sim"): string {
  return `${data.dir}/${provider}/postgres`;
}

/** The store of a source, not opened yet. */
export function createStoreSide(
  config: Config,
  source: DataSource,
  log: Logger,
): StoreSide {
  return new Side(config, source, log);
}

class Side implements StoreSide {
  readonly #config: Config;
  readonly #source: DataSource;
  readonly #log: Logger;
  readonly history: HistoryStore = new PostgresHistory(() => this.#access());
  #opening: Promise<unknown> = Promise.resolve();
  #serviceUrl: string | null = null;
  #isTakingOver = false;
  #health = notOpen("starting", "the database is being started");
  #metrics: Readonly<Record<string, number>> = {};
  #ingest: { readonly worker: IngestEnd; readonly market: string | null } | null = null;
  #embedded: Embedded | null = null;
  #pool: Pool | null = null;
  #worker: Supervisor | null = null;
  #isStopping = false;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(config: Config, source: DataSource, log: Logger) {
    this.#config = config;
    this.#source = source;
    this.#log = log;
  }

  open(url: string | null): void {
    this.#serviceUrl = url;
    this.#opening = this.#open();
  }

  health(): StoreHealth {
    return this.#health;
  }

  metrics(): Readonly<Record<string, number>> {
    const { counters } = this.#pool ?? { counters: null };
    return {
      ...this.#metrics,
      store_ready: this.#health.state === "ready" ? 1 : 0,
      history_queries_total: counters?.queries ?? 0,
      history_queries_in_flight: counters?.inFlight ?? 0,
      history_queries_waiting: counters?.waiting ?? 0,
      history_connections_replaced_total: counters?.replaced ?? 0,
    };
  }

  serve(worker: IngestEnd, market: string | null): void {
    this.#ingest = { worker, market };
    this.#link();
  }

  kill(): void {
    this.#worker?.kill();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    await this.#opening;
    await this.#worker?.stop();
    await this.#pool?.close();
    await this.#embedded?.close();
  }

  async #open(): Promise<void> {
    const { address: wanted } = this.#config.database;
    if (this.#source.isReplay) {
      this.#health = notOpen("off", "a replay is not stored again");
    } else if (wanted === "off") {
      this.#health = notOpen("off", "DATABASE_URL is off: no history is kept");
    } else if (wanted !== "embedded") {
      this.#start({ url: wanted.reveal() }, "external");
    } else {
      const address = await this.#startEmbedded();
      if (address !== null && !this.#isStopping) this.#start(address, "embedded");
    }
  }

  async #startEmbedded(): Promise<ServerAddress | null> {
    const log = this.#log.bind({ part: "database" });
    const started = await startEmbedded({
      dir: storeDirOf(this.#config, this.#source.provider),
      log,
      onDown: (reason) => log.error("embedded_database_down", { reason }),
      onUp: () => log.info("embedded_database_up"),
    });
    if (!started.ok) {
      this.#health = notOpen("off", started.message);
      log.warn("store_off", { reason: started.message });
      // A full disk, or another program that has the directory, may be gone then.
      const isPassing = started.reason === "failed" || started.reason === "busy";
      if (isPassing && this.#worker === null && !this.#isStopping) {
        this.#retryTimer = setTimeout(() => this.open(this.#serviceUrl), REOPEN_MS);
      }
      return null;
    }
    this.#embedded = started.server;
    const { host, port, user, database } = started.server;
    return { host, port, user, database };
  }

  #start(address: StoreSettings["address"], backend: StoreSettings["backend"]): void {
    const { database, feed, retention, logLevel } = this.#config;
    const { provider, journalDir } = this.#source;
    const settings: StoreSettings = {
      ...{ address, backend, provider, journalDir, retention, logLevel },
      poolMin: database.poolMin,
      poolMax: database.poolMax,
      engine: engineOptions(feed),
      backfill: backfillSource(this.#config, this.#source, this.#serviceUrl),
    };
    this.#pool = this.#openPool(address);
    this.#worker = new Supervisor({
      name: "store",
      url: new URL("./store_worker.ts", import.meta.url),
      silenceMs: WORKER_SILENCE_MS,
      stop: { ask: { kind: "stop" } satisfies StoreRequest, stopped: "stopped" },
      start: (worker) => {
        worker.postMessage({ kind: "start", settings } satisfies StoreRequest);
        // The supervisor holds the worker only from here on.
        queueMicrotask(() => this.#link());
      },
      onMessage: (message) => this.#hear(message as StoreReply),
      onDown: (reason) => {
        this.#health = notOpen("starting", `the store's worker stopped (${reason})`);
      },
    }, this.#log);
  }

  #hear(reply: StoreReply): void {
    if (reply.kind !== "store") return;
    this.#health = reply.health;
    this.#metrics = reply.metrics;
    if (reply.health.state === "unreachable") void this.#takeOver();
  }

  /** A server that another process ran has ended with it: from now on we run it, at the same place. */
  async #takeOver(): Promise<void> {
    if (this.#embedded === null || this.#embedded.owned || this.#isTakingOver) return;
    this.#isTakingOver = true;
    this.#opening = this.#startEmbedded().then(() => this.#isTakingOver = false);
    await this.#opening;
  }

  /** Connections for reading, beside those of the worker; null for an address that is none. */
  #openPool(address: StoreSettings["address"]): Pool | null {
    const { poolMax: max } = this.#config.database;
    const log = this.#log.bind({ part: "history" });
    try {
      return new Pool({
        ...{ address: addressOf(address), min: 0, max, name: "vnstock history", log },
        statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      });
    } catch (error) {
      // The worker says the same, with its reason.
      if (error instanceof DatabaseError) return null;
      throw error;
    }
  }

  #access(): ReturnType<StoreAccess> {
    const { state, reason } = this.#health;
    if (state === "ready" && this.#pool !== null) return { pool: this.#pool };
    return { reason: reason ?? "the database is being asked" };
  }

  /** Puts a new port between both workers; either may be a fresh one. */
  #link(): void {
    const store = this.#worker?.worker;
    if (!store || this.#ingest === null) return;
    const { port1, port2 } = new MessageChannel();
    const { worker, market } = this.#ingest;
    store.postMessage({ kind: "feed", port: port1 } satisfies StoreRequest, [port1]);
    worker.postMessage({ kind: "store", port: port2, market } satisfies IngestRequest, [port2]);
  }
}

function notOpen(state: StoreHealth["state"], reason: string): StoreHealth {
  return { state, reason, backend: null, facts: null, backfill: null };
}
