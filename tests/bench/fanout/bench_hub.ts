import { type Contract, Hub } from "../../../core/hub/hub.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { BenchFeed, type Order, readOrder, RESUME, START_MS } from "./feed.ts";

/** Least time between two messages by the hub's clock: every client is due again. */
const ROUND_MS = 100;

/** The hub, with a clock that messages move on, and an ear for the orders of the load client. */
export class BenchHub extends Hub {
  readonly #onOrder: (order: Order) => void;
  readonly #startMs = performance.now();
  nowMs = START_MS;

  constructor(onOrder: (order: Order) => void) {
    super({
      status: connectingStatus("sim", START_MS),
      throttleMs: 500,
      lagMsMax: LAG_MS_MAX,
      isValidToken: () => true,
    });
    this.#onOrder = onOrder;
  }

  /** Takes a message of the bus and tells everybody. */
  take(message: BusMessage): void {
    const elapsedMs = performance.now() - this.#startMs;
    this.nowMs = Math.max(this.nowMs + ROUND_MS, START_MS + Math.floor(elapsedMs));
    this.apply(message, this.nowMs);
    this.tick(this.nowMs);
  }

  override receive(link: ClientLink, contract: Contract, text: string, nowMs: number): void {
    const order = readOrder(text);
    if (order === null) super.receive(link, contract, text, nowMs);
    else this.#onOrder(order);
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
  hub.join(link, "v1", hub.nowMs, { isAuthenticated: true });
  hub.receive(link, "v1", RESUME, hub.nowMs);
  hub.receive(link, "v1", `${size} ${START_MS}`, hub.nowMs);
  return sent.at(-1)!;
}
