import type { Exchange, Phase } from "../market/phase.ts";

/** How far a number may be trusted; every REST payload carries it as `data_status`. */
export type DataStatus = "live" | "stale" | "closed" | "replay" | "simulated";

/** State of the upstream feed as people and programs see it. */
export interface FeedStatus {
  /** `ssi` is the real feed, `sim` the simulated exchange. */
  readonly provider: "ssi" | "sim";
  /** A recorded day of the provider is played again. */
  readonly replay: boolean;
  readonly state: "connecting" | "live" | "stale" | "closed" | "refused";
  /** Why, in English, when the state is not live; never holds a secret. */
  readonly reason: string | null;
  /** Receive clock, Unix ms, of the last change of state. */
  readonly sinceMs: number;
  /** Exchange time, Unix ms, of the newest message; null before the first one. */
  readonly asOfMs: number | null;
  /** Trading date of the newest message, `YYYY-MM-DD`. */
  readonly tradingDate: string | null;
  readonly phases: Readonly<Record<Exchange, Phase>>;
  /** Where the VN30 list came from: the feed, or the dated list in the product. */
  readonly membership: "feed" | "static";
  /** False while the journal's disk takes nothing: what comes meanwhile may be lost with the program. */
  readonly recorded: boolean;
}

/**
 * The label of a payload: simulated wins, so that no simulated number can pass for a real one, and
 * replay in every state, so that no number of another day can pass for one of today.
 */
export function dataStatus(feed: FeedStatus): DataStatus {
  if (feed.provider === "sim") return "simulated";
  if (feed.replay) return "replay";
  return feed.state === "live" ? "live" : feed.state === "closed" ? "closed" : "stale";
}

/** Differs when the status has news: anything but the clock of the newest message. */
export function statusKey(feed: FeedStatus): string {
  return JSON.stringify({ ...feed, asOfMs: null });
}
