import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import type { ClientLink } from "../hub/link.ts";
import type { SharedMessage } from "../hub/message.ts";
import type { Beating } from "./heartbeat.ts";
import type { LinkEvents } from "./link_events.ts";
import { DirectWriter } from "./direct_writer.ts";
import { deflatedFrame, plainFrame } from "./shared_frame.ts";

/** Who keeps the links of a server. */
export interface LinkKeeper {
  /** A ping was answered. */
  answered(link: WsLink): void;
  /** The link is gone for good. */
  gone(link: WsLink): void;
}

/** A socket of `ws` that tells its link what happens; a listener for each thing would be memory. */
export class GatewaySocket extends WebSocket {
  link: WsLink | null = null;

  override close(code?: number, reason?: string | Uint8Array): void {
    this.link?.closing();
    super.close(code, reason as string | undefined);
  }

  override emit(name: string | symbol, ...given: unknown[]): boolean {
    if (this.link === null) return super.emit(name, ...given);
    this.link.happened(name, given[0], given[1]);
    return true;
  }
}

/**
 * A socket of `ws` as a link: data is written past it, as frames that all links share. It is its own
 * writer, and knows itself whether it is open, so that a message touches no other object.
 */
export class WsLink extends DirectWriter implements ClientLink, Beating {
  /** Whether the client takes deflated frames. */
  readonly isDeflated: boolean;
  #isOpen = true;
  #isGone = false;
  readonly id: string;
  readonly #ws: GatewaySocket;
  readonly #events: LinkEvents;
  readonly #keeper: LinkKeeper;

  /** Takes the socket's events; `open` is left to the keeper. */
  constructor(
    id: string,
    sockets: { readonly ws: GatewaySocket; readonly socket: Duplex },
    events: LinkEvents,
    keeper: LinkKeeper,
  ) {
    const { ws, socket } = sockets;
    super(socket);
    this.id = id;
    this.#ws = ws;
    this.#events = events;
    this.#keeper = keeper;
    this.isDeflated = ws.extensions.includes("permessage-deflate");
    ws.link = this;
  }

  /**
   * Whole frames stand between the control frames of `ws`, which writes each of its own in one turn
   * and, as it compresses nothing, never later.
   */
  send(message: SharedMessage): void {
    if (this.#isOpen) this.write(this.isDeflated ? deflatedFrame(message) : plainFrame(message));
  }

  /** `ws` ends the connection when the peer does not answer within the server's close time-out. */
  close(code: number, reason: string): void {
    if (this.#ws.readyState < WebSocket.CLOSING) this.#ws.close(code, reason);
  }

  /** The socket sends a close frame; data must not follow it. */
  closing(): void {
    this.#isOpen = false;
  }

  ping(): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    this.#ws.ping();
    this.streamWritten();
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** An event of the socket, under the name that `ws` gives it. */
  happened(name: string | symbol, what: unknown, isBinary: unknown): void {
    switch (name) {
      case "message":
        if (isBinary === true) this.#events.binary(this);
        else this.#events.text(this, String(what));
        break;
      case "pong":
        this.#keeper.answered(this);
        break;
      case "ping":
        // `ws` has answered it.
        this.streamWritten();
        break;
      case "error":
        // `ws` closes by itself what it calls an error: 1009, 1007 or 1002.
        this.#events.failed(this, (what as Error).message);
        break;
      case "close":
        if (this.#isGone) break;
        this.#isGone = true;
        this.#keeper.gone(this);
        this.#events.closed(this);
    }
  }
}
