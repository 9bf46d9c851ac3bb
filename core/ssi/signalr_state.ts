import type { BackoffLimits } from "./backoff.ts";
import type { TransportFrame } from "./frame.ts";

/** Times of the connection's life, all in ms. */
export interface SignalrLimits {
  /** Longest wait for the answer to a token request, negotiate or start, and to SwitchChannels. */
  readonly stageMs: number;
  /** Longest wait for the socket and its init frame. */
  readonly initMs: number;
  /** No frame at all for this time, or for the server's own keep-alive time if longer: lost. */
  readonly keepAliveMinMs: number;
  /** No market data for this time in a trading phase: stale, and the channels are asked for again. */
  readonly silenceMs: number;
  /** No market data for this time in a trading phase: reconnect. */
  readonly silentReconnectMs: number;
  /** Data this soon after a subscription may be the hub's cache, which proves no end of a stall. */
  readonly settleMs: number;
  /** A connection whose start call failed must carry data within this time. */
  readonly startGraceMs: number;
  /** A connection that carried data for this time does not raise the back-off when it drops. */
  readonly steadyMs: number;
  /** Healthy for this time: the back-off starts over. */
  readonly healthyMs: number;
  /** Shortest wait after a quota or blocking text. */
  readonly blockedMs: number;
  /** The state is looked at least this often. */
  readonly tickMs: number;
  readonly backoff: BackoffLimits;
}

/** Limits of the protocol sheet and of the reliability table. */
export const SIGNALR_LIMITS: SignalrLimits = {
  stageMs: 15_000,
  initMs: 10_000,
  keepAliveMinMs: 20_000,
  silenceMs: 10_000,
  silentReconnectMs: 30_000,
  settleMs: 3_000,
  startGraceMs: 10_000,
  steadyMs: 10_000,
  healthyMs: 60_000,
  blockedMs: 60_000,
  tickMs: 1_000,
  backoff: { minMs: 1_000, maxMs: 30_000 },
};

/** Where one attempt stands; `waiting` is the pause before the next one. */
export type Stage =
  | "idle"
  | "waiting"
  | "token"
  | "negotiating"
  | "connecting"
  | "starting"
  | "running"
  | "stopped";

/** What the connection looks like from outside. */
export interface FeedView {
  readonly state: "connecting" | "live" | "stale" | "refused";
  readonly reason: string | null;
}

/** Why something ended: the token, a quota, the key itself, or anything that may pass by itself. */
export type LossKind = "auth" | "blocked" | "refused" | "transient";

export interface Loss {
  readonly kind: LossKind;
  readonly reason: string;
}

export interface SignalrState {
  readonly stage: Stage;
  /** Rises with each attempt; events of an older one are ignored. */
  readonly attempt: number;
  /** When the stage must have ended; for `waiting` the start of the next attempt. */
  readonly deadlineMs: number | null;
  readonly failures: number;
  readonly authFailures: number;
  /** The token held was not accepted or is to be renewed. */
  readonly renewToken: boolean;
  /** Why SSI does not let us in, while that is so. */
  readonly refusal: string | null;
  /** Why the last connection ended. */
  readonly lostReason: string | null;
  readonly keepAliveMs: number | null;
  readonly lastFrameMs: number;
  /** First subscription of this connection, and the latest one. */
  readonly runningSinceMs: number | null;
  readonly subscribedMs: number | null;
  readonly invocation: number;
  readonly acknowledged: boolean;
  readonly resubscribed: boolean;
  readonly startFailure: Loss | null;
  /** This connection has carried data. */
  readonly hasData: boolean;
  readonly healthySinceMs: number | null;
  /** Newest data of any connection. */
  readonly lastDataMs: number | null;
  readonly tradingSinceMs: number | null;
  /** The shown data are older than they may be in a trading phase. */
  readonly stale: boolean;
  readonly view: FeedView;
}

export type SignalrEvent =
  | { readonly type: "start" }
  | { readonly type: "stop" }
  | { readonly type: "tick" }
  /** Once a day, outside trading: a new connection on a new token, so that none ends in a session. */
  | { readonly type: "renew" }
  | { readonly type: "tokenReady"; readonly attempt: number }
  | {
    readonly type: "tokenFailed";
    readonly attempt: number;
    readonly loss: Loss;
    /** Asking for a token earlier than that is of no use. */
    readonly retryInMs: number;
  }
  | { readonly type: "negotiated"; readonly attempt: number; readonly keepAliveMs: number | null }
  /** Negotiate or connect did not succeed. */
  | { readonly type: "failed"; readonly attempt: number; readonly loss: Loss }
  | { readonly type: "opened"; readonly attempt: number }
  | { readonly type: "frame"; readonly attempt: number; readonly frame: TransportFrame }
  | { readonly type: "started"; readonly attempt: number; readonly failure: Loss | null }
  | { readonly type: "closed"; readonly attempt: number; readonly loss: Loss };

/** What the shell is to do; it runs them in order. */
export type SignalrEffect =
  /** Get a token; `renew`: the one used last is not to be used again. */
  | { readonly type: "fetchToken"; readonly attempt: number; readonly renew: boolean }
  | { readonly type: "negotiate"; readonly attempt: number }
  | { readonly type: "connect"; readonly attempt: number }
  | { readonly type: "start"; readonly attempt: number }
  | { readonly type: "send"; readonly attempt: number; readonly text: string }
  /** Drop all that belongs to the attempt; `abort` tells the hub first. */
  | { readonly type: "closeSocket"; readonly abort: boolean }
  | { readonly type: "lost"; readonly loss: Loss; readonly retryMs: number }
  | { readonly type: "resubscribed" }
  | { readonly type: "hubMessage"; readonly text: string }
  | { readonly type: "report"; readonly view: FeedView };

export interface SignalrContext {
  readonly nowMs: number;
  /** Whether a board is in a phase with matching, by the feed's own session codes. */
  readonly trading: boolean;
  /** In [0, 1). */
  readonly random: number;
  readonly limits: SignalrLimits;
  /** One comma-joined selection. */
  readonly channels: string;
}

export interface SignalrStep {
  readonly state: SignalrState;
  readonly effects: readonly SignalrEffect[];
  /** When the shell is to send a `tick` at the latest; null when nothing is under way. */
  readonly wakeAtMs: number | null;
}

export function initialSignalr(): SignalrState {
  return {
    stage: "idle",
    attempt: 0,
    deadlineMs: null,
    failures: 0,
    authFailures: 0,
    renewToken: false,
    refusal: null,
    lostReason: null,
    keepAliveMs: null,
    lastFrameMs: 0,
    runningSinceMs: null,
    subscribedMs: null,
    invocation: 0,
    acknowledged: false,
    resubscribed: false,
    startFailure: null,
    hasData: false,
    healthySinceMs: null,
    lastDataMs: null,
    tradingSinceMs: null,
    stale: false,
    view: { state: "connecting", reason: null },
  };
}
