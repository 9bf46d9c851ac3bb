import { CLOSE } from "../wire/frames.ts";
import type { ClientLink } from "./link.ts";
import { SharedMessage } from "./message.ts";
import { type Listener, PlainListeners } from "./plain_listeners.ts";

/** What the hub has news of: the feed's state, a new epoch, or only data. */
export interface News {
  /** The feed's state has news, which no throttle holds back. */
  readonly isStatus: boolean;
  /** Everything may be different, whatever the version says. */
  readonly isEpoch: boolean;
}

/** How fast a channel may send, and how long a client may leave bytes unsent, ms. */
export interface PlainPace {
  readonly throttleMs: number;
  readonly lagMsMax: number;
}

/** A channel of the plain contract as the hub drives it. */
export interface PlainSide {
  readonly listeners: PlainListeners;
  readonly built: number;
  join(link: ClientLink, nowMs: number): void;
  tell(news: News, nowMs: number): void;
  tick(nowMs: number): void;
}

/** What a channel of state shows; each is called only when somebody listens. */
export interface PlainSource {
  /** Rises when the payload changes; a change of the feed's state is told apart. */
  version(): number;
  /** The whole payload as JSON text; null before there is any; why there will be none. */
  payload(): string | null | { readonly refusal: string };
  /** The status message. */
  status(): SharedMessage;
}

/**
 * A channel of the plain contract: the whole payload on every change, the first change at once and
 * later ones at most every `throttleMs` with the last value always sent. Nothing is queued: a client
 * with unsent bytes is skipped and later gets the value of that time.
 */
export class PlainChannel implements PlainSide {
  readonly #source: PlainSource;
  readonly #throttleMs: number;
  readonly listeners: PlainListeners;
  #sentMs = -Infinity;
  #isChanged = false;
  /** Version of the message. */
  #version = -1;
  /** The payload as last serialised; null when the data moved on. */
  #message: SharedMessage | null = null;
  /** Payloads serialised since start. */
  built = 0;

  constructor(source: PlainSource, { throttleMs, lagMsMax }: PlainPace) {
    this.#source = source;
    this.#throttleMs = throttleMs;
    this.listeners = new PlainListeners(lagMsMax);
  }

  /** Adds a client; it gets the status and the current payload at once. */
  join(link: ClientLink, nowMs: number): void {
    const listener = this.listeners.add(link, nowMs);
    this.#look();
    this.#deliver(listener, nowMs);
  }

  tell({ isStatus, isEpoch }: News, nowMs: number): void {
    // The payload carries the feed's state, so news of it change the payload too.
    if (isStatus || isEpoch) this.#version = -1;
    if (this.listeners.size === 0) return;
    if (isStatus) this.listeners.each((listener) => listener.statusDue = true);
    if (this.#look()) this.#isChanged = true;
    this.#broadcast(nowMs);
    if (!isStatus) return;
    this.listeners.each((listener) => {
      if (listener.statusDue) this.#deliver(listener, nowMs);
    });
  }

  /** Sends what the throttle held back, and what clients could not take before. */
  tick(nowMs: number): void {
    this.#broadcast(nowMs);
    this.listeners.each((listener) => {
      if (listener.isLagging) this.#deliver(listener, nowMs);
    });
  }

  /** Says whether the data moved on since the last look. */
  #look(): boolean {
    const version = this.#source.version();
    if (version === this.#version) return false;
    this.#version = version;
    this.#message = null;
    return true;
  }

  #broadcast(nowMs: number): void {
    if (!this.#isChanged || this.listeners.size === 0) return;
    // A clock that steps back must not silence the channel.
    if (nowMs >= this.#sentMs && nowMs - this.#sentMs < this.#throttleMs) return;
    this.#isChanged = false;
    this.#sentMs = nowMs;
    this.listeners.each((listener) => {
      listener.payloadDue = true;
      this.#deliver(listener, nowMs);
    });
  }

  #deliver(listener: Listener, nowMs: number): void {
    if (!this.listeners.canTake(listener, nowMs)) return;
    if (listener.statusDue) this.listeners.write(listener, this.#source.status());
    listener.statusDue = false;
    if (!listener.payloadDue) return;
    const message = this.#current();
    if (message === null) return;
    if (!(message instanceof SharedMessage)) return this.#refuse(listener, message.refusal);
    listener.payloadDue = false;
    this.listeners.write(listener, message);
  }

  #current(): SharedMessage | null | { readonly refusal: string } {
    if (this.#message !== null) return this.#message;
    const payload = this.#source.payload();
    if (typeof payload !== "string") return payload;
    this.built++;
    return this.#message = new SharedMessage(payload);
  }

  #refuse(listener: Listener, message: string): void {
    const error = { type: "error", code: "BAD_CHANNEL", message };
    this.listeners.write(listener, new SharedMessage(JSON.stringify(error)));
    this.listeners.close(listener, CLOSE.policy, message);
  }
}
