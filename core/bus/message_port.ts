import type { BusMessage, BusPublisher, BusSubscriber } from "../port/bus.ts";

/** What both ends need of a MessagePort, a Worker, or a worker's own scope. */
export interface Port {
  postMessage(message: string): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  start?(): void;
}

/**
 * What the engine side sends ahead of the hub's acknowledgement: at 330 messages a second, the most
 * there are, 9 s of a hub that is stuck. A port has no back-pressure of its own; without a limit the
 * queue would grow without end.
 */
export const AHEAD_MAX = 3_000;
/** The same in characters of JSON: 8 MiB, and one snapshot more at most. */
export const AHEAD_CHARS_MAX = 8 * 1_024 * 1_024;
/** The hub acknowledges every so many messages, or characters when that is sooner. */
const ACK_EVERY = 100;
const ACK_CHARS = AHEAD_CHARS_MAX / 16;

type Request =
  | { readonly k: "resend" }
  | { readonly k: "ack"; readonly n: number; readonly chars: number };

/** The engine's end: one JSON string per message; silent until a hub has asked for a snapshot. */
export class PortPublisher implements BusPublisher {
  readonly #port: Port;
  readonly #snapshot: () => BusMessage;
  readonly #onMessage = (event: MessageEvent) => this.#take(event.data);
  #isWanted = false;
  #ahead = 0;
  #charsAhead = 0;
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
    this.offer(() => JSON.stringify(message));
  }

  /** Takes a message whose text is asked for only if it is sent. */
  offer(text: () => string): void {
    if (!this.#isWanted) return;
    const isFull = this.#ahead >= AHEAD_MAX || this.#charsAhead >= AHEAD_CHARS_MAX;
    if (this.#isBehind || isFull) {
      this.#isBehind = true;
      this.dropped++;
      return;
    }
    this.#post(text());
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
      this.#charsAhead = 0;
    } else if (request.k === "ack") {
      this.#ahead = Math.max(0, this.#ahead - request.n);
      this.#charsAhead = Math.max(0, this.#charsAhead - request.chars);
      const isClear = this.#ahead <= AHEAD_MAX / 2 && this.#charsAhead <= AHEAD_CHARS_MAX / 2;
      if (!this.#isBehind || !isClear) return;
    } else return;
    this.#isBehind = false;
    this.#post(JSON.stringify(this.#snapshot()));
  }

  #post(text: string): void {
    this.#ahead++;
    this.#charsAhead += text.length;
    this.#port.postMessage(text);
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
    let chars = 0;
    let isFirstSeen = false;
    const listener = ({ data }: MessageEvent) => {
      if (typeof data !== "string") return;
      const message = JSON.parse(data) as BusMessage | { readonly k: "here" };
      if (message.k === "here") return this.#ask({ k: "resend" });
      chars += data.length;
      if (++taken >= ACK_EVERY || chars >= ACK_CHARS) {
        this.#ask({ k: "ack", n: taken, chars });
        [taken, chars] = [0, 0];
      }
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
