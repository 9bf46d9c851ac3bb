import type { Clock } from "../port/clock.ts";
import { parseFrame, type TransportFrame } from "../ssi/frame.ts";
import { signalrStep } from "../ssi/signalr.ts";
import {
  type FeedView,
  initialSignalr,
  type Loss,
  type SignalrEffect,
  type SignalrEvent,
  type SignalrLimits,
} from "../ssi/signalr_state.ts";
import type { Fetch } from "./http.ts";
import { HubSession } from "./hub_session.ts";
import type { FeedLog } from "./log.ts";
import type { Redactor } from "./redactor.ts";
import { steadyClock } from "./steady_clock.ts";
import type { TokenKeeper } from "./token_keeper.ts";

export interface HubClientOptions {
  readonly base: string;
  readonly timeoutMs: number;
  readonly channels: string;
  readonly limits: SignalrLimits;
}

export interface HubClientHandlers {
  onFrame(text: string, receivedMs: number, frame: TransportFrame): void;
  onState(state: FeedView & { readonly sinceMs: number }): void;
  isTrading(): boolean;
}

export interface HubClientDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly fetch: Fetch;
  readonly log: FeedLog;
  readonly keeper: TokenKeeper;
  readonly redactor: Redactor;
}

/** Counters of the stream since start. */
export interface HubStats {
  readonly state: FeedView["state"];
  readonly frames: number;
  /** UTF-16 units received. */
  readonly chars: number;
  readonly broadcastFrames: number;
  /** Texts that are no frame, and binary frames. */
  readonly oddFrames: number;
  readonly attempts: number;
  readonly resubscribes: number;
  /** Ended attempts by kind. */
  readonly losses: Readonly<Record<Loss["kind"], number>>;
  readonly lastFrameMs: number | null;
  readonly lastDataMs: number | null;
}

/** A reading this much later than the last one is no passed time; ticks come every second. */
const CLOCK_JUMP_TICKS = 5;

/** Runs the connection's state machine: performs its effects and tells it what came of them. */
export class HubClient {
  readonly #options: HubClientOptions;
  readonly #handlers: HubClientHandlers;
  readonly #deps: HubClientDeps;
  readonly #steady: Clock;
  #state = initialSignalr();
  #reported: FeedView["state"] = "connecting";
  /** When the reported state last changed. */
  #sinceMs: number;
  #session: HubSession | null = null;
  /** Serial of the token that the session uses or used last. */
  #serial: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wakeAtMs: number | null = null;
  /** Work under way; each ends by its own limit, so the set stays small. */
  readonly #tasks = new Set<Promise<void>>();
  readonly #losses = { auth: 0, blocked: 0, refused: 0, transient: 0 };
  #frames = 0;
  #chars = 0;
  #broadcastFrames = 0;
  #oddFrames = 0;
  #resubscribes = 0;
  #lastFrameMs: number | null = null;
  #lastDataMs: number | null = null;

  constructor(options: HubClientOptions, handlers: HubClientHandlers, deps: HubClientDeps) {
    this.#options = options;
    this.#handlers = handlers;
    this.#deps = deps;
    this.#steady = steadyClock(deps.clock, options.limits.tickMs * CLOCK_JUMP_TICKS);
    this.#sinceMs = deps.clock.nowMs();
  }

  start(): void {
    this.#dispatch({ type: "start" });
  }

  /** Makes a new connection on a new token, unless a session is running. */
  renew(): void {
    this.#dispatch({ type: "renew" });
  }

  async stop(): Promise<void> {
    this.#dispatch({ type: "stop" });
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  stats(): HubStats {
    return {
      state: this.#state.view.state,
      frames: this.#frames,
      chars: this.#chars,
      broadcastFrames: this.#broadcastFrames,
      oddFrames: this.#oddFrames,
      attempts: this.#state.attempt,
      resubscribes: this.#resubscribes,
      losses: { ...this.#losses },
      lastFrameMs: this.#lastFrameMs,
      lastDataMs: this.#lastDataMs,
    };
  }

  #dispatch(event: SignalrEvent): void {
    const step = signalrStep(this.#state, event, {
      nowMs: this.#steady.nowMs(),
      trading: this.#handlers.isTrading(),
      random: this.#deps.random(),
      limits: this.#options.limits,
      channels: this.#options.channels,
    });
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
    this.#arm(step.wakeAtMs);
  }

  /** Keeps one timer. A later wake leaves it alone, or each frame would set a new one. */
  #arm(wakeAtMs: number | null): void {
    if (wakeAtMs === null) {
      clearTimeout(this.#timer);
      this.#wakeAtMs = null;
    } else if (this.#wakeAtMs === null || wakeAtMs < this.#wakeAtMs) {
      clearTimeout(this.#timer);
      this.#wakeAtMs = wakeAtMs;
      this.#timer = setTimeout(() => {
        this.#wakeAtMs = null;
        this.#dispatch({ type: "tick" });
      }, Math.max(1, wakeAtMs - this.#steady.nowMs()));
    }
  }

  #perform(effect: SignalrEffect): void {
    const { log, redactor, clock } = this.#deps;
    switch (effect.type) {
      case "fetchToken":
        return this.#run(this.#fetchToken(effect.attempt, effect.renew));
      case "negotiate":
        return this.#run(this.#negotiate(effect.attempt));
      case "connect":
        return this.#connect(effect.attempt);
      case "start":
        return this.#run(this.#start(effect.attempt));
      case "send":
        return this.#session?.send(effect.text);
      case "closeSocket": {
        const session = this.#session;
        this.#session = null;
        if (session !== null) this.#run(session.close(effect.abort));
        return;
      }
      case "lost": {
        this.#losses[effect.loss.kind]++;
        const reason = redactor.clean(effect.loss.reason);
        return log("feed_lost", { kind: effect.loss.kind, reason, retryMs: effect.retryMs });
      }
      case "resubscribed":
        this.#resubscribes++;
        return log("feed_resubscribed", { channels: this.#options.channels });
      case "hubMessage":
        return log("feed_error_told", { text: redactor.clean(effect.text) });
      case "report": {
        const { state, reason } = effect.view;
        if (state !== this.#reported) this.#sinceMs = clock.nowMs();
        this.#reported = state;
        const cleaned = reason === null ? null : redactor.clean(reason);
        log(`feed_${state}`, { reason: cleaned });
        return this.#handlers.onState({ state, reason: cleaned, sinceMs: this.#sinceMs });
      }
    }
  }

  async #fetchToken(attempt: number, renew: boolean): Promise<void> {
    const { keeper } = this.#deps;
    const answer = await keeper.get({ fresh: true, refusedSerial: renew ? this.#serial : null });
    if (!answer.ok) {
      const { failure: loss, retryInMs } = answer;
      return this.#dispatch({ type: "tokenFailed", attempt, loss, retryInMs });
    }
    if (attempt !== this.#state.attempt || this.#state.stage !== "token") return;
    this.#serial = answer.serial;
    const { base, timeoutMs } = this.#options;
    this.#session = new HubSession({
      base,
      timeoutMs,
      token: answer.token,
      fetch: this.#deps.fetch,
    });
    this.#dispatch({ type: "tokenReady", attempt });
  }

  async #negotiate(attempt: number): Promise<void> {
    const session = this.#session!;
    const result = await session.negotiate();
    if (!result.ok) return this.#dispatch({ type: "failed", attempt, loss: result.loss });
    if (session.connectionToken !== null) {
      this.#deps.redactor.add("connectionToken", session.connectionToken);
    }
    const { keepAliveMs, protocolVersion } = result.negotiation;
    this.#deps.log("feed_negotiated", { keepAliveMs, protocolVersion });
    this.#dispatch({ type: "negotiated", attempt, keepAliveMs });
  }

  #connect(attempt: number): void {
    this.#session!.connect(this.#deps.random(), {
      onOpen: () => this.#dispatch({ type: "opened", attempt }),
      onText: (text) => this.#take(attempt, text),
      onBinary: () => this.#oddFrames++,
      onClosed: (loss) => this.#dispatch({ type: "closed", attempt, loss }),
    });
  }

  async #start(attempt: number): Promise<void> {
    this.#dispatch({ type: "started", attempt, failure: await this.#session!.start() });
  }

  #take(attempt: number, text: string): void {
    const receivedMs = this.#deps.clock.nowMs();
    this.#frames++;
    this.#chars += text.length;
    this.#lastFrameMs = receivedMs;
    const frame = parseFrame(text);
    this.#handlers.onFrame(text, receivedMs, frame);
    if (frame.kind === "refused") this.#oddFrames++;
    if (frame.kind === "messages" && frame.broadcast) {
      this.#broadcastFrames++;
      this.#lastDataMs = receivedMs;
    }
    this.#dispatch({ type: "frame", attempt, frame });
  }

  #run(work: Promise<void>): void {
    const task = work.finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }
}
