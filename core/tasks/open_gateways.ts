import type { Config } from "../config.ts";
import type { Services } from "../gateway/services.ts";
import type { DataSource } from "./data_source.ts";
import { Gateways } from "./gateways.ts";
import type { BackendDeps } from "./supervisor.ts";

/** A peer gets this long to answer a close. */
const CLOSE_MS = 5_000;
/** Connections of one gateway beside its sockets: those that are about to become one. */
const HANDSHAKES_MAX = 1_024;

/**
 * The port for the sockets, a free one where any will do. Throws one clear Error when it is taken:
 * the gateways share theirs, so that another program would share it with them and nobody would know.
 */
export function freePort({ app: { host: hostname }, ws: { port } }: Config): number {
  try {
    const probe = Deno.listen({ hostname, port });
    probe.close();
    return probe.addr.port;
  } catch (error) {
    const inUse = error instanceof Deno.errors.AddrInUse;
    const reason = error instanceof Error ? error.message : String(error);
    const why = inUse ? "the port is in use, set WS_PORT" : `${reason}, see APP_HOST and WS_PORT`;
    throw new Error(`Cannot listen on ${hostname}:${port}: ${why}`);
  }
}

/** Starts the gateways that the settings ask for; null for none. */
export function openGateways(
  { config, source, port, pagesPort, services }: {
    readonly config: Config;
    readonly source: DataSource;
    readonly port: number | null;
    readonly pagesPort: number;
    readonly services: Services;
  },
  deps: BackendDeps,
): Gateways | null {
  if (port === null) return null;
  const { wsThrottleIntervalMs: throttleMs, hosts } = services.config;
  const server = {
    hostname: config.app.host,
    port,
    pagesPort,
    hosts,
    connectionsMax: config.ws.connectionsMax + HANDSHAKES_MAX,
    heartbeatIntervalMs: config.ws.heartbeatIntervalMs,
    heartbeatTimeoutMs: config.ws.heartbeatTimeoutMs,
    closeMs: CLOSE_MS,
    isNative: true,
  };
  const { provider, isReplay } = source;
  const settings = {
    ...{ server, provider, isReplay, throttleMs, logLevel: config.logLevel },
    busUrl: config.bus?.url.reveal() ?? null,
  };
  return new Gateways({ count: config.ws.gateways, settings, door: services.admission }, deps);
}
