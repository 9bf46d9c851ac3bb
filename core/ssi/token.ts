import type { TokenFailure } from "./token_reply.ts";

/** Rules of asking for tokens. */
export interface TokenLimits {
  /** Shortest time between two requests. */
  readonly spacingMs: number;
  /** Wait after a quota or blocking text. */
  readonly blockedMs: number;
  /** A token is renewed this long before its end, or at this share of its life if that is later. */
  readonly marginMs: number;
  readonly marginShare: number;
}

/** The rules of SSI's protocol; an eight-hour token is renewed 30 to 36 minutes before its end. */
export const TOKEN_LIMITS: TokenLimits = {
  spacingMs: 30_000,
  blockedMs: 60_000,
  marginMs: 30 * 60_000,
  marginShare: 0.2,
};

/** Life cycle of the token, without the token: what is held is known here by its serial only. */
export interface TokenState {
  /** Rises with each token granted; 0 before the first. */
  readonly serial: number;
  readonly held: {
    readonly expiresMs: number;
    readonly refreshAtMs: number;
    /** Until then it is good enough for a new stream connection. */
    readonly freshUntilMs: number;
  } | null;
  readonly requesting: boolean;
  /** No request leaves before this instant. */
  readonly nextRequestMs: number;
  readonly requests: number;
  /** Failures in a row. */
  readonly failures: number;
  readonly lastFailure: TokenFailure | null;
}

export type TokenEvent =
  /** Somebody needs a token; `fresh` for a new stream connection, `refusedSerial` was turned down. */
  | { readonly type: "wanted"; readonly fresh: boolean; readonly refusedSerial: number | null }
  | { readonly type: "tick" }
  | { readonly type: "granted"; readonly lifeMs: number }
  | { readonly type: "failed"; readonly failure: TokenFailure };

export interface TokenContext {
  readonly nowMs: number;
  /** In [0, 1). */
  readonly random: number;
  readonly limits: TokenLimits;
}

export interface TokenStep {
  readonly state: TokenState;
  /** True when a request is to be sent now; its outcome comes back as `granted` or `failed`. */
  readonly request: boolean;
}

export function initialToken(): TokenState {
  return {
    serial: 0,
    held: null,
    requesting: false,
    nextRequestMs: 0,
    requests: 0,
    failures: 0,
    lastFailure: null,
  };
}

/** Whether a token is held that has not ended. */
export function holdsToken(state: TokenState, nowMs: number): boolean {
  return state.held !== null && nowMs < state.held.expiresMs;
}

/** When the holder wants a `tick`: the time of the next renewal; null while nothing is held. */
export function tokenWakeMs(state: TokenState): number | null {
  if (state.held === null || state.requesting) return null;
  return Math.max(state.held.refreshAtMs, state.nextRequestMs);
}

/** One step of the token's life. At most one request is ever out, at most one leaves per spacing. */
export function tokenStep(state: TokenState, event: TokenEvent, context: TokenContext): TokenStep {
  switch (event.type) {
    case "wanted": {
      const refused = event.refusedSerial !== null && event.refusedSerial === state.serial;
      const kept = refused ? { ...state, held: null } : state;
      const enough = event.fresh
        ? kept.held !== null && context.nowMs < kept.held.freshUntilMs
        : holdsToken(kept, context.nowMs);
      return enough ? { state: kept, request: false } : ask(kept, context);
    }
    case "tick": {
      const due = state.held !== null && context.nowMs >= state.held.refreshAtMs;
      return due ? ask(state, context) : { state, request: false };
    }
    case "granted":
      return { state: grant(state, event.lifeMs, context), request: false };
    case "failed":
      return { state: fail(state, event.failure, context), request: false };
  }
}

function ask(state: TokenState, { nowMs, limits }: TokenContext): TokenStep {
  if (state.requesting || nowMs < state.nextRequestMs) return { state, request: false };
  const asked = {
    ...state,
    requesting: true,
    requests: state.requests + 1,
    nextRequestMs: nowMs + limits.spacingMs,
  };
  return { state: asked, request: true };
}

function grant(state: TokenState, lifeMs: number, context: TokenContext): TokenState {
  const { nowMs, random, limits } = context;
  const marginMs = Math.min(limits.marginMs, lifeMs * limits.marginShare);
  const held = {
    expiresMs: nowMs + lifeMs,
    refreshAtMs: nowMs + lifeMs - marginMs * (1 + random * 0.2),
    freshUntilMs: nowMs + lifeMs - 2 * marginMs,
  };
  const serial = state.serial + 1;
  return { ...state, serial, held, requesting: false, failures: 0, lastFailure: null };
}

function fail(state: TokenState, failure: TokenFailure, context: TokenContext): TokenState {
  const { nowMs, random, limits } = context;
  const waitMs = failure.kind === "blocked" ? limits.blockedMs : 0;
  return {
    ...state,
    requesting: false,
    failures: state.failures + 1,
    lastFailure: failure,
    nextRequestMs: Math.max(state.nextRequestMs, nowMs + waitMs) + limits.spacingMs * random / 2,
  };
}
