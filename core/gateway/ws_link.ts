import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import type { ClientLink } from "../hub/link.ts";
import type { SharedMessage } from "../hub/message.ts";
import type { Beating } from "./heartbeat.ts";
import type { LinkEvents } from "./link_events.ts";
import { DirectWriter } from "./direct_writer.ts";
import { deflatedFrame, plainFrame } from "./shared_frame.ts";

/** A socket of `ws` that tells when it closes, by itself or because it was asked to. */
export class GatewaySocket extends WebSocket {
  onClosing: (() => void) | null = null;

  override close(code?: number, reason?: string | Uint8Array): void {
    this.onClosing?.();
    super.close(code, reason as string | undefined);
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
  readonly id: string;
  readonly #ws: GatewaySocket;

  constructor(id: string, ws: GatewaySocket, socket: Duplex) {
    super(socket);
    this.id = id;
    this.#ws = ws;
    this.isDeflated = ws.extensions.includes("permessage-deflate");
    ws.onClosing = () => this.#isOpen = false;
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

  ping(): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    this.#ws.ping();
    this.streamWritten();
  }

  terminate(): void {
    this.#ws.terminate();
  }
}

/** Makes a link of an open socket and lets its events through; `pong` comes with each answered ping. */
export function linkOf(
  id: string,
  { ws, socket }: { readonly ws: GatewaySocket; readonly socket: Duplex },
  events: LinkEvents & { pong(link: WsLink): void },
): WsLink {
  const link = new WsLink(id, ws, socket);
  ws.on("message", (data, isBinary) => {
    if (isBinary) events.binary(link);
    else events.text(link, String(data));
  });
  ws.on("pong", () => events.pong(link));
  // `ws` has answered it.
  ws.on("ping", () => link.streamWritten());
  // `ws` closes by itself what it calls an error: 1009, 1007 or 1002.
  ws.on("error", ({ message }) => events.failed(link, message));
  ws.once("close", () => events.closed(link));
  return link;
}
