import type { SessionCertificate } from "./certificate.ts";
import type { Health } from "./health.ts";

/** Figures of `/health` that the page shows beside the rest. */
const FIGURES = [
  "store_pending_rows",
  "store_pending_rows_max",
  "bus_dropped_total",
  "bus_connected",
  "gateways",
  "gateways_up",
  "gateway_restarts_total",
] as const;
export type SystemFigure = typeof FIGURES[number];

/** The parts of `/api/ws/health` that the page shows; null is what has not been told yet. */
interface SocketFacts {
  readonly connections: {
    readonly links: number;
    readonly addresses: number;
    readonly refused: Readonly<Record<string, number>>;
  };
  readonly sending: {
    readonly dropped: Readonly<Record<string, number | null>>;
    readonly bus_gaps: number | null;
  };
  readonly upstream: {
    readonly last_message_age_ms: number | null;
    readonly attempts: number | null;
  };
  readonly decode: {
    readonly messages: number | null;
    readonly refused: Readonly<Record<string, number>>;
  };
  readonly gaps: { readonly missing_volume: number; readonly symbols_with_missing: number };
  readonly classifier: {
    readonly agree: number | null;
    readonly disagree: number | null;
    readonly agreement_pct: number | null;
  };
  readonly publish_delay_ms: { readonly p50: number | null; readonly p99: number | null };
}

/** What the page of the server's state is made of. */
export interface SystemFacts {
  readonly health: Omit<Health, "metrics">;
  readonly figures: Readonly<Partial<Record<SystemFigure, number>>>;
  readonly sockets: SocketFacts;
  /** The newest archived session; null before the first. */
  readonly session: SessionCertificate | null;
}

/** The parts of `/health` that the page shows. */
export function healthFacts(
  { metrics, ...health }: Health,
): Pick<SystemFacts, "health" | "figures"> {
  const known = FIGURES.filter((name) => metrics[name] !== undefined);
  return { health, figures: Object.fromEntries(known.map((name) => [name, metrics[name]!])) };
}

/** Of a body of `/api/ws/health` the same. */
export function socketFacts(body: SocketFacts): SocketFacts {
  const { connections, sending, upstream, decode, gaps, classifier, publish_delay_ms } = body;
  return { connections, sending, upstream, decode, gaps, classifier, publish_delay_ms };
}
