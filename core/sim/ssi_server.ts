import { isLoopback } from "../config_forms.ts";
import type { Dress } from "../exchange/quirks.ts";
import { type HttpPort, openHttpPort } from "../http_port.ts";
import { createLogger, type Logger } from "../log.ts";
import type { Clock } from "../port/clock.ts";
import { newCounters, type SimCounters } from "./counters.ts";
import { MarketHub } from "./hub.ts";
import { CLOSE_WAIT_MS } from "./limits.ts";
import { RestApi } from "./rest.ts";
import { handleSignalr } from "./signalr.ts";
import type { MarketSource } from "./source.ts";
import { type SimKey, TokenAuthority } from "./tokens.ts";

/** How to serve SSI's protocol; what is left out has the default said here. */
export interface SsiServerOptions {
  /** Loopback only: 127.0.0.1 (default), ::1 or localhost. */
  readonly hostname?: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Default demo / demo. */
  readonly keys?: readonly SimKey[];
  /** Default 8 hours. */
  readonly tokenLifeMs?: number;
  /** Idle time before a keep-alive; default 10 s. */
  readonly keepAliveMs?: number;
  /** REST requests per second and user; default no quota. */
  readonly restPerSecond?: number;
  readonly clock: Clock;
  /** Spells the messages that a market makes. */
  readonly dress: Dress;
  /** Told when the port is lost and found again; default the console. */
  readonly log?: Logger;
}

/** Figures of the serving side. */
export interface SsiServerStats extends Readonly<SimCounters> {
  /** Connections with a socket. */
  readonly connected: number;
  /** Connections that can still be resumed, and those with a socket. */
  readonly held: number;
  readonly tokensIssued: number;
}

/** A running server of SSI's REST service and stream. */
export interface SsiServer<Source extends MarketSource> {
  /** Base URL for REST and for the stream, without a slash at the end. */
  readonly url: string;
  readonly source: Source;
  readonly hub: MarketHub;
  readonly rest: RestApi;
  readonly tokens: TokenAuthority;
  stats(): SsiServerStats;
  /** Stops the market, the sockets and the server. */
  close(): Promise<void>;
}

const TOKEN_LIFE_MS = 8 * 3_600_000;
const KEEP_ALIVE_MS = 10_000;
const PART = { part: "sim" };
const PATHS = /^\/+(?:api\/v2\/market\/(\w+)|v2\.0\/signalr\/(\w+))\/?$/;

/** Serves a market; rejects with a clear message when the port is taken or an option is wrong. */
export async function startSsiServer<Source extends MarketSource>(
  options: SsiServerOptions,
  sourceOf: (hub: MarketHub) => Source,
): Promise<SsiServer<Source>> {
  const { clock, dress, hostname = "127.0.0.1", keepAliveMs = KEEP_ALIVE_MS } = options;
  if (!isLoopback(hostname)) {
    throw new RangeError(`Cannot listen on ${hostname}: the simulated service is loopback only`);
  }
  const counters = newCounters();
  const tokens = await TokenAuthority.create(clock, options.tokenLifeMs ?? TOKEN_LIFE_MS);
  const hub = new MarketHub(() => source.cache, { clock, counters, dress });
  const source = sourceOf(hub);
  const rest = new RestApi({
    facts: () => source.facts,
    tokens,
    keys: options.keys ?? [{ id: "demo", secret: "demo" }],
    clock,
    counters,
    perSecond: options.restPerSecond ?? null,
  });
  const log = options.log ?? createLogger({ level: "info", nowMs: clock.nowMs, bind: PART });
  const server = listen({ hostname, port: options.port }, log, (request) => {
    const path = new URL(request.url).pathname.toLowerCase();
    const [, endpoint, action] = PATHS.exec(path) ?? [];
    if (endpoint !== undefined) return rest.handle(request, endpoint);
    if (action === undefined) return Response.json({ message: "Not found" }, { status: 404 });
    return handleSignalr(request, action, { hub, tokens, counters, keepAliveMs });
  });
  const heart = setInterval(() => hub.beat(keepAliveMs), keepAliveMs / 5);
  // Not caught: a market that throws is a defect and takes its process or worker down.
  const running = source.run();
  const { hostname: address, port } = server.addr;
  return {
    url: `http://${address.includes(":") ? `[${address}]` : address}:${port}`,
    ...{ source, hub, rest, tokens },
    stats: () => ({
      ...counters,
      connected: hub.connected,
      held: hub.held,
      tokensIssued: tokens.issued,
    }),
    close: async () => {
      clearInterval(heart);
      source.stop();
      await running;
      await closed(hub.closeSockets());
      await server.shutdown();
    },
  };
}

function listen(
  address: { readonly hostname: string; readonly port: number },
  log: Logger,
  handler: (request: Request) => Response | Promise<Response>,
): HttpPort {
  try {
    return openHttpPort(address, handler, log);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    const { hostname, port } = address;
    throw new Error(`Cannot listen on ${hostname}:${port}: the port is in use`, { cause: error });
  }
}

/** Waits until sockets have closed, or until clients had long enough to answer. */
async function closed(sockets: readonly WebSocket[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => timer = setTimeout(resolve, CLOSE_WAIT_MS));
  const all = sockets.map((socket) =>
    new Promise<void>((resolve) => {
      if (socket.readyState === WebSocket.CLOSED) resolve();
      else socket.addEventListener("close", () => resolve(), { once: true });
    })
  );
  await Promise.race([Promise.all(all), timeout]);
  clearTimeout(timer);
}
