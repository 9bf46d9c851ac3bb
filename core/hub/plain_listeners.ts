import { CLOSE } from "../wire/frames.ts";
import type { ClientLink } from "./link.ts";
import type { SharedMessage } from "./message.ts";
import { Receiver } from "./receiver.ts";

/** One client of a plain channel. */
export class Listener extends Receiver {
  statusDue = true;
  /** The payload is to be sent (channels of state). */
  payloadDue = true;
  /** Entries it has had (channels of entries). */
  position = 0;
}

/** The clients of one plain channel: who they are, what they may say, and what they can take. */
export class PlainListeners {
  readonly #lagMsMax: number;
  readonly #listeners = new Map<ClientLink, Listener>();
  readonly counters = { writes: 0, conflated: 0, slow: 0, tooFast: 0, tooLarge: 0 };

  constructor(lagMsMax: number) {
    this.#lagMsMax = lagMsMax;
  }

  get size(): number {
    return this.#listeners.size;
  }

  add(link: ClientLink, nowMs: number): Listener {
    const listener = new Listener(link, nowMs);
    this.#listeners.set(link, listener);
    return listener;
  }

  /** Forgets a client; false when it was gone already. */
  remove(link: ClientLink): boolean {
    return this.#listeners.delete(link);
  }

  /** Calls back for each; one may be closed meanwhile. */
  each(act: (listener: Listener) => void): void {
    for (const listener of this.#listeners.values()) act(listener);
  }

  /** Takes one text message of a client: not executed, only its size and rate matter. */
  receive(link: ClientLink, text: string, nowMs: number): void {
    const listener = this.#listeners.get(link);
    const verdict = listener?.inbound.take(text, nowMs);
    if (verdict === "too-large") {
      this.counters.tooLarge++;
      this.close(listener!, CLOSE.tooLarge, "message too large");
    } else if (verdict === "too-fast") {
      this.counters.tooFast++;
      this.close(listener!, CLOSE.policy, "too many messages");
    }
  }

  /** Whether a client can take more now; one that could not for too long is closed. */
  canTake(listener: Listener, nowMs: number): boolean {
    const look = listener.look(nowMs, this.#lagMsMax);
    if (look === "busy") this.counters.conflated++;
    if (look === "stuck") this.closeSlow(listener, "too slow");
    return look === "free";
  }

  closeSlow(listener: Listener, reason: string): void {
    this.counters.slow++;
    this.close(listener, CLOSE.slowConsumer, reason);
  }

  write({ link }: Listener, message: SharedMessage): void {
    this.counters.writes++;
    link.send(message);
  }

  close({ link }: Listener, code: number, reason: string): void {
    this.#listeners.delete(link);
    link.close(code, reason);
  }

  closeAll(): void {
    this.each((listener) => this.close(listener, CLOSE.goingAway, "server stops"));
  }
}
