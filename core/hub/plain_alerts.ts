import type { Alert } from "../wire/alert.ts";
import { logPath } from "./frame_cache.ts";
import type { ClientLink } from "./link.ts";
import { SharedMessage } from "./message.ts";
import type { News, PlainSide } from "./plain.ts";
import { type Listener, PlainListeners } from "./plain_listeners.ts";
import type { LogStore } from "./log_store.ts";

/** What the channel of alerts shows; each is called only when somebody listens. */
export interface AlertSource {
  readonly logs: LogStore;
  /** Date that the log is of; its numbers go on in a later epoch of the same date. */
  tradingDate(): string | null;
  /** The message of an alert as JSON text. */
  message(alert: Alert): string;
  /** The status message. */
  status(): SharedMessage;
}

const GONE = `too slow: alerts are gone, read ${logPath("alerts")}`;

/**
 * The plain channel of alerts: each new alert is one message. None is left out for a client that
 * reads; one that cannot take any for a while gets what it missed, or is closed when it is gone.
 */
export class PlainAlerts implements PlainSide {
  readonly #source: AlertSource;
  readonly listeners: PlainListeners;
  /** Messages by number, of the entries that are kept: 500 × 1 KB. */
  readonly #messages = new Map<number, SharedMessage>();
  /** Date of the log; undefined before the first data. */
  #tradingDate: string | null | undefined = undefined;
  /** Alerts of the epoch so far, as last told. */
  #next = 0;
  /** Messages serialised since start. */
  built = 0;

  constructor(source: AlertSource, lagMsMax: number) {
    this.#source = source;
    this.listeners = new PlainListeners(lagMsMax);
  }

  /** Adds a client; it gets the status at once and every alert from now on. */
  join(link: ClientLink, nowMs: number): void {
    const listener = this.listeners.add(link, nowMs);
    listener.position = this.#source.logs.next("alerts");
    this.#deliver(listener, nowMs);
  }

  tell({ isStatus, isEpoch }: News, nowMs: number): void {
    if (isStatus || isEpoch) this.#messages.clear();
    if (isEpoch) this.#startEpoch();
    this.listeners.each((listener) => {
      if (isStatus) listener.statusDue = true;
      if (this.#isDue(listener)) this.#deliver(listener, nowMs);
    });
    this.#next = this.#source.logs.next("alerts");
  }

  tick(nowMs: number): void {
    this.listeners.each((listener) => {
      if (listener.isLagging) this.#deliver(listener, nowMs);
    });
  }

  /** A log of another date begins with its first alert; of the same one it goes on. */
  #startEpoch(): void {
    const date = this.#source.tradingDate();
    const next = this.#source.logs.next("alerts");
    const [isFirst, isSame] = [this.#tradingDate === undefined, date === this.#tradingDate];
    this.#tradingDate = date;
    this.listeners.each((listener) => {
      // What the day brought before there was any data here is not new.
      if (isFirst) listener.position = next;
      else if (isSame && listener.position <= next) return;
      else if (listener.position < this.#next) this.listeners.closeSlow(listener, GONE);
      else listener.position = 0;
    });
  }

  #isDue({ statusDue, position }: Listener): boolean {
    return statusDue || position < this.#source.logs.next("alerts");
  }

  #deliver(listener: Listener, nowMs: number): void {
    if (!this.listeners.canTake(listener, nowMs)) return;
    if (listener.statusDue) this.listeners.write(listener, this.#source.status());
    listener.statusDue = false;
    const { from, entries } = this.#source.logs.from("alerts", listener.position);
    if (from > listener.position) {
      return this.listeners.closeSlow(listener, GONE);
    }
    entries.forEach((alert, at) => this.listeners.write(listener, this.#message(from + at, alert)));
    listener.position = from + entries.length;
  }

  #message(number: number, alert: Alert): SharedMessage {
    const held = this.#messages.get(number);
    if (held !== undefined) return held;
    this.built++;
    const message = new SharedMessage(this.#source.message(alert));
    this.#messages.set(number, message);
    const first = this.#source.logs.first("alerts");
    for (const old of this.#messages.keys()) {
      if (old >= first) break;
      this.#messages.delete(old);
    }
    return message;
  }
}
