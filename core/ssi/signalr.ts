import type { TransportFrame } from "./frame.ts";
import { beginAttempt, beginRunning, close, enter, lose, type Work } from "./signalr_attempt.ts";
import type {
  FeedView,
  Loss,
  SignalrContext,
  SignalrEvent,
  SignalrState,
  SignalrStep,
} from "./signalr_state.ts";
import { silentSinceMs, tick, watchSilence, watchTrading } from "./signalr_watch.ts";
import { saysBlocked } from "./token_reply.ts";

/**
 * One step of the connection to the hub. The machine keeps exactly one attempt alive: token,
 * negotiate, connect, start, one SwitchChannels; whatever ends it leads through one pause to a
 * whole new attempt, because the hub's own reconnect replays too little to be trusted.
 */
export function signalrStep(
  state: SignalrState,
  event: SignalrEvent,
  context: SignalrContext,
): SignalrStep {
  const work: Work = { s: { ...state }, context, effects: [] };
  const { s, effects } = work;
  if (state.stage === "stopped") return { state, effects, wakeAtMs: null };
  watchTrading(work);
  if (!("attempt" in event) || event.attempt === s.attempt) react(work, event);
  if (event.type !== "stop") {
    watchSilence(work);
    const view = viewOf(work);
    if (view.state !== s.view.state || view.reason !== s.view.reason) {
      s.view = view;
      effects.push({ type: "report", view });
    }
  }
  return { state: s, effects, wakeAtMs: wakeAt(work) };
}

function wakeAt({ s, context }: Work): number | null {
  if (s.stage === "idle" || s.stage === "stopped") return null;
  const { nowMs, limits } = context;
  const sinceMs = silentSinceMs(s);
  const staleMs = sinceMs === null || s.stale ? Infinity : sinceMs + limits.silenceMs;
  return Math.min(s.deadlineMs ?? Infinity, nowMs + limits.tickMs, Math.max(nowMs, staleMs));
}

function react(work: Work, event: SignalrEvent): void {
  const { s, context } = work;
  const { nowMs, limits } = context;
  switch (event.type) {
    case "start":
      if (s.stage === "idle") beginAttempt(work);
      return;
    case "stop":
      close(work, true);
      s.stage = "stopped";
      s.deadlineMs = null;
      return;
    case "tick":
      return tick(work);
    case "renew":
      if (s.stage !== "running" || context.trading) return;
      close(work, false);
      s.renewToken = true;
      s.lostReason = "daily renewal of the connection";
      return beginAttempt(work);
    case "tokenReady":
      if (s.stage !== "token") return;
      s.renewToken = false;
      return enter(work, "negotiating", limits.stageMs);
    case "tokenFailed":
      if (s.stage === "token") lose(work, event.loss, event.retryInMs);
      return;
    case "negotiated":
      if (s.stage !== "negotiating") return;
      s.keepAliveMs = event.keepAliveMs;
      s.lastFrameMs = nowMs;
      return enter(work, "connecting", limits.initMs);
    case "opened":
      s.lastFrameMs = nowMs;
      return;
    case "frame":
      return takeFrame(work, event.frame);
    case "started":
      if (s.stage === "starting") beginRunning(work, event.failure);
      return;
    case "failed":
    case "closed":
      if (s.stage !== "waiting" && s.stage !== "idle") lose(work, event.loss);
  }
}

function takeFrame(work: Work, frame: TransportFrame): void {
  const { s, context, effects } = work;
  if (s.stage !== "connecting" && s.stage !== "starting" && s.stage !== "running") return;
  s.lastFrameMs = context.nowMs;
  switch (frame.kind) {
    case "ack":
      if (frame.id === String(s.invocation)) s.acknowledged = true;
      return;
    case "hub-error":
      return lose(work, hubLoss(frame.error));
    case "init":
    case "messages": {
      if (frame.kind === "init" && s.stage === "connecting") {
        s.refusal = null;
        s.authFailures = 0;
        enter(work, "starting", context.limits.stageMs);
      }
      if (frame.broadcast) takeData(work);
      for (const text of frame.errors) {
        if (saysBlocked(text)) return lose(work, hubLoss(text));
        effects.push({ type: "hubMessage", text });
      }
      if (frame.reconnect) {
        lose(work, { kind: "transient", reason: "SSI asked for a new connection" });
      }
    }
  }
}

function hubLoss(text: string): Loss {
  return {
    kind: saysBlocked(text) ? "blocked" : "transient",
    reason: `SSI refused the subscription: ${text}`,
  };
}

function takeData({ s, context }: Work): void {
  s.hasData = true;
  const settling = s.subscribedMs === null ||
    context.nowMs - s.subscribedMs < context.limits.settleMs;
  // While stale, the hub's cache is no news: it answers each subscription even when its source died.
  if (s.stale && settling) return;
  s.lastDataMs = context.nowMs;
  s.resubscribed = false;
  s.stale = false;
}

function viewOf({ s, context }: Work): FeedView {
  const running = s.stage === "running";
  if (!running && s.refusal !== null) return { state: "refused", reason: s.refusal };
  if (s.stale) return { state: "stale", reason: staleReason(s, context) };
  if (running && (s.hasData || (s.acknowledged && !context.trading))) {
    return { state: "live", reason: null };
  }
  if (running) return { state: "connecting", reason: "waiting for the first data" };
  return { state: "connecting", reason: s.lostReason ?? "first connection under way" };
}

function staleReason(s: SignalrState, { limits }: SignalrContext): string {
  if (s.stage !== "running" && s.lostReason !== null) return s.lostReason;
  return `no market data for over ${Math.round(limits.silenceMs / 1000)} s while trading`;
}
