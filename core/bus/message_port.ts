import type { BusMessage, BusPublisher, BusSubscriber } from "../port/bus.ts";

/** What both ends need of a MessagePort, a Worker, or a worker's own scope. */
export interface Port {
  postMessage(message: string): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  start?(): void;
}

/**
 * Messages the engine side sends ahead of the hub's acknowledgement. A port has no back-pressure of its
 * own: a hub that is stuck would otherwise grow the queue without end. 300 × 16 KB = 5 MB.
 */
export const AHEAD_MAX = 300;
/** The hub acknowledges every so many messages. */
const ACK_EVERY = 50;

type Request = { readonly k: "resend" } | { readonly k: "ack"; readonly n: number };

/** The engine's end: one JSON string per message; silent until a hub has asked for a snapshot. */
export class PortPublisher implements BusPublisher {
  readonly #port: Port;
  readonly #snapshot: () => BusMessage;
  readonly #onMessage = (event: MessageEvent) => this.#take(event.data);
  #isWanted = false;
  #ahead = 0;
  #isBehind = false;
  /** Messages left out because the hub was too far behind; a snapshot follows them. */
  dropped = 0;

  constructor(port: Port, snapshot: () => BusMessage) {
    this.#port = port;
    this.#snapshot = snapshot;
    port.addEventListener("message", this.#onMessage);
    port.start?.();
    // A hub that asked before anybody listened here asks again.
    port.postMessage(JSON.stringify({ k: "here" }));
  }

  publish(message: BusMessage): void {
    if (!this.#isWanted) return;
    if (this.#isBehind || this.#ahead >= AHEAD_MAX) {
      this.#isBehind = true;
      this.dropped++;
      return;
    }
    this.#post(message);
  }

  /** Stops listening to the port. */
  close(): void {
    this.#isWanted = false;
    this.#port.removeEventListener("message", this.#onMessage);
  }

  #take(data: unknown): void {
    // The port may carry other traffic, which is objects; the bus speaks strings.
    if (typeof data !== "string") return;
    const request = JSON.parse(data) as Request;
    if (request.k === "resend") {
      this.#isWanted = true;
      this.#ahead = 0;
    } else if (request.k === "ack") {
      this.#ahead = Math.max(0, this.#ahead - request.n);
      if (!this.#isBehind || this.#ahead > AHEAD_MAX / 2) return;
    } else return;
    this.#isBehind = false;
    this.#post(this.#snapshot());
  }

  #post(message: BusMessage): void {
    this.#ahead++;
    this.#port.postMessage(JSON.stringify(message));
  }
}

/** The hub's end. */
export class PortSubscriber implements BusSubscriber {
  readonly #port: Port;

  constructor(port: Port) {
    this.#port = port;
  }

  subscribe(onMessage: (message: BusMessage) => void): () => void {
    let taken = 0;
    let isFirstSeen = false;
    const listener = ({ data }: MessageEvent) => {
      if (typeof data !== "string") return;
      const message = JSON.parse(data) as BusMessage | { readonly k: "here" };
      if (message.k === "here") return this.#ask({ k: "resend" });
      if (++taken % ACK_EVERY === 0) this.#ask({ k: "ack", n: ACK_EVERY });
      // What an earlier subscription left on the way is not ours.
      isFirstSeen ||= message.k === "snapshot";
      if (isFirstSeen) onMessage(message);
    };
    this.#port.addEventListener("message", listener);
    this.#port.start?.();
    this.#ask({ k: "resend" });
    return () => this.#port.removeEventListener("message", listener);
  }

  #ask(request: Request): void {
    this.#port.postMessage(JSON.stringify(request));
  }
}
