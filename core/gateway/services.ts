import { Hub } from "../hub/hub.ts";
import { connectingStatus } from "../hub/replica.ts";
import type { Logger } from "../log.ts";
import type { Clock } from "../port/clock.ts";
import type { StoreHealth } from "../port/store.ts";
import type { HistoryStore } from "../port/history.ts";
import type { Secret } from "../secret.ts";
import type { FeedStatus } from "../wire/status.ts";
import { Admission } from "./admission.ts";
import type { ProxyTrust } from "./client_address.ts";
import { addFigures, type Figures } from "./figures.ts";
import { HistoryLoad } from "./history_load.ts";
import { HttpMetrics } from "./http_metrics.ts";
import { PageTickets } from "./page_tickets.ts";
import { RateLimit } from "./rate_limit.ts";
import type { SocketPlace } from "./socket_address.ts";
import type { Travel } from "./travel.ts";

/** Settings of the serving side. */
export interface ServeConfig {
  readonly provider: FeedStatus["provider"];
  readonly isReplay: boolean;
  /** Origins beside our own that may open sockets and read the API. */
  readonly corsOrigins: readonly string[];
  /** Host names that a request may ask for beside this machine's own; null for any. */
  readonly hosts: readonly string[] | null;
  /** Proxies whose word on a client's address counts. */
  readonly proxies: ProxyTrust;
  /** Null when sockets need no token. */
  readonly wsAuthToken: Secret | null;
  readonly wsConnectionsPerIpMax: number;
  readonly wsConnectionsMax: number;
  readonly wsThrottleIntervalMs: number;
  readonly wsIdleTimeoutS: number;
  /** Longest time that a client may leave bytes unsent. */
  readonly wsLagMsMax: number;
  /** Where scripts of our pages find the sockets. */
  readonly wsPlace: SocketPlace;
}

/** The state of the store. */
export interface StoreView {
  health(): StoreHealth;
  /** Its figures. */
  metrics(): Readonly<Record<string, number>>;
}

/** What requests reach through `ctx.state.services`. */
export interface Services {
  readonly hub: Hub;
  readonly store: StoreView;
  /** Days that are stored; every reading says when there is no store. */
  readonly history: HistoryStore;
  readonly historyLoad: HistoryLoad;
  /** Earlier minutes of recorded days. */
  readonly travel: Travel;
  readonly admission: Admission;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: ServeConfig;
  readonly startedMs: number;
  readonly version: string;
  /** A ticket for one page, which opens sockets like the configured token until the process ends. */
  pageTicket(): string;
  /** Requests by route and status. */
  readonly http: HttpMetrics;
  readonly restLimit: RateLimit;
  /** Set when the process is about to stop: no new sockets, not ready. */
  isDraining: boolean;
  /** Figures of sockets, hub and engine side. */
  metrics(): Readonly<Record<string, number>>;
}

/** Makes the services of a process around a new hub. */
export function createServices(
  parts: {
    config: ServeConfig;
    clock: Clock;
    log: Logger;
    version: string;
    store: StoreView;
    history: HistoryStore;
    travel: Travel;
    /** Figures of the gateways together. */
    gatewayFigures: () => Figures;
    /** Figures of what feeds the hub. */
    sourceFigures: () => Figures;
  },
): Services {
  const { config, clock } = parts;
  const startedMs = clock.nowMs();
  const tickets = new PageTickets(() => randomText(32));
  const admission = new Admission({
    clock,
    token: config.wsAuthToken,
    isPageTicket: (text) => tickets.isValid(text),
    newTicket: () => randomText(32),
    origins: config.corsOrigins,
    trust: config.proxies,
    perAddressMax: config.wsConnectionsPerIpMax,
    totalMax: config.wsConnectionsMax,
    isDraining: () => services.isDraining,
  });
  const hub = new Hub({
    status: { ...connectingStatus(config.provider, startedMs), replay: config.isReplay },
    throttleMs: config.wsThrottleIntervalMs,
    lagMsMax: config.wsLagMsMax,
    isValidToken: (token) => admission.isValidToken(token),
  });
  const restLimit = new RateLimit();
  const historyLoad = new HistoryLoad();
  const services: Services = {
    ...parts,
    hub,
    historyLoad,
    admission,
    startedMs,
    pageTicket: () => tickets.issue(),
    http: new HttpMetrics(),
    restLimit,
    isDraining: false,
    metrics: () => ({
      ...hub.engineMetrics(),
      ...addFigures([hub.metrics(), parts.gatewayFigures()]),
      ...admission.metrics(),
      ...parts.store.metrics(),
      ...parts.sourceFigures(),
      ...parts.travel.figures(),
      ...historyMetrics(historyLoad),
      rest_rate_limited_total: restLimit.refused,
      rest_rate_addresses: restLimit.addresses,
    }),
  };
  return services;
}

/** Random bytes as base64url. */
export function randomText(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return random.toBase64({ alphabet: "base64url", omitPadding: true });
}

function historyMetrics(
  { open, refused, unavailable, cut }: HistoryLoad,
): Record<string, number> {
  return {
    history_answers_open: open,
    history_refused_total: refused,
    history_unavailable_total: unavailable,
    history_cut_total: cut,
  };
}
