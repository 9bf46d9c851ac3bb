import { HttpError } from "./http_error.ts";

/** What happens on a socket that `ctx.upgrade` opened. */
export interface WebSocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

export interface WebSocketUpgradeOptions {
  /** Seconds without a pong before the socket is closed; Deno's default when absent. */
  idleTimeout?: number;
  /** Subprotocol to answer with. */
  protocol?: string;
}

/** Upgrades a request, or throws 400 when it did not ask for a WebSocket. */
export function upgrade(
  req: Request,
  first?: WebSocketHandlers | WebSocketUpgradeOptions,
  second?: WebSocketUpgradeOptions,
): { socket: WebSocket; response: Response } | Response {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  if (!isHandlers(first)) return Deno.upgradeWebSocket(req, first);
  const { socket, response } = Deno.upgradeWebSocket(req, second);
  socket.addEventListener("open", () => first.open?.(socket));
  socket.addEventListener("message", (event) => first.message?.(socket, event));
  socket.addEventListener("close", ({ code, reason }) => first.close?.(socket, code, reason));
  socket.addEventListener("error", (event) => first.error?.(socket, event));
  return response;
}

function isHandlers(
  value: WebSocketHandlers | WebSocketUpgradeOptions | undefined,
): value is WebSocketHandlers {
  return value !== undefined &&
    ("open" in value || "message" in value || "close" in value || "error" in value);
}
