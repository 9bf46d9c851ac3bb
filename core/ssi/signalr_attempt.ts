import { backoffMs } from "./backoff.ts";
import type { Loss, SignalrContext, SignalrEffect, SignalrState } from "./signalr_state.ts";
import { switchChannelsText } from "./signalr_wire.ts";

/** The state while one step is worked out; nobody else ever holds it. */
export type Draft = { -readonly [K in keyof SignalrState]: SignalrState[K] };

/** One step being worked out. */
export interface Work {
  readonly s: Draft;
  readonly context: SignalrContext;
  readonly effects: SignalrEffect[];
}

/** Starts the next attempt with the token. */
export function beginAttempt({ s, context, effects }: Work): void {
  s.attempt++;
  s.stage = "token";
  s.deadlineMs = context.nowMs + context.limits.stageMs;
  s.runningSinceMs = null;
  s.subscribedMs = null;
  s.acknowledged = false;
  s.resubscribed = false;
  s.startFailure = null;
  s.hasData = false;
  s.healthySinceMs = null;
  effects.push({ type: "fetchToken", attempt: s.attempt, renew: s.renewToken });
}

/** Goes on to a stage and asks the shell for its work. */
export function enter(
  work: Work,
  stage: "negotiating" | "connecting" | "starting",
  limitMs: number,
) {
  const { s, effects, context } = work;
  s.stage = stage;
  s.deadlineMs = context.nowMs + limitMs;
  const type = ({ negotiating: "negotiate", connecting: "connect", starting: "start" } as const)[
    stage
  ];
  effects.push({ type, attempt: s.attempt });
}

/** The handshake is over, with or without a start call that went well: only data can tell. */
export function beginRunning(work: Work, startFailure: Loss | null): void {
  work.s.startFailure = startFailure;
  work.s.stage = "running";
  work.s.deadlineMs = null;
  subscribe(work);
}

/** Sends the whole selection of channels. */
export function subscribe({ s, context, effects }: Work): void {
  s.invocation++;
  s.runningSinceMs ??= context.nowMs;
  s.subscribedMs = context.nowMs;
  s.acknowledged = false;
  const text = switchChannelsText(context.channels, s.invocation);
  effects.push({ type: "send", attempt: s.attempt, text });
}

/** Has the shell drop what the attempt holds. */
export function close({ s, effects }: Work, abort: boolean): void {
  if (s.stage !== "idle" && s.stage !== "waiting") effects.push({ type: "closeSocket", abort });
}

/** Ends the attempt and sets the pause before the next one. */
export function lose(work: Work, loss: Loss, retryInMs = 0): void {
  const { s, context, effects } = work;
  const { nowMs, limits, random } = context;
  close(work, false);
  const steady = s.healthySinceMs !== null && nowMs - s.healthySinceMs >= limits.steadyMs;
  const blockedMs = loss.kind === "blocked" ? limits.blockedMs * (1 + random / 2) : 0;
  const retryMs = Math.max(backoffMs(s.failures, random, limits.backoff), blockedMs, retryInMs);
  if (!steady) s.failures++;
  if (loss.kind === "auth") {
    s.renewToken = true;
    s.authFailures++;
  }
  s.refusal = refusalOf(loss, s.authFailures) ?? s.refusal;
  s.lostReason = loss.reason;
  s.stage = "waiting";
  s.deadlineMs = nowMs + retryMs;
  s.healthySinceMs = null;
  effects.push({ type: "lost", loss, retryMs });
}

function refusalOf(loss: Loss, authFailures: number): string | null {
  if (loss.kind === "refused") return `SSI does not accept the key (${loss.reason})`;
  if (loss.kind === "blocked") return `SSI has blocked this key for a while (${loss.reason})`;
  // One refused token may just have ended; a second one, freshly granted, means the key.
  const again = loss.kind === "auth" && authFailures >= 2;
  return again ? `SSI does not accept the token of this key (${loss.reason})` : null;
}
