import { isLoopback, type SimStart } from "../config_forms.ts";
import { createDay } from "../exchange/day.ts";
import { disorderedDay, type DisorderOptions } from "../exchange/disorder.ts";
import { dressOf, type SimProfile } from "../exchange/quirks.ts";
import type { Scenario, SimDay, SimDayOptions, TruthTrade } from "../exchange/types.ts";
import { isTradingDay, tradingDayOnOrBefore } from "../market/calendar.ts";
import { vnDate, vnSecondOfDay } from "../market/time.ts";
import type { Clock } from "../port/clock.ts";
import { newCounters, type SimCounters } from "./counters.ts";
import { MarketHub, type Mute } from "./hub.ts";
import { CLOSE_WAIT_MS } from "./limits.ts";
import type { SimSpeed } from "./options.ts";
import { type AuthMode, RestApi } from "./rest.ts";
import { MarketRunner, OPEN_START_MS, type RunnerStats } from "./runner.ts";
import { handleSignalr } from "./signalr.ts";
import { type SimKey, TokenAuthority } from "./tokens.ts";

/** How to start the service; what is left out has the default said here. */
export interface SimServiceOptions {
  /** Loopback only: 127.0.0.1 (default), ::1 or localhost. */
  readonly hostname?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly seed: number;
  readonly scenario: Scenario;
  /** How the wire spells its messages; default wild. */
  readonly profile?: SimProfile;
  readonly speed: SimSpeed;
  readonly start: SimStart;
  /** Trading date `YYYY-MM-DD`; default today in Viet Nam or the trading day before. */
  readonly date?: string;
  /** Default demo / demo. */
  readonly keys?: readonly SimKey[];
  /** Default 8 hours. */
  readonly tokenLifeMs?: number;
  /** Idle time before a keep-alive; default 10 s. */
  readonly keepAliveMs?: number;
  /** REST requests per second and user; default no quota. */
  readonly restPerSecond?: number;
  /** Start the next trading day after the close; default true. */
  readonly loop?: boolean;
  /** Start paused, once fast-forwarded; default false. */
  readonly paused?: boolean;
  /** Loses, repeats and delays messages; default a line that does not. */
  readonly disorder?: DisorderOptions;
  /** Default the machine's clock. */
  readonly clock?: Clock;
  /** The market model; default the simulated exchange. */
  readonly openDay?: (options: SimDayOptions) => SimDay;
  /** Told of every match with its true aggressor. */
  readonly onTrade?: (trade: TruthTrade) => void;
}

/** Figures of a running service. */
export interface SimStats extends Readonly<SimCounters>, RunnerStats {
  /** Connections with a socket. */
  readonly connected: number;
  /** Connections that can still be resumed, and those with a socket. */
  readonly held: number;
  readonly tokensIssued: number;
}

/** A running simulated SSI service. */
export interface SimService {
  /** Base URL for REST and for the stream, without a slash at the end. */
  readonly url: string;
  readonly streamUrl: string;
  readonly seed: number;
  readonly scenario: Scenario;
  /** Trading date being simulated; moves on when days loop. */
  date(): string;
  stats(): SimStats;
  /** Closes every socket; the service goes on. */
  dropSockets(): void;
  mute(mode: Mute): void;
  /** Makes every token issued so far worthless. */
  revokeTokens(): void;
  setAuth(mode: AuthMode): void;
  pause(): void;
  resume(): void;
  /** Runs a paused market to a second of the day, publishing; resolves there or at the close. */
  stepTo(secondOfDay: number): Promise<void>;
  /** Stops the market, the sockets and the server. */
  close(): Promise<void>;
}

const TOKEN_LIFE_MS = 8 * 3_600_000;
const KEEP_ALIVE_MS = 10_000;

/** Starts the service; rejects with a clear message when the port is taken or an option is wrong. */
export async function startSimService(options: SimServiceOptions): Promise<SimService> {
  const clock = options.clock ?? { nowMs: () => Date.now() };
  const hostname = options.hostname ?? "127.0.0.1";
  if (!isLoopback(hostname)) {
    throw new RangeError(`Cannot listen on ${hostname}: the simulated service is loopback only`);
  }
  const counters = newCounters();
  const tokens = await TokenAuthority.create(clock, options.tokenLifeMs ?? TOKEN_LIFE_MS);
  const hub = new MarketHub(() => runner, {
    clock,
    counters,
    dress: dressOf(options.profile ?? "wild", options.seed),
  });
  const runner = newRunner(options, clock, hub);
  const keepAliveMs = options.keepAliveMs ?? KEEP_ALIVE_MS;
  const rest = new RestApi({
    day: () => runner.day,
    tokens,
    keys: options.keys ?? [{ id: "demo", secret: "demo" }],
    clock,
    counters,
    perSecond: options.restPerSecond ?? null,
  });
  const server = listen(hostname, options.port, (request) => {
    const path = new URL(request.url).pathname.toLowerCase();
    const [, endpoint, action] = PATHS.exec(path) ?? [];
    if (endpoint !== undefined) return rest.handle(request, endpoint);
    if (action === undefined) return Response.json({ message: "Not found" }, { status: 404 });
    return handleSignalr(request, action, { hub, tokens, counters, keepAliveMs });
  });
  const heart = setInterval(() => hub.beat(keepAliveMs), keepAliveMs / 5);
  // Not caught: a market model that throws is a defect and takes its process or worker down.
  const running = runner.run();
  const { hostname: address, port } = server.addr;
  const url = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  return {
    url,
    streamUrl: url,
    seed: options.seed,
    scenario: options.scenario,
    date: () => runner.day.date,
    stats: () => ({
      ...counters,
      ...runner.stats(),
      connected: hub.connected,
      held: hub.held,
      tokensIssued: tokens.issued,
    }),
    dropSockets: () => void hub.closeSockets(),
    mute: (mode) => void (hub.mute = mode),
    revokeTokens: () => tokens.revokeAll(),
    setAuth: (mode) => void (rest.authMode = mode),
    pause: () => runner.pause(),
    resume: () => runner.resume(),
    stepTo: (secondOfDay) => runner.stepTo(secondOfDay * 1000),
    close: async () => {
      clearInterval(heart);
      runner.stop();
      await running;
      await closed(hub.closeSockets());
      await server.shutdown();
    },
  };
}

const PATHS = /^\/+(?:api\/v2\/market\/(\w+)|v2\.0\/signalr\/(\w+))\/?$/;

function newRunner(options: SimServiceOptions, clock: Clock, hub: MarketHub): MarketRunner {
  const { seed, scenario, onTrade, speed } = options;
  const today = vnDate(clock.nowMs());
  const openDay = (date: string) => {
    const day = (options.openDay ?? createDay)({ seed, scenario, date, onTrade });
    return options.disorder === undefined ? day : disorderedDay(day, options.disorder);
  };
  return new MarketRunner({
    openDay,
    date: options.date ?? tradingDayOnOrBefore(today),
    firstTargetMs: firstTarget(options.start, clock),
    speed,
    loop: options.loop ?? true,
    paused: options.paused ?? false,
    clock,
    sink: hub,
  });
}

/** `now` follows the wall clock while a board trades; at any other hour the day starts at the open. */
function firstTarget(start: SimStart, clock: Clock): () => number {
  if (typeof start === "object") return () => start.secondOfDay * 1000;
  const startedMs = clock.nowMs();
  const second = vnSecondOfDay(startedMs);
  const minute = second / 60;
  const trading = isTradingDay(vnDate(startedMs)) &&
    ((minute >= 9 * 60 && minute < 11 * 60 + 30) || (minute >= 13 * 60 && minute < 14 * 60 + 45));
  if (start === "open" || !trading) return () => OPEN_START_MS;
  return () => second * 1000 + clock.nowMs() - startedMs;
}

function listen(
  hostname: string,
  port: number,
  handler: (request: Request) => Response | Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname, port, onListen: () => {} }, handler);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
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
