import type { Clock } from "../port/clock.ts";
import { Secret } from "../secret.ts";
import type { TransportFrame } from "../ssi/frame.ts";
import type { FeedView, SignalrLimits } from "../ssi/signalr_state.ts";
import { SIGNALR_LIMITS } from "../ssi/signalr_state.ts";
import type { BackoffLimits } from "../ssi/backoff.ts";
import { TOKEN_LIMITS, type TokenLimits } from "../ssi/token.ts";
import { delay } from "./delay.ts";
import { Governor, GOVERNOR_LIMITS, type GovernorLimits } from "./governor.ts";
import type { Fetch } from "./http.ts";
import { HubClient, type HubStats } from "./hub_client.ts";
import type { FeedLog } from "./log.ts";
import { Redactor } from "./redactor.ts";
import { RestClient } from "./rest_client.ts";
import { followUniverse, type Universe } from "./startup.ts";
import type { ReferenceEvent } from "../market/event.ts";
import type { NameEntry } from "../wire/names.ts";
import { followReference } from "./reference.ts";
import { risingClock } from "./steady_clock.ts";
import { TokenKeeper } from "./token_keeper.ts";

/** Times of the feed; a test makes them short. */
export interface FeedLimits {
  readonly signalr: SignalrLimits;
  readonly token: TokenLimits;
  readonly governor: GovernorLimits;
  /** Longest wait for an answer of the REST service, negotiate or start. */
  readonly requestMs: number;
  /** Longest time that loading the members holds up the connection. */
  readonly membersFirstMs: number;
  /** Pause before a universe that did not load is asked for again. */
  readonly universeRetryMs: number;
  /** Pauses before a call for listed shares or members that failed is made again. */
  readonly referenceBackoff: BackoffLimits;
  /** How often the feed looks whether a new day began. */
  readonly dayCheckMs: number;
}

/** What the protocol sheet and the reliability table ask for. */
export const FEED_LIMITS: FeedLimits = {
  signalr: SIGNALR_LIMITS,
  token: TOKEN_LIMITS,
  governor: GOVERNOR_LIMITS,
  requestMs: 10_000,
  membersFirstMs: 5_000,
  universeRetryMs: 60_000,
  referenceBackoff: { minMs: 30_000, maxMs: 15 * 60_000 },
  dayCheckMs: 60_000,
};

export interface FeedOptions {
  /** REST service, `https://fc-data.ssi.com.vn`. */
  readonly baseUrl: string;
  /** Stream service, `https://fc-datahub.ssi.com.vn`. */
  readonly streamUrl: string;
  readonly consumerId: string;
  readonly consumerSecret: Secret;
  /** One comma-joined selection, sent whole after each connect. */
  readonly channels: string;
  /** Codes to use instead of the listed futures; empty for none. */
  readonly futuresOverride: readonly string[];
  readonly limits?: FeedLimits;
}

/** State of the connection; the reason is in plain words and holds no secret. */
export interface FeedState extends FeedView {
  /** Receive clock, Unix ms, of the last change of `state`. */
  readonly sinceMs: number;
}

export interface FeedHandlers {
  /** Every text of the socket, keep-alives too, in order, and the same text parsed; it must be quick. */
  onFrame(text: string, receivedMs: number, frame: TransportFrame): void;
  onState(state: FeedState): void;
  onUniverse(universe: Universe): void;
  /** Listed shares and members of indices, once the stream has connected. */
  onReference(event: ReferenceEvent): void;
  /** Names of securities as calls that are made anyway bring them. */
  onNames(names: readonly NameEntry[]): void;
  /** Whether a board is in a phase with matching, by the feed's own session codes. */
  isTrading(): boolean;
  /** Newest trading date in the frames, `YYYY-MM-DD`; null before the first. */
  tradingDate(): string | null;
}

export interface FeedDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: FeedLog;
  readonly fetch?: Fetch;
}

/** Counters since start. */
export interface FeedStats extends HubStats {
  readonly tokenRequests: number;
  /** Failed token requests in a row. */
  readonly tokenFailures: number;
  /** REST calls not made because too many were waiting. */
  readonly restRefused: number;
}

export interface FeedHandle {
  /** Leaves the hub and ends everything; resolves when nothing is left running. */
  stop(): Promise<void>;
  stats(): FeedStats;
}

/**
 * Starts the one upstream connection and keeps it: token, members of VN30, stream; then whatever
 * the watchdogs ask for. It never gives up and never throws; what is wrong is said by `onState`.
 */
export function startFeed(
  options: FeedOptions,
  handlers: FeedHandlers,
  deps: FeedDeps,
): FeedHandle {
  const limits = options.limits ?? FEED_LIMITS;
  const baseUrl = withoutEndSlashes(options.baseUrl);
  const { consumerId, consumerSecret, futuresOverride } = options;
  const redactor = new Redactor();
  redactor.add("consumerSecret", consumerSecret);
  redactor.add("consumerId", new Secret(consumerId));
  const governor = new Governor(limits.governor);
  const rising = risingClock(deps.clock);
  const shared = { ...deps, fetch: deps.fetch ?? ((url, init) => fetch(url, init)), redactor };
  const stop = new AbortController();
  const { requestMs: timeoutMs, dayCheckMs } = limits;

  const keeper = new TokenKeeper(
    { baseUrl, consumerId, consumerSecret, timeoutMs, limits: limits.token },
    { ...shared, rising },
  );
  const rest = new RestClient(
    { baseUrl, timeoutMs },
    { ...shared, clock: rising, keeper, governor, signal: stop.signal },
  );
  const base = `${withoutEndSlashes(options.streamUrl)}/v2.0/signalr`;
  const connected = Promise.withResolvers<void>();
  const hub = new HubClient(
    { base, timeoutMs, channels: options.channels, limits: limits.signalr },
    onceLive(handlers, connected.resolve),
    { ...shared, keeper },
  );
  const reference = followReference(
    { backoff: limits.referenceBackoff, dayCheckMs },
    handlers,
    { ...deps, rest, signal: stop.signal, connected: connected.promise },
  );

  const firstTry = new AbortController();
  const universe = followUniverse(
    { futuresOverride, retryMs: limits.universeRetryMs, dayCheckMs },
    {
      onUniverse: (loaded) => handlers.onUniverse(loaded),
      onNames: (names) => handlers.onNames(names),
      onFirstTry: () => firstTry.abort(),
      onNewDay: () => hub.renew(),
      tradingDate: () => handlers.tradingDate(),
    },
    { ...deps, rest, signal: stop.signal },
  );
  const started = delay(limits.membersFirstMs, AbortSignal.any([firstTry.signal, stop.signal]))
    .then(() => hub.start());

  return {
    async stop() {
      stop.abort();
      connected.resolve();
      await Promise.all([hub.stop(), keeper.stop(), started, universe, reference]);
    },
    stats() {
      const { requests, failures } = keeper.counts;
      return {
        ...hub.stats(),
        tokenRequests: requests,
        tokenFailures: failures,
        restRefused: governor.refused,
      };
    },
  };
}

/** The same handlers, that also say when the stream is live. */
function onceLive(handlers: FeedHandlers, onLive: () => void): FeedHandlers {
  return {
    ...handlers,
    onState(state) {
      if (state.state === "live") onLive();
      handlers.onState(state);
    },
  };
}

function withoutEndSlashes(url: string): string {
  return url.replace(/\/+$/, "");
}
