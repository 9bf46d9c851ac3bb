import type { ChannelName } from "../wire/channel.ts";
import { InboundGuard } from "./inbound.ts";
import type { ClientLink } from "./link.ts";
import { LAG_MS_MAX } from "./limits.ts";

/** When a link began to hold unsent bytes although something was due. */
export class Lag {
  #sinceMs: number | null = null;

  get any(): boolean {
    return this.#sinceMs !== null;
  }

  /** Looks at the link: free to write, to be left alone, or stuck for too long. */
  look(link: ClientLink, nowMs: number): "free" | "busy" | "stuck" {
    if (link.unsentBytes === 0) {
      this.#sinceMs = null;
      return "free";
    }
    this.#sinceMs ??= nowMs;
    return nowMs - this.#sinceMs > LAG_MS_MAX ? "stuck" : "busy";
  }
}

/** What the hub knows of one `vnstock.v1.json` client; constant size, no queue. */
export class Session {
  readonly link: ClientLink;
  readonly joinedMs: number;
  readonly inbound: InboundGuard;
  readonly lag = new Lag();
  /** Channels subscribed to, SUBSCRIPTIONS_MAX at most, and the position that the client has of each. */
  readonly bases = new Map<ChannelName, number>();
  badMessages = 0;
  /** Whether it has sent a valid operation. */
  isKnown = false;
  statusDue = false;
  /** Updates held back since the last heartbeat. */
  heldBack = 0;

  constructor(link: ClientLink, nowMs: number) {
    this.link = link;
    this.joinedMs = nowMs;
    this.inbound = new InboundGuard(nowMs);
  }
}
