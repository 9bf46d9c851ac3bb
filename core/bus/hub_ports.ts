import type { BusMessage, BusPublisher } from "../port/bus.ts";
import { type Port, PortPublisher } from "./message_port.ts";

/** The engine's end of several hubs: a message becomes text once, and each hub has its own backlog. */
export class HubPorts implements BusPublisher {
  readonly #snapshot: () => BusMessage;
  readonly #ports = new Map<string, PortPublisher>();
  /** Left out for hubs that are gone. */
  #droppedBefore = 0;

  constructor(snapshot: () => BusMessage) {
    this.#snapshot = snapshot;
  }

  get dropped(): number {
    let dropped = this.#droppedBefore;
    for (const port of this.#ports.values()) dropped += port.dropped;
    return dropped;
  }

  /** Serves a hub at the other end of a port; one of the same name that was served before is gone. */
  add(hub: string, port: Port): void {
    this.remove(hub);
    this.#ports.set(hub, new PortPublisher(port, this.#snapshot));
  }

  remove(hub: string): void {
    const port = this.#ports.get(hub);
    if (port === undefined) return;
    this.#droppedBefore += port.dropped;
    this.#ports.delete(hub);
    port.close();
  }

  publish(message: BusMessage): void {
    let text: string | null = null;
    for (const port of this.#ports.values()) port.offer(() => text ??= JSON.stringify(message));
  }
}
