import type { BusMessage } from "../wire/bus_message.ts";

export type { BusMessage, TableState } from "../wire/bus_message.ts";

/** One way from one engine side to any number of hubs. */
export interface BusPublisher {
  /** Messages left out because the other end was too far behind; a snapshot follows them. */
  readonly dropped: number;
  publish(message: BusMessage): void;
}

/** The hub's end. The first message after (re)subscribing is a snapshot. */
export interface BusSubscriber {
  subscribe(onMessage: (message: BusMessage) => void): () => void;
}
