import { Hub } from "../../../core/hub/hub.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { BenchFeed, type Order, readOrder, RESUME, START_MS } from "./feed.ts";

/** Time between two messages by the hub's clock: every client is due again. */
const ROUND_MS = 100;

/** The hub, with a clock that only messages move on. */
export class BenchHub {
  readonly hub = new Hub({
    status: connectingStatus("sim", START_MS),
    throttleMs: 500,
    lagMsMax: LAG_MS_MAX,
    isValidToken: () => true,
  });
  readonly #onOrder: (order: Order) => void;
  #nowMs = START_MS;

  /** `onOrder` is called with what the load client orders, which no hub sees. */
  constructor(onOrder: (order: Order) => void) {
    this.#onOrder = onOrder;
  }

  /** Takes a message of the bus and tells everybody. */
  take(message: BusMessage): void {
    this.#nowMs += ROUND_MS;
    this.hub.apply(message, this.#nowMs);
    this.hub.tick(this.#nowMs);
  }

  join(link: ClientLink): void {
    this.hub.join(link, "v1", this.#nowMs, { isAuthenticated: true });
  }

  receive(link: ClientLink, text: string): void {
    const order = readOrder(text);
    if (order === null) this.hub.receive(link, "v1", text, this.#nowMs);
    else this.#onOrder(order);
  }

  leave(link: ClientLink): void {
    this.hub.leave(link, "v1");
  }
}

/** A hub that carries out orders itself. */
export function ownHub(sizes: readonly number[]): BenchHub {
  const feed = new BenchFeed(sizes);
  const hub = new BenchHub((order) => hub.take(feed.next(order)));
  hub.take(feed.first);
  return hub;
}

/** The text that the hub sends for a change of about so many bytes, for servers without a hub. */
export function textOf(size: number): string {
  const hub = ownHub([size]);
  const sent: string[] = [];
  const link: ClientLink = {
    id: "text",
    unsentBytes: 0,
    send: ({ text }) => void sent.push(text),
    close() {},
  };
  hub.join(link);
  hub.receive(link, RESUME);
  hub.receive(link, `${size} ${START_MS}`);
  return sent.at(-1)!;
}
