import { CLOSE } from "../wire/frames.ts";
import { InboundGuard } from "./inbound.ts";
import type { ClientLink } from "./link.ts";
import { Lag } from "./session.ts";

interface Listener {
  readonly inbound: InboundGuard;
  readonly lag: Lag;
  payloadDue: boolean;
  statusDue: boolean;
}

/** What a plain channel shows; each is called only when somebody listens. */
export interface PlainSource {
  /** The whole payload as JSON text, or null before there is any. */
  payload(): string | null;
  /** The status message as JSON text. */
  status(): string;
}

/**
 * A channel of the plain contract: the whole payload on every change, the first change at once and
 * later ones at most every `throttleMs` with the last value always sent. Nothing is queued: a client
 * with unsent bytes is skipped and later gets the value of that time.
 */
export class PlainChannel {
  readonly #source: PlainSource;
  readonly #throttleMs: number;
  readonly #listeners = new Map<ClientLink, Listener>();
  #sentMs = -Infinity;
  #isChanged = false;
  /** The payload as last serialised; null when the data moved on. */
  #text: string | null = null;
  readonly counters = { writes: 0, built: 0, conflated: 0, slow: 0, tooFast: 0 };

  constructor(source: PlainSource, throttleMs: number) {
    this.#source = source;
    this.#throttleMs = throttleMs;
  }

  get links(): number {
    return this.#listeners.size;
  }

  /** Adds a client; it gets the status and the current payload at once. */
  join(link: ClientLink, nowMs: number): void {
    const inbound = new InboundGuard(nowMs);
    const listener = { inbound, lag: new Lag(), payloadDue: true, statusDue: true };
    this.#listeners.set(link, listener);
    this.#deliver(link, listener, nowMs);
  }

  /** Forgets a client; false when it was gone already. */
  leave(link: ClientLink): boolean {
    return this.#listeners.delete(link);
  }

  /** Takes one text message of a client: not executed, only its size and rate matter. */
  receive(link: ClientLink, text: string, nowMs: number): void {
    const verdict = this.#listeners.get(link)?.inbound.take(text, nowMs);
    if (verdict === "too-large") this.#close(link, CLOSE.tooLarge, "message too large");
    if (verdict !== "too-fast") return;
    this.counters.tooFast++;
    this.#close(link, CLOSE.policy, "too many messages");
  }

  /** The data changed, the feed's state has news (which no throttle holds back), or both. */
  tell(what: { isData: boolean; isNews: boolean }, nowMs: number): void {
    if (what.isNews) { for (const listener of this.#listeners.values()) listener.statusDue = true; }
    if (what.isData) {
      this.#text = null;
      this.#isChanged = true;
    }
    this.#broadcast(nowMs);
    if (!what.isNews) return;
    for (const [link, listener] of this.#listeners) {
      if (listener.statusDue) this.#deliver(link, listener, nowMs);
    }
  }

  /** Sends what the throttle held back, and what clients could not take before. */
  tick(nowMs: number): void {
    this.#broadcast(nowMs);
    for (const [link, listener] of this.#listeners) {
      if (listener.lag.any) this.#deliver(link, listener, nowMs);
    }
  }

  closeAll(): void {
    for (const link of [...this.#listeners.keys()]) {
      this.#close(link, CLOSE.goingAway, "server stops");
    }
  }

  #broadcast(nowMs: number): void {
    if (!this.#isChanged || this.#listeners.size === 0) return;
    // A clock that steps back must not silence the channel.
    if (nowMs >= this.#sentMs && nowMs - this.#sentMs < this.#throttleMs) return;
    this.#isChanged = false;
    this.#sentMs = nowMs;
    for (const [link, listener] of this.#listeners) {
      listener.payloadDue = true;
      this.#deliver(link, listener, nowMs);
    }
  }

  #deliver(link: ClientLink, listener: Listener, nowMs: number): void {
    const look = listener.lag.look(link, nowMs);
    if (look === "stuck") {
      this.counters.slow++;
      return this.#close(link, CLOSE.slowConsumer, "too slow");
    }
    if (look === "busy") {
      this.counters.conflated++;
      return;
    }
    if (listener.statusDue) this.#write(link, this.#source.status());
    listener.statusDue = false;
    if (!listener.payloadDue) return;
    const text = this.#current();
    if (text === null) return;
    listener.payloadDue = false;
    this.#write(link, text);
  }

  #current(): string | null {
    if (this.#text === null) {
      this.#text = this.#source.payload();
      if (this.#text !== null) this.counters.built++;
    }
    return this.#text;
  }

  #write(link: ClientLink, text: string): void {
    this.counters.writes++;
    link.send(text);
  }

  #close(link: ClientLink, code: number, reason: string): void {
    this.#listeners.delete(link);
    link.close(code, reason);
  }
}
