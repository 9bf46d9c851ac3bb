import type { ClientLink } from "../hub/link.ts";
import type { SharedMessage } from "../hub/message.ts";
import { CLOSE } from "../wire/frames.ts";
import { eventBytes } from "./event_text.ts";

/** What happens on a stream of events; `closed` comes once after `opened`, or alone. */
export interface StreamEvents {
  /** The client reads. */
  opened(link: ClientLink): void;
  closed(link: ClientLink): void;
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** A body of Server-Sent Events as a link. */
class SseLink implements ClientLink {
  readonly id: string;
  readonly #controller: Controller;
  readonly #closed: (link: ClientLink) => void;
  #isOpen = true;

  constructor(id: string, controller: Controller, closed: (link: ClientLink) => void) {
    this.id = id;
    this.#controller = controller;
    this.#closed = closed;
  }

  /** Bytes that the server has not pulled yet; it holds back itself while its own buffers are full. */
  get unsentBytes(): number {
    return this.#isOpen ? Math.max(0, -(this.#controller.desiredSize ?? 0)) : 0;
  }

  send(message: SharedMessage): void {
    if (this.#isOpen) this.#controller.enqueue(eventBytes(message));
  }

  /** What is unsent still goes out, but not to a client that has shown that it does not read. */
  close(code: number, reason: string): void {
    if (!this.left()) return;
    if (code === CLOSE.slowConsumer) this.#controller.error(new Error(reason));
    else this.#controller.close();
  }

  /** The client is gone; false when that was known. */
  left(): boolean {
    if (!this.#isOpen) return false;
    this.#isOpen = false;
    this.#closed(this);
    return true;
  }
}

/** A body that is a link from the first time it is read until the client or the hub ends it. */
export function eventStream(id: string, events: StreamEvents): ReadableStream<Uint8Array> {
  let link: SseLink;
  let isOpened = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      link = new SseLink(id, controller, events.closed);
    },
    pull() {
      if (isOpened) return;
      isOpened = true;
      events.opened(link);
    },
    cancel() {
      link.left();
    },
  }, new ByteLengthQueuingStrategy({ highWaterMark: 0 }));
}
