import { PortSubscriber } from "../bus/message_port.ts";
import type { Config } from "../config.ts";
import { isLoopback } from "../config_forms.ts";
import { type HubLoop, startHubLoop } from "../gateway/hub_loop.ts";
import { createServices, type ServeConfig, type Services } from "../gateway/services.ts";
import { NO_TRAVEL } from "../gateway/travel.ts";
import { LAG_MS_MAX } from "../hub/limits.ts";
import { type BusSource, createBusSource } from "./bus_source.ts";
import {
  configuredSource,
  type DataSource,
  ingestSettings,
  journalSettings,
  travelSettings,
} from "./data_source.ts";
import type { Gateways } from "./gateways.ts";
import { freePort, openGateways } from "./open_gateways.ts";
import { type OwnService, startOwnService } from "./own_service.ts";
import { openReadStore, type ReadStore } from "./read_store.ts";
import { requireWritable } from "./start_checks.ts";
import { createStoreSide, type StoreSide } from "./store_side.ts";
import { type BackendDeps, Supervisor } from "./supervisor.ts";
import { RecordedTravel } from "./travel/recorded_travel.ts";
import { VERSION } from "./version.ts";
import type { IngestReply, IngestRequest } from "./worker_messages.ts";

/** A worker that says nothing for this time is taken for dead; it says so once a second. */
const WORKER_SILENCE_MS = 10_000;

/** Everything behind the pages: services, the ingest worker, and the simulated exchange if needed. */
export interface Backend {
  readonly services: Services;
  /** Ends the ingest worker at once, as a crash would. */
  killWorker(): void;
  /** Ends our own service at once, as a crash would; nothing happens without one. */
  killSim(): void;
  /** Ends the store worker at once, as a crash would. */
  killStore(): void;
  /** Ends a gateway worker at once, as a crash would; nothing happens without one. */
  killGateway(index: number): void;
  /** Says good-bye to clients, then ends the workers. */
  stop(): Promise<void>;
}

/**
 * Starts the workers and the hub; resolves when the source of data is known. Throws one clear Error
 * when the data folder cannot be used.
 */
export async function startBackend(
  config: Config,
  deps: BackendDeps & { readonly pagesPort: number },
  source: DataSource = configuredSource(config),
): Promise<Backend> {
  const { log, pagesPort } = deps;
  for (const { variable, why } of config.warnings) log.warn("setting_odd", { variable, why });
  requireWritable(config.data.dir);
  const socketsPort = config.ws.gateways === 0 ? null : freePort(config);
  const store = createStoreSide(config, source, log);
  let gateways: Gateways | null = null;
  const remote = config.bus === null ? null : {
    bus: createBusSource(config.bus.url, log),
    store: openReadStore(config, log),
  };
  const travel = remote === null
    ? new RecordedTravel(travelSettings(config, source), () => services.hub.view(), log)
    : null;
  const services: Services = createServices({
    config: serveConfig(config, source, socketsPort),
    clock: { nowMs: () => Date.now() },
    log,
    version: VERSION,
    store: remote?.store ?? store,
    history: (remote?.store ?? store).history,
    travel: travel ?? NO_TRAVEL,
    gatewayFigures: () => gateways?.figures() ?? {},
    sourceFigures: () => remote?.bus.metrics() ?? {},
  });
  const sockets = { config, source, port: socketsPort, pagesPort, services };
  if (remote !== null) {
    gateways = openGateways(sockets, deps);
    return startWebBackend({ services, gateways, ...remote });
  }
  const market = newMarket(source);
  let worker: Supervisor | null = null;
  const onRestart = () => {
    Object.assign(market, newMarket(source));
    travel?.forget();
    worker?.kill(`the ${source.service?.name} began anew`);
  };
  const service = source.service === null
    ? null
    : await startOwnService(source.service, { ...deps, onRestart });
  store.open(service?.url ?? null);
  const loop = startHubLoop(services);
  gateways = openGateways(sockets, deps);
  worker = superviseIngest({ config, source, service, market, loop, store, gateways }, deps);
  travel?.start();
  return {
    services,
    killWorker: () => worker.kill(),
    killSim: () => service?.kill(),
    killStore: () => store.kill(),
    killGateway: (index) => gateways?.kill(index),
    async stop() {
      loop.stop();
      travel?.stop();
      await gateways?.stop();
      await worker.stop();
      await Promise.all([service?.stop(), store.stop()]);
    },
  };
}

/** Settings of the serving side; `socketsPort` is that of the gateways, null without them. */
function serveConfig(config: Config, source: DataSource, socketsPort: number | null): ServeConfig {
  return {
    provider: source.provider,
    isReplay: source.isReplay,
    corsOrigins: config.app.corsOrigins,
    hosts: hostsOf(config.app),
    proxies: config.proxies,
    wsAuthToken: config.ws.authToken,
    wsConnectionsPerIpMax: config.ws.connectionsPerIpMax,
    wsConnectionsMax: config.ws.connectionsMax,
    wsThrottleIntervalMs: config.ws.throttleIntervalMs,
    // Deno pings after half of this and closes a socket that has not answered at its end.
    wsIdleTimeoutS: Math.ceil(
      (config.ws.heartbeatIntervalMs + config.ws.heartbeatTimeoutMs) / 1000,
    ),
    wsLagMsMax: LAG_MS_MAX,
    wsPlace: { port: socketsPort, url: config.ws.url },
  };
}

/** A web node: another one has the feed, the engine and the writing of history. */
function startWebBackend({ services, gateways, bus, store }: {
  readonly services: Services;
  readonly gateways: Gateways | null;
  readonly bus: BusSource;
  readonly store: ReadStore;
}): Backend {
  const loop = startHubLoop(services);
  bus.connectHub(loop);
  return {
    services,
    killWorker: () => {},
    killSim: () => {},
    killStore: () => {},
    killGateway: (index) => gateways?.kill(index),
    async stop() {
      loop.stop();
      await gateways?.stop();
      await Promise.all([bus.close(), store.close()]);
    },
  };
}

/**
 * A server for this machine alone is asked for by a name of this machine, or by that of a proxy
 * beside it. Anything else is a page elsewhere that had its own name point here.
 */
function hostsOf({ host, corsOrigins }: Config["app"]): readonly string[] | null {
  return isLoopback(host) ? corsOrigins.map((origin) => new URL(origin).hostname) : null;
}

/** The market of our own service, as far as the journal goes. */
interface Market {
  /** It began anew and nothing of it is recorded yet: what the journal holds is of another market. */
  isNew: boolean;
  /** Its name, `world/run`; null when it runs elsewhere and lives its own life. */
  name: string | null;
}

function newMarket({ service }: DataSource): Market {
  return {
    isNew: service !== null,
    name: service === null ? null : `${service.world}/${crypto.randomUUID()}`,
  };
}

interface IngestParts {
  readonly config: Config;
  readonly source: DataSource;
  readonly service: OwnService | null;
  readonly market: Market;
  readonly loop: HubLoop;
  readonly store: StoreSide;
  readonly gateways: Gateways | null;
}

function superviseIngest(
  { config, source, service, market, loop, store, gateways }: IngestParts,
  { log, onFatal }: BackendDeps,
): Supervisor {
  const settings = ingestSettings(config, source, service?.url ?? null);
  let hasRun = false;
  const supervisor: Supervisor = new Supervisor({
    name: "ingest",
    url: new URL("../../worker.ts", import.meta.url),
    silenceMs: WORKER_SILENCE_MS,
    stop: { ask: { kind: "stop" } satisfies IngestRequest, stopped: "stopped" },
    start(worker) {
      const request: IngestRequest = {
        kind: "start",
        settings,
        // A worker that restarts alone finds our market where it was, and one elsewhere has its own life.
        journal: journalSettings(config, source, market.isNew),
      };
      worker.postMessage(request);
      loop.connect(new PortSubscriber(worker));
      gateways?.connect(worker);
      store.serve(worker, market.name);
    },
    onMessage(message) {
      // The bus speaks only once the journal is open.
      if (typeof message === "string") {
        hasRun = true;
        market.isNew = false;
        return;
      }
      const reply = message as IngestReply;
      if (reply.kind !== "failed") return;
      // What has worked once may work again: the ended worker can hold the journal for a moment.
      if (hasRun) supervisor.kill(reply.message);
      else onFatal(reply.message);
    },
    onDown(reason) {
      const why = `The data worker stopped (${reason}) and is being started again`;
      loop.disconnect(why);
      gateways?.disconnect(why);
    },
  }, log);
  return supervisor;
}
