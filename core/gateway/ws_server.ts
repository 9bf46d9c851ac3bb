import type { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Server as SocketServer, type ServerOptions, WebSocketServer } from "ws";
import { CLIENT_MESSAGE_BYTES_MAX } from "../wire/client_schema.ts";
import { SUBPROTOCOL } from "../wire/frames.ts";
import { Arrivals } from "./arrivals.ts";
import type { Door } from "./door.ts";
import { type Decision, malformedAnswer } from "./handshake.ts";
import { Heartbeat } from "./heartbeat.ts";
import { eventsOf, type LinkHost } from "./link_events.ts";
import { answer, answerUpgrade, askedOf } from "./node_http.ts";
import { nameSockets } from "./named_sockets.ts";
import { newLinkId } from "./link_id.ts";
import { GatewaySocket, type LinkKeeper, WsLink } from "./ws_link.ts";
import type { UpgradeHead } from "./upgrade_head.ts";
import { WsRequests } from "./ws_requests.ts";

/** Connections that the kernel keeps for us in a storm of them. */
const BACKLOG = 4_096;
const HEADER_BYTES_MAX = 16_384;
/** Longest time for the head of a request, and for the whole of it. */
const REQUEST_MS_MAX = 10_000;
const BEAT_MS = 1_000;

export interface WsServerOptions {
  readonly hostname: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Port of the pages whose scripts may connect. */
  readonly pagesPort: number;
  /** Host names that a request may ask for beside this machine's own; null for any. */
  readonly hosts: readonly string[] | null;
  /** Connections at once, those that have not upgraded yet included. */
  readonly connectionsMax: number;
  readonly heartbeatIntervalMs: number;
  readonly heartbeatTimeoutMs: number;
  /** Time for the answer to a close; then the connection is ended. */
  readonly closeMs: number;
  /** Frames are written by the C library where that can be called. */
  readonly isNative: boolean;
}

/** Sockets without pages: `ws` on a port of its own, which several workers share. */
export class WsServer {
  readonly #options: WsServerOptions;
  readonly #host: LinkHost;
  readonly #requests: WsRequests;
  readonly #server: Server;
  readonly #arrivals: Arrivals;
  readonly #sockets: SocketServer<typeof GatewaySocket>;
  /** Those that wait for the door, of which `node:http` knows no more. */
  readonly #asking = new Set<Socket>();
  readonly #links = new Set<WsLink>();
  readonly #heartbeat: Heartbeat;
  readonly #timer: ReturnType<typeof setInterval>;
  #beatAtMs = performance.now();
  /** How late the newest beat was. */
  #lagMs = 0;
  /** Why a connection was not accepted since the newest beat. */
  #refused: Error | null = null;
  /** Open sockets that take deflated frames. */
  #deflated = 0;
  readonly #keeper: LinkKeeper = {
    answered: (link) => this.#heartbeat.answered(link),
    gone: (link) => {
      this.#links.delete(link);
      if (link.isDeflated) this.#deflated--;
      this.#heartbeat.remove(link);
    },
  };

  /** Rejects when the address cannot be listened on. */
  static async listen(
    options: WsServerOptions,
    host: LinkHost & { readonly door: Door },
  ): Promise<WsServer> {
    const server = createServer({
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: REQUEST_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
      connectionsCheckingInterval: BEAT_MS,
    });
    server.maxConnections = options.connectionsMax;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      const { hostname, port } = options;
      const address = { host: hostname, port, backlog: BACKLOG, reusePort: true };
      server.listen(address, () => {
        server.off("error", reject);
        resolve();
      });
    });
    return new WsServer(options, host, server);
  }

  private constructor(
    options: WsServerOptions,
    host: LinkHost & { readonly door: Door },
    server: Server,
  ) {
    this.#options = options;
    this.#host = host;
    this.#requests = new WsRequests(options, host.door);
    this.#server = server;
    this.#sockets = new WebSocketServer(socketOptions(options.closeMs));
    this.#sockets.on("wsClientError", (_, socket, message) => {
      const asked = askedOf(message, socket as Socket)!;
      void answerUpgrade(socket, malformedAnswer(asked.requestId), asked);
    });
    this.#heartbeat = new Heartbeat({
      intervalMs: options.heartbeatIntervalMs,
      timeoutMs: options.heartbeatTimeoutMs,
    });
    // What no part of us expects of a request must end that request, and not this worker.
    const failed = (socket: Duplex) => (error: unknown) => {
      host.log.error("request_failed", { error });
      socket.destroy();
    };
    server.on("request", (message, to) => {
      this.#answer(message, to).catch(failed(message.socket));
    });
    server.on("upgrade", (message, socket, head) => {
      // A connection may break while the door is asked; that shows in `destroyed`.
      socket.on("error", () => socket.destroy());
      this.#upgrade(message, socket as Socket, () => head).catch(failed(socket));
    });
    this.#arrivals = new Arrivals(server, HEADER_BYTES_MAX, (message, socket) => {
      this.#upgrade(message, socket, () => this.#arrivals.earlyBytes(socket))
        .catch(failed(socket));
    });
    if (options.isNative) nameSockets(server);
    server.on("error", (error) => this.#refused = error);
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Sockets that are not gone yet. */
  get open(): number {
    return this.#links.size;
  }

  metrics(): Readonly<Record<string, number>> {
    return {
      gateway_open: this.#links.size,
      gateway_deflated: this.#deflated,
      gateway_silent: this.#arrivals.silent,
      gateway_handshakes_pending: this.#requests.pending,
      gateway_heartbeat_timeouts_total: this.#heartbeat.timeouts,
      gateway_lag_ms: Math.round(this.#lagMs),
    };
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const link of this.#links) link.terminate();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#arrivals.close();
    for (const socket of this.#asking) socket.destroy();
    this.#server.closeAllConnections();
    await closed;
  }

  #beat(): void {
    const nowMs = performance.now();
    this.#lagMs = Math.max(0, nowMs - this.#beatAtMs - BEAT_MS);
    this.#beatAtMs = nowMs;
    this.#heartbeat.beat();
    this.#arrivals.beat();
    if (this.#refused !== null) this.#host.log.error("accept_failed", { error: this.#refused });
    this.#refused = null;
    lookAgain(this.#server);
  }

  async #answer(message: IncomingMessage, to: ServerResponse): Promise<void> {
    const asked = askedOf(message, message.socket);
    const decision = await this.#requests.decide(asked);
    if (decision.kind === "answer") return await answer(to, decision.response, asked);
    // It asks for WebSocket and leaves out the header that makes a request an upgrade.
    decision.lease.release();
    await answer(to, malformedAnswer(asked!.requestId), asked);
  }

  /** `early` gives what came behind the head, and then it comes from the socket. */
  async #upgrade(message: UpgradeHead, socket: Socket, early: () => Uint8Array): Promise<void> {
    const asked = askedOf(message, socket);
    this.#asking.add(socket);
    const decision = await this.#requests.decide(asked).finally(() => this.#asking.delete(socket));
    if (decision.kind === "answer") return await answerUpgrade(socket, decision.response, asked);
    let isOpen = false;
    if (!socket.destroyed) {
      // Greetings leave in one packet with the answer; a plain client's first message would take
      // the answer for bytes that it has to wait for.
      if (decision.contract === "v1") socket.cork();
      const head = early() as Buffer;
      this.#sockets.handleUpgrade(message as IncomingMessage, socket, head, (ws) => {
        isOpen = true;
        this.#open(ws, socket, decision);
      });
      socket.uncork();
    }
    // It was gone, or `ws` refused its headers.
    if (!isOpen) decision.lease.release();
  }

  #open(ws: GatewaySocket, socket: Duplex, decision: Exclude<Decision, { kind: "answer" }>): void {
    const events = eventsOf(decision, this.#host);
    const link = new WsLink(newLinkId(), { ws, socket }, events, this.#keeper);
    this.#links.add(link);
    if (link.isDeflated) this.#deflated++;
    this.#heartbeat.add(link);
    events.open(link);
  }
}

/** After a connection came when no descriptor was left, the runtime looks for none until told to. */
function lookAgain(server: Server): void {
  const { _handle } = server as Server & {
    readonly _handle?: { listen?(backlog: number): number };
  };
  _handle?.listen?.(BACKLOG);
}

function socketOptions(closeMs: number): ServerOptions<typeof GatewaySocket> {
  const options: ServerOptions<typeof GatewaySocket> & { readonly closeTimeout: number } = {
    WebSocket: GatewaySocket,
    noServer: true,
    clientTracking: false,
    maxPayload: CLIENT_MESSAGE_BYTES_MAX,
    closeTimeout: closeMs,
    handleProtocols: (offered) => offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false,
    // Frames are deflated once for all; the threshold keeps `ws` from doing it for each socket.
    perMessageDeflate: {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      // A client that wants a smaller window could not read them, and gets plain ones.
      serverMaxWindowBits: 15,
      threshold: Number.MAX_SAFE_INTEGER,
    },
  };
  return options;
}
