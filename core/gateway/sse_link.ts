import type { ClientLink } from "../hub/link.ts";
import type { SharedMessage } from "../hub/message.ts";
import { CLOSE } from "../wire/frames.ts";
import { eventBytes } from "./event_text.ts";

/** What happens on a stream of events; `closed` comes once. */
export interface StreamEvents {
  /** The client reads. */
  opened(link: ClientLink): void;
  closed(link: ClientLink): void;
}

/** A body of Server-Sent Events as a link. */
class SseLink implements ClientLink {
  readonly id: string;
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  readonly #closed: (link: ClientLink) => void;
  /** Not read yet; the hub writes no more before it is, so it is one write and replies to it at most. */
  readonly #unread: Uint8Array[] = [];
  #unreadBytes = 0;
  #isWanted = false;
  #isOpen = true;

  constructor(
    id: string,
    controller: ReadableStreamDefaultController<Uint8Array>,
    closed: (link: ClientLink) => void,
  ) {
    this.id = id;
    this.#controller = controller;
    this.#closed = closed;
  }

  /** The server reads nothing while its own buffer for the client is full. */
  get unsentBytes(): number {
    return this.#unreadBytes;
  }

  send(message: SharedMessage): void {
    if (!this.#isOpen) return;
    const bytes = eventBytes(message);
    this.#unread.push(bytes);
    this.#unreadBytes += bytes.length;
    if (this.#isWanted) this.read();
  }

  /** What is unread still goes out, but not to a client that has shown that it does not read. */
  close(code: number): void {
    if (!this.#isOpen) return;
    if (code === CLOSE.slowConsumer) this.#drop();
    this.#end();
    if (this.#unread.length === 0) this.#controller.close();
  }

  /** Hands over the next piece, at once or when it is there. */
  read(): void {
    const bytes = this.#unread.shift();
    this.#isWanted = bytes === undefined;
    if (bytes === undefined) return;
    this.#unreadBytes -= bytes.length;
    this.#controller.enqueue(bytes);
    if (!this.#isOpen && this.#unread.length === 0) this.#controller.close();
  }

  /** The client is gone. */
  left(): void {
    this.#drop();
    this.#end();
  }

  #drop(): void {
    this.#unread.length = 0;
    this.#unreadBytes = 0;
  }

  #end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closed(this);
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
      link.read();
      if (isOpened) return;
      isOpened = true;
      events.opened(link);
    },
    cancel() {
      link.left();
    },
  }, { highWaterMark: 0 });
}
