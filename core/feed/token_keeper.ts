import type { Clock } from "../port/clock.ts";
import { Secret } from "../secret.ts";
import {
  holdsToken,
  initialToken,
  type TokenEvent,
  type TokenLimits,
  type TokenState,
  tokenStep,
  tokenWakeMs,
} from "../ssi/token.ts";
import { readTokenReply, type TokenFailure, type TokenReply } from "../ssi/token_reply.ts";
import { type Fetch, sendHttp } from "./http.ts";
import type { FeedLog } from "./log.ts";
import type { Redactor } from "./redactor.ts";

/** A token and its serial, or why there is none and when asking again makes sense. */
export type TokenAnswer =
  | { readonly ok: true; readonly token: Secret; readonly serial: number }
  | { readonly ok: false; readonly failure: TokenFailure; readonly retryInMs: number };

/** What the caller needs: `fresh` for a new stream connection, `refusedSerial` was turned down. */
export interface TokenNeed {
  readonly fresh: boolean;
  readonly refusedSerial: number | null;
}

export interface TokenKeeperOptions {
  readonly baseUrl: string;
  readonly consumerId: string;
  readonly consumerSecret: Secret;
  readonly timeoutMs: number;
  readonly limits: TokenLimits;
}

export interface TokenKeeperDeps {
  /** For the life that a token names. */
  readonly clock: Clock;
  /** For everything else; it must only rise. */
  readonly rising: Clock;
  readonly random: () => number;
  readonly fetch: Fetch;
  readonly log: FeedLog;
  readonly redactor: Redactor;
}

const TOO_SOON: TokenFailure = { kind: "transient", reason: "a token was asked for moments ago" };

/** Holds the one token of a key and renews it in time; everybody who needs it asks here. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  readonly #deps: TokenKeeperDeps;
  readonly #stop = new AbortController();
  #state: TokenState = initialToken();
  #token: Secret | null = null;
  #request: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TokenKeeperOptions, deps: TokenKeeperDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  /** Requests sent, and failures in a row. */
  get counts(): { readonly requests: number; readonly failures: number } {
    return { requests: this.#state.requests, failures: this.#state.failures };
  }

  /** Answers within the request time-out; a request under way is shared, never doubled. */
  async get(need: TokenNeed): Promise<TokenAnswer> {
    this.#step({ type: "wanted", ...need });
    if (this.#request !== null && !this.#isEnough(need)) await this.#request;
    const nowMs = this.#deps.rising.nowMs();
    if (this.#token !== null && holdsToken(this.#state, nowMs)) {
      return { ok: true, token: this.#token, serial: this.#state.serial };
    }
    const failure = this.#state.lastFailure ?? TOO_SOON;
    return { ok: false, failure, retryInMs: Math.max(0, this.#state.nextRequestMs - nowMs) };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#request;
  }

  /** A plain need takes the token held, even while the next one is being fetched. */
  #isEnough(need: TokenNeed): boolean {
    return !need.fresh && holdsToken(this.#state, this.#deps.rising.nowMs());
  }

  #step(event: TokenEvent): void {
    const { rising, random } = this.#deps;
    const { limits } = this.#options;
    const context = { nowMs: rising.nowMs(), random: random(), limits };
    const step = tokenStep(this.#state, event, context);
    this.#state = step.state;
    if (step.request && !this.#stop.signal.aborted) {
      this.#request = this.#fetch().finally(() => this.#request = null);
    }
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const wakeMs = tokenWakeMs(this.#state);
    if (wakeMs === null || this.#stop.signal.aborted) return;
    // At least a tick of the clock ahead: a time-out that fires early must not spin.
    const waitMs = Math.max(10, wakeMs - this.#deps.rising.nowMs());
    this.#timer = setTimeout(() => this.#step({ type: "tick" }), waitMs);
  }

  async #fetch(): Promise<void> {
    const reply = await this.#ask();
    const { log, redactor } = this.#deps;
    if (this.#stop.signal.aborted) return;
    if (reply.ok) {
      this.#token = new Secret(reply.token);
      redactor.add("token", this.#token);
      this.#step({ type: "granted", lifeMs: reply.lifeMs });
      return log("ssi_key_accepted", { lifeSeconds: Math.round(reply.lifeMs / 1000) });
    }
    const failure = { ...reply.failure, reason: redactor.clean(reply.failure.reason) };
    this.#step({ type: "failed", failure });
    log("ssi_key_failed", { ...failure, failures: this.#state.failures });
  }

  async #ask(): Promise<TokenReply> {
    const { baseUrl, consumerId, consumerSecret, timeoutMs } = this.#options;
    const reply = await sendHttp(this.#deps.fetch, {
      url: `${baseUrl}/api/v2/Market/AccessToken`,
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({
        consumerID: consumerId,
        consumerSecret: consumerSecret.reveal(),
      }),
      timeoutMs,
      signal: this.#stop.signal,
    });
    if (reply.ok) return readTokenReply(reply.status, reply.text, this.#deps.clock.nowMs());
    const reason = `the token service cannot be reached: ${reply.reason}`;
    return { ok: false, failure: { kind: "transient", reason } };
  }
}
