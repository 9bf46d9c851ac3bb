import type { ServerAddress } from "../../db/address.ts";
import { type Embedded, startEmbedded } from "../../db/embedded/embedded.ts";
import type { StoreStatus } from "../../db/store.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { DataSource } from "./data_source.ts";
import { engineOptions } from "./ingest.ts";
import type { StoreReply, StoreRequest, StoreSettings } from "./store_worker_messages.ts";
import { Supervisor } from "./supervisor.ts";
import type { IngestRequest } from "./worker_messages.ts";

const WORKER_SILENCE_MS = 10_000;

/** What is said of a store that nobody has opened: why there is none. */
export interface NoStore {
  readonly state: "off" | "starting";
  readonly reason: string;
}

/** What the pages' side knows of the store, and its way there. */
export interface StoreSideEvents {
  /** The database has an address from now on. */
  readonly onAddress: (address: StoreSettings["address"]) => void;
}

/** The database, its worker, and the way of rows between that and the engine side. */
export interface StoreSide {
  status(): StoreStatus | NoStore;
  /** Figures of the worker as last told. */
  metrics(): Readonly<Record<string, number>>;
  /** Leads rows of a fresh ingest worker to the store, now and whenever the store begins anew. */
  serve(ingest: Worker, market: string | null): void;
  /** Ends the worker at once, as a crash would; it is started again. */
  kill(): void;
  /** Lets the worker write what waits, then ends it and the embedded server. */
  stop(): Promise<void>;
}

/** Folder of the embedded database of a provider. */
export function storeDirOf({ data }: Config, provider: "ssi" | "sim"): string {
  return `${data.dir}/${provider}/postgres`;
}

/** Begins to open the store of a source; nobody waits for it. */
export function startStoreSide(
  config: Config,
  source: DataSource,
  log: Logger,
  events: StoreSideEvents,
): StoreSide {
  return new Side(config, source, log, events);
}

class Side implements StoreSide {
  readonly #config: Config;
  readonly #source: DataSource;
  readonly #log: Logger;
  readonly #events: StoreSideEvents;
  readonly #opening: Promise<void>;
  #status: StoreStatus | NoStore = { state: "starting", reason: "the database is being started" };
  #metrics: Readonly<Record<string, number>> = {};
  #ingest: { readonly worker: Worker; readonly market: string | null } | null = null;
  #embedded: Embedded | null = null;
  #worker: Supervisor | null = null;
  #isStopping = false;

  constructor(config: Config, source: DataSource, log: Logger, events: StoreSideEvents) {
    this.#config = config;
    this.#source = source;
    this.#log = log;
    this.#events = events;
    this.#opening = this.#open();
  }

  status(): StoreStatus | NoStore {
    return this.#status;
  }

  metrics(): Readonly<Record<string, number>> {
    return this.#metrics;
  }

  serve(worker: Worker, market: string | null): void {
    this.#ingest = { worker, market };
    this.#link();
  }

  kill(): void {
    this.#worker?.kill();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#opening;
    await this.#worker?.stop();
    await this.#embedded?.close();
  }

  async #open(): Promise<void> {
    const { database } = this.#config;
    if (this.#source.isReplay) {
      this.#status = { state: "off", reason: "a replay is not stored again" };
    } else if (database.url !== null) {
      this.#start({ url: database.url.reveal() }, "external");
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
      this.#status = { state: "off", reason: started.message };
      log.warn("store_off", { reason: started.message });
      return null;
    }
    this.#embedded = started.server;
    const { host, port, user, database } = started.server;
    return { host, port, user, database };
  }

  #start(address: StoreSettings["address"], backend: StoreSettings["backend"]): void {
    const { database, feed, logLevel } = this.#config;
    const { provider, journalDir } = this.#source;
    const settings: StoreSettings = {
      ...{ address, backend, provider, journalDir, logLevel },
      poolMin: database.poolMin,
      poolMax: database.poolMax,
      engine: engineOptions(feed),
    };
    this.#events.onAddress(address);
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
      onDown: (reason) => this.#status = { state: "starting", reason },
    }, this.#log);
  }

  #hear(reply: StoreReply): void {
    if (reply.kind !== "store") return;
    this.#status = reply.status;
    this.#metrics = reply.metrics;
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
