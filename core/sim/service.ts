import type { SimStart } from "../config_forms.ts";
import { createDay } from "../exchange/day.ts";
import { disorderedDay, type DisorderOptions } from "../exchange/disorder.ts";
import { dressOf, type SimProfile } from "../exchange/quirks.ts";
import type { Scenario, SimDay, SimDayOptions, TruthTrade } from "../exchange/types.ts";
import { isTradingDay, tradingDayOnOrBefore } from "../market/calendar.ts";
import { vnDate, vnSecondOfDay } from "../market/time.ts";
import type { Clock } from "../port/clock.ts";
import type { MarketHub, Mute } from "./hub.ts";
import type { SimSpeed } from "./options.ts";
import type { AuthMode } from "./rest.ts";
import { MarketRunner, OPEN_START_MS, type RunnerStats } from "./runner.ts";
import { type SsiServerOptions, type SsiServerStats, startSsiServer } from "./ssi_server.ts";

/** How to start the service; what is left out has the default said here. */
export interface SimServiceOptions extends Omit<SsiServerOptions, "clock" | "dress"> {
  readonly seed: number;
  readonly scenario: Scenario;
  /** How the wire spells its messages; default wild. */
  readonly profile?: SimProfile;
  readonly speed: SimSpeed;
  readonly start: SimStart;
  /** Trading date `YYYY-MM-DD`; default today in Viet Nam or the trading day before. */
  readonly date?: string;
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
export interface SimStats extends SsiServerStats, RunnerStats {}

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

/** Starts the service; rejects with a clear message when the port is taken or an option is wrong. */
export async function startSimService(options: SimServiceOptions): Promise<SimService> {
  const clock = options.clock ?? { nowMs: () => Date.now() };
  const dress = dressOf(options.profile ?? "wild", options.seed);
  const server = await startSsiServer(
    { ...options, clock, dress },
    (hub) => newRunner(options, clock, hub),
  );
  const { url, hub, rest, tokens, source: runner } = server;
  return {
    url,
    streamUrl: url,
    seed: options.seed,
    scenario: options.scenario,
    date: () => runner.facts.date,
    stats: () => ({ ...server.stats(), ...runner.stats() }),
    dropSockets: () => void hub.closeSockets(),
    mute: (mode) => void (hub.mute = mode),
    revokeTokens: () => tokens.revokeAll(),
    setAuth: (mode) => void (rest.authMode = mode),
    pause: () => runner.pause(),
    resume: () => runner.resume(),
    stepTo: (secondOfDay) => runner.stepTo(secondOfDay * 1000),
    close: () => server.close(),
  };
}

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
