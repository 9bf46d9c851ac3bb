import { beginAttempt, beginRunning, lose, subscribe, type Work } from "./signalr_attempt.ts";
import type { SignalrState } from "./signalr_state.ts";

/** Time passed: deadlines of the stages and the first watchdog. */
export function tick(work: Work): void {
  const { s, context } = work;
  const { nowMs, limits } = context;
  const overdue = s.deadlineMs !== null && nowMs >= s.deadlineMs;
  const transient = (reason: string) => lose(work, { kind: "transient", reason });
  switch (s.stage) {
    case "waiting":
      if (overdue) beginAttempt(work);
      return;
    case "token":
    case "negotiating":
    case "connecting":
      if (overdue) transient(`no answer while ${WORDS[s.stage]}`);
      return;
    case "starting":
      if (!overdue) return checkFrames(work);
      return beginRunning(work, { kind: "transient", reason: "no answer to the start call" });
    case "running": {
      checkFrames(work);
      if (s.stage !== "running" || s.hasData) return;
      const runningMs = nowMs - (s.runningSinceMs ?? nowMs);
      const askedMs = nowMs - (s.subscribedMs ?? nowMs);
      if (s.startFailure !== null && runningMs >= limits.startGraceMs) lose(work, s.startFailure);
      else if (!s.acknowledged && askedMs >= limits.stageMs) {
        transient("no answer to SwitchChannels");
      }
    }
  }
}

const WORDS = {
  token: "asking for a token",
  negotiating: "negotiating the stream",
  connecting: "connecting the stream",
} as const;

/** First watchdog: the transport. Without a keep-alive promise silence means nothing. */
function checkFrames(work: Work): void {
  const { s, context } = work;
  if (s.keepAliveMs === null) return;
  const limitMs = Math.max(context.limits.keepAliveMinMs, s.keepAliveMs);
  if (context.nowMs - s.lastFrameMs < limitMs) return;
  lose(work, { kind: "transient", reason: `no frame for ${Math.round(limitMs / 1000)} s` });
}

/** Notes when trading began; outside trading nothing is stale. */
export function watchTrading({ s, context }: Work): void {
  if (context.trading) {
    s.tradingSinceMs ??= context.nowMs;
  } else {
    s.tradingSinceMs = null;
    s.stale = false;
  }
}

/** Since when data are awaited in a trading phase; null outside one and before any could come. */
export function silentSinceMs(s: SignalrState): number | null {
  if (s.tradingSinceMs === null) return null;
  const dataMs = s.lastDataMs ?? s.runningSinceMs;
  return dataMs === null ? null : Math.max(dataMs, s.tradingSinceMs);
}

/** Second watchdog: the data. Keep-alives prove the transport only. */
export function watchSilence(work: Work): void {
  const { s, context } = work;
  const { nowMs, limits } = context;
  const sinceMs = silentSinceMs(s);
  if (sinceMs !== null) {
    if (nowMs - sinceMs >= limits.silenceMs) s.stale = true;
    // What an older connection missed is not held against this one.
    if (s.stage === "running") escalate(work, Math.max(sinceMs, s.runningSinceMs ?? 0));
  }
  const healthy = s.stage === "running" && !s.stale && (s.hasData || s.acknowledged);
  if (!healthy) s.healthySinceMs = null;
  else if (s.healthySinceMs === null) s.healthySinceMs = nowMs;
  else if (nowMs - s.healthySinceMs >= limits.healthyMs) s.failures = 0;
}

/** Asks for the channels again after one silence limit, for a new connection after the next. */
function escalate(work: Work, sinceMs: number): void {
  const { s, context, effects } = work;
  const { nowMs, limits } = context;
  if (nowMs - sinceMs >= limits.silentReconnectMs) {
    const seconds = Math.round(limits.silentReconnectMs / 1000);
    lose(work, { kind: "transient", reason: `no market data for ${seconds} s while trading` });
  } else if (nowMs - sinceMs >= limits.silenceMs && !s.resubscribed) {
    s.resubscribed = true;
    subscribe(work);
    effects.push({ type: "resubscribed" });
  }
}
