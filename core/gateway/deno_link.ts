import type { ClientLink } from "../hub/link.ts";
import type { SharedMessage } from "../hub/message.ts";
import type { LinkEvents } from "./link_events.ts";

export interface LinkOptions {
  readonly id: string;
  /** Subprotocol to answer with, or null for none. */
  readonly protocol: string | null;
  /** Seconds without a message or pong until the runtime closes the socket; it pings at the half. */
  readonly idleTimeoutS: number;
}

/** A socket of `Deno.upgradeWebSocket` as a link. */
class DenoLink implements ClientLink {
  readonly id: string;
  readonly #socket: WebSocket;

  constructor(id: string, socket: WebSocket) {
    this.id = id;
    this.#socket = socket;
  }

  get unsentBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send({ text }: SharedMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  close(code: number, reason: string): void {
    if (this.#socket.readyState < WebSocket.CLOSING) this.#socket.close(code, reason);
  }
}

/**
 * Turns a request into a link and gives the answer to return. Throws a TypeError when the request's
 * WebSocket headers are malformed; then no event comes.
 */
export function upgradeToLink(
  request: Request,
  options: LinkOptions,
  events: LinkEvents,
): Response {
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout: options.idleTimeoutS,
    ...(options.protocol === null ? {} : { protocol: options.protocol }),
  });
  const link = new DenoLink(options.id, socket);
  let isClosed = false;
  const closed = () => {
    // An idle time-out fires `close` twice, and a failed handshake fires only `error`.
    if (isClosed) return;
    isClosed = true;
    events.closed(link);
  };
  socket.onopen = () => events.open(link);
  socket.onmessage = ({ data }) => {
    if (isClosed) return;
    if (typeof data === "string") events.text(link, data);
    else events.binary(link);
  };
  socket.onerror = (event) => {
    events.failed(link, event instanceof ErrorEvent ? event.message : event.type);
    link.close(1011, "socket failed");
    closed();
  };
  socket.onclose = closed;
  return response;
}
