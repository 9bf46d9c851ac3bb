import assert from "node:assert/strict";
import { parseFrame } from "../../../../core/ssi/frame.ts";
import { signalrStep } from "../../../../core/ssi/signalr.ts";
import {
  initialSignalr,
  type Loss,
  SIGNALR_LIMITS,
  type SignalrEffect,
  type SignalrEvent,
} from "../../../../core/ssi/signalr_state.ts";
import {
  holdsToken,
  initialToken,
  TOKEN_LIMITS,
  type TokenEvent,
  tokenStep,
} from "../../../../core/ssi/token.ts";
import { DATA, INIT } from "./machine.ts";

/** How the services behave for a while. */
export interface Weather {
  readonly forMs: number;
  readonly token: "ok" | "refused" | "blocked" | "down" | "silent";
  readonly negotiate: "ok" | "auth" | "down" | "silent";
  readonly connect: "ok" | "closed" | "silent";
  readonly start: "ok" | "failed" | "silent";
  readonly stream: "ok" | "dropped" | "mute" | "no data" | "quota";
  readonly trading: boolean;
}

export const FAIR: Omit<Weather, "forMs"> = {
  token: "ok",
  negotiate: "ok",
  connect: "ok",
  start: "ok",
  stream: "ok",
  trading: true,
};

const down: Loss = { kind: "transient", reason: "down" };
const TOKEN_LIFE_MS = 8 * 3_600_000;
/** A request ends by its own limit. */
const REQUEST_MS = 10_000;

/** Both state machines against services that a script plays, in made-up time. */
export class World {
  nowMs = 0;
  signalr = initialSignalr();
  token = initialToken();
  readonly random: () => number;
  #weather: Omit<Weather, "forMs"> = FAIR;
  #queue: { atMs: number; run: () => void }[] = [];
  #lastTokenMs = -Infinity;
  /** Attempt whose socket is open or opening. */
  #socket: number | null = null;
  #subscribed = false;
  tokenRequests = 0;
  connects = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  start(): void {
    this.#dispatch({ type: "start" });
    this.#everySecond();
  }

  live(weather: Weather): void {
    this.#weather = weather;
    const endMs = this.nowMs + weather.forMs;
    for (;;) {
      this.#queue.sort((a, b) => a.atMs - b.atMs);
      const next = this.#queue[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#queue.shift();
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = endMs;
  }

  #everySecond(): void {
    this.#after(1_000, () => {
      this.#dispatch({ type: "tick" });
      this.#tokenStep({ type: "tick" });
      this.#stream();
      this.#everySecond();
    });
  }

  #stream(): void {
    const attempt = this.#socket;
    const { stream } = this.#weather;
    if (attempt === null || !this.#subscribed || stream === "mute") return;
    if (stream === "dropped") return this.#drop(attempt);
    if (stream === "quota") return this.#frame(attempt, '{"I":"1","E":"quota exceeded"}');
    this.#frame(attempt, stream === "ok" ? DATA : "{}");
  }

  #drop(attempt: number): void {
    this.#dispatch({ type: "closed", attempt, loss: down });
  }

  #frame(attempt: number, text: string): void {
    this.#dispatch({ type: "frame", attempt, frame: parseFrame(text) });
  }

  #after(ms: number, run: () => void): void {
    this.#queue.push({ atMs: this.nowMs + ms, run });
  }

  #dispatch(event: SignalrEvent): void {
    const step = signalrStep(this.signalr, event, {
      nowMs: this.nowMs,
      trading: this.#weather.trading,
      random: this.random(),
      limits: SIGNALR_LIMITS,
      channels: "F:ALL",
    });
    this.signalr = step.state;
    for (const effect of step.effects) this.#perform(effect);
    if (this.signalr.view.state === "live") assert.equal(this.signalr.stage, "running");
  }

  #perform(effect: SignalrEffect): void {
    switch (effect.type) {
      case "fetchToken":
        return this.#fetchToken(effect.attempt, effect.renew);
      case "negotiate":
        return this.#negotiate(effect.attempt);
      case "connect":
        assert.equal(this.#socket, null, "a second socket beside the first");
        this.#socket = effect.attempt;
        this.#subscribed = false;
        this.connects++;
        return this.#connect(effect.attempt);
      case "start":
        return this.#start(effect.attempt);
      case "send":
        assert.equal(effect.attempt, this.#socket, "sent to a socket that is gone");
        this.#subscribed = true;
        return;
      case "closeSocket":
        this.#socket = null;
        return;
      case "lost":
        assert.ok(effect.retryMs >= SIGNALR_LIMITS.backoff.minMs && effect.retryMs <= 120_000);
        if (effect.loss.kind === "blocked") assert.ok(effect.retryMs >= SIGNALR_LIMITS.blockedMs);
    }
  }

  #negotiate(attempt: number): void {
    const { negotiate } = this.#weather;
    const answer: SignalrEvent = negotiate === "ok"
      ? { type: "negotiated", attempt, keepAliveMs: 20_000 }
      : { type: "failed", attempt, loss: negotiate === "auth" ? { ...down, kind: "auth" } : down };
    this.#after(negotiate === "silent" ? REQUEST_MS : 30, () => this.#dispatch(answer));
  }

  #connect(attempt: number): void {
    const { connect } = this.#weather;
    if (connect === "closed") this.#after(20, () => this.#drop(attempt));
    if (connect === "ok") this.#after(20, () => this.#frame(attempt, INIT));
  }

  #start(attempt: number): void {
    const { start } = this.#weather;
    const failure = start === "ok" ? null : down;
    this.#after(start === "silent" ? REQUEST_MS : 10, () => {
      this.#dispatch({ type: "started", attempt, failure });
    });
  }

  /** As the holder of the token does it: share what is out, answer with what is held. */
  #fetchToken(attempt: number, renew: boolean): void {
    const refusedSerial = renew ? this.token.serial : null;
    this.#tokenStep({ type: "wanted", fresh: true, refusedSerial });
    const answer = () => {
      if (this.token.requesting) return this.#after(100, answer);
      if (holdsToken(this.token, this.nowMs)) {
        return this.#dispatch({ type: "tokenReady", attempt });
      }
      const loss = this.token.lastFailure ?? down;
      const retryInMs = Math.max(0, this.token.nextRequestMs - this.nowMs);
      this.#dispatch({ type: "tokenFailed", attempt, loss, retryInMs });
    };
    this.#after(1, answer);
  }

  #tokenStep(event: TokenEvent): void {
    const context = { nowMs: this.nowMs, random: this.random(), limits: TOKEN_LIMITS };
    const out = this.token.requesting;
    const step = tokenStep(this.token, event, context);
    this.token = step.state;
    if (!step.request) return;
    assert.equal(out, false, "two token requests at once");
    assert.ok(this.nowMs - this.#lastTokenMs >= TOKEN_LIMITS.spacingMs, "token requests too close");
    this.#lastTokenMs = this.nowMs;
    this.tokenRequests++;
    const { token } = this.#weather;
    const answer: TokenEvent = token === "ok" ? { type: "granted", lifeMs: TOKEN_LIFE_MS } : {
      type: "failed",
      failure: {
        kind: token === "refused" || token === "blocked" ? token : "transient",
        reason: "",
      },
    };
    this.#after(token === "silent" ? REQUEST_MS : 50, () => this.#tokenStep(answer));
  }
}
