import type { Broker } from "../bus/broker.ts";
import { Lease } from "../bus/lease.ts";
import type { Config } from "../config.ts";
import type { BusMessage } from "../port/bus.ts";
import { BusOutlet } from "./bus_outlet.ts";
import { configuredSource, ingestSettings, journalSettings } from "./data_source.ts";
import { attachStore, type IngestSide, openIngestSide } from "./ingest_side.ts";
import { type OwnService, startOwnService } from "./own_service.ts";
import { createStoreSide, type StoreSide } from "./store_side.ts";
import type { BackendDeps } from "./supervisor.ts";

/** Everything that only the holder of the lease has. */
interface Running {
  readonly side: IngestSide;
  readonly outlet: BusOutlet;
  readonly service: OwnService | null;
  readonly store: StoreSide | null;
}

/** What an ingest node says of itself. */
export interface IngestNodeHealth {
  readonly role: "active" | "starting" | "standby";
  readonly term: number | null;
  readonly busConnected: boolean;
  /** Null while nothing is recorded here. */
  readonly journalWritable: boolean | null;
}

/**
 * The engine side as a process of its own. It is quiet until it holds the lease: then it opens
 * journal, feed and store and publishes; when another one has taken over it closes them again. A
 * broker that is away for a while changes none of that, so that the journal has no hole.
 */
export class IngestNode {
  readonly #config: Config;
  readonly #broker: Broker;
  readonly #deps: BackendDeps;
  readonly #lease: Lease;
  #running: Running | null = null;
  /** One beginning or end at a time. */
  #turn: Promise<void> = Promise.resolve();
  #isHolder = false;

  constructor(config: Config, broker: Broker, deps: BackendDeps) {
    this.#config = config;
    this.#broker = broker;
    this.#deps = deps;
    this.#lease = new Lease({
      broker,
      holder: crypto.randomUUID(),
      nowMs: () => performance.now(),
      log: deps.log,
      onTerm: () => this.#follow(true),
      onLost: () => this.#follow(false),
    });
  }

  health(): IngestNodeHealth {
    return {
      role: this.#running !== null ? "active" : this.#isHolder ? "starting" : "standby",
      term: this.#lease.term,
      busConnected: this.#broker.isConnected,
      journalWritable: this.#running?.side.journal.stats().writable ?? null,
    };
  }

  metrics(): Readonly<Record<string, number>> {
    const { outlet, store } = this.#running ?? {};
    return {
      bus_connected: this.#broker.isConnected ? 1 : 0,
      lease_held: this.#lease.term === null ? 0 : 1,
      ...outlet?.metrics(),
      ...store?.metrics(),
    };
  }

  /** Publishes the last, gives the lease back and closes everything. */
  async stop(): Promise<void> {
    this.#follow(false);
    await this.#turn;
    await this.#lease.close();
  }

  #follow(isHolder: boolean): void {
    this.#isHolder = isHolder;
    this.#change(async () => {
      if (!this.#isHolder) await this.#end();
      else if (this.#running === null) this.#running = await this.#start();
      // The term is a new one, and everything is told under it.
      else this.#running.outlet.tick();
    });
  }

  #change(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(act).catch((error) => {
      this.#deps.onFatal(error instanceof Error ? error.message : String(error));
    });
  }

  async #start(): Promise<Running> {
    const { log, onFatal } = this.#deps;
    const source = configuredSource(this.#config);
    const service = source.service === null ? null : await startOwnService(source.service, {
      log,
      onFatal,
      onRestart: () => this.#startAnew(),
    });
    const settings = ingestSettings(this.#config, source, service?.url ?? null);
    // A market of our own lives as long as we do: what an earlier run recorded is of another one.
    const where = journalSettings(this.#config, source, service !== null);
    let isRecovered = false;
    // What is known in the middle of a recovery is of no use to anybody.
    const term = () => isRecovered ? this.#lease.term : null;
    let outlet: BusOutlet | null = null;
    const side = await openIngestSide(settings, where, {
      log: log.bind({ part: "ingest" }),
      bus: (snapshot) => outlet = this.#openOutlet({ snapshot, term }),
    });
    await side.run.recover();
    isRecovered = true;
    side.run.start();
    const market = service === null ? null : `${source.service!.world}/${crypto.randomUUID()}`;
    return {
      side,
      outlet: outlet!,
      service,
      store: this.#openStore(side, market, service?.url ?? null),
    };
  }

  #openOutlet(
    { snapshot, term }: { snapshot: () => BusMessage; term: () => number | null },
  ): BusOutlet {
    const { tellsTickers } = this.#config.bus!;
    const deps = { broker: this.#broker, nowMs: () => performance.now(), log: this.#deps.log };
    return new BusOutlet({ ...deps, snapshot, term, tellsTickers });
  }

  /** A database that is named is written by whoever has the feed; one of our own nobody could read. */
  #openStore(side: IngestSide, market: string | null, url: string | null): StoreSide | null {
    if (typeof this.#config.database.address === "string") return null;
    const store = createStoreSide(this.#config, configuredSource(this.#config), this.#deps.log);
    store.open(url);
    store.serve({
      postMessage(request) {
        if (request.kind === "store") attachStore(side.run, request.port, request.market);
      },
    }, market);
    return store;
  }

  /** The market of our own service begins anew, and with it everything that was made of the old one. */
  #startAnew(): void {
    this.#change(() => this.#end());
    this.#follow(this.#isHolder);
  }

  async #end(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    await running.side.stop();
    await running.outlet.close();
    await running.store?.stop();
    await running.service?.stop();
  }
}
