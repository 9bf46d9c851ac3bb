import type { ChannelName } from "../wire/channel.ts";
import type { Position } from "../wire/frames.ts";
import { RATES_MS } from "../wire/client_schema.ts";
import { ACK_WINDOW } from "./limits.ts";
import type { ClientLink } from "./link.ts";
import type { SharedMessage } from "./message.ts";
import { Receiver } from "./receiver.ts";

/** Positions, one per channel of a cohort; clients that stand together share one object. */
export type Marks = readonly number[];

/** What the hub knows of one `vnstock.v1.json` client; constant size, no queue. */
export class Session extends Receiver {
  readonly joinedMs: number;
  /** Since when nothing that was due to it had to wait for it, by the hub's clock. */
  promptSinceMs: number;
  /** The cohort that serves it; null between two of them and at the end. */
  cohort: object | null = null;
  /** Channels subscribed to, SUBSCRIPTIONS_MAX at most, and the symbols wanted of each ("" for all). */
  readonly wants = new Map<ChannelName, string>();
  /** Positions that it came with before there was any data, of channels that it wants. */
  claims: Map<ChannelName, Position> | null = null;
  rateMs: number = RATES_MS[0];
  /** Where the client stands in each channel of its cohort. */
  marks: Marks = [];
  isAuthenticated: boolean;
  /** Messages that wait for the verdict on a token, INBOUND_BURST at most; null while none is asked. */
  waiting: string[] | null = null;
  badMessages = 0;
  /** Whether it has sent a valid operation. */
  isKnown = false;
  statusDue = false;
  /** Updates held back since the last heartbeat. */
  heldBack = 0;
  #written = 0;
  /** Messages that the client says it has taken; null while it says nothing. */
  #taken: number | null = null;

  constructor(link: ClientLink, nowMs: number, isAuthenticated: boolean) {
    super(link, nowMs);
    this.joinedMs = nowMs;
    this.promptSinceMs = nowMs;
    this.isAuthenticated = isAuthenticated;
  }

  /** The client may tell what it has taken, which the kernel does not know. */
  override get isFree(): boolean {
    if (!super.isFree) return false;
    return this.#taken === null || this.#written - this.#taken < ACK_WINDOW;
  }

  write(message: SharedMessage): void {
    this.#written++;
    this.link.send(message);
  }

  /** Takes the client's word on how many messages it has; false when there were not so many. */
  acknowledge(n: number): boolean {
    if (n > this.#written) return false;
    this.#taken = Math.max(this.#taken ?? 0, n);
    return true;
  }
}
