import type { SimCounters } from "./counters.ts";
import { HUB_NAME, numberOfCursor } from "./frames.ts";
import type { MarketHub } from "./hub.ts";
import { DISCONNECT_TIMEOUT_MS } from "./limits.ts";
import type { TokenAuthority } from "./tokens.ts";

/** What the HTTP side of the hub works with. */
export interface SignalrDeps {
  readonly hub: MarketHub;
  readonly tokens: TokenAuthority;
  readonly counters: SimCounters;
  readonly keepAliveMs: number;
}

type Action = (request: Request, query: URLSearchParams, deps: SignalrDeps) =>
  | Response
  | Promise<Response>;

const ACTIONS: Readonly<Record<string, { methods: readonly string[]; run: Action }>> = {
  negotiate: { methods: ["GET", "POST"], run: negotiate },
  connect: { methods: ["GET"], run: (...args) => openSocket("connect", ...args) },
  reconnect: { methods: ["GET"], run: (...args) => openSocket("reconnect", ...args) },
  start: { methods: ["GET", "POST"], run: start },
  ping: { methods: ["GET", "POST"], run: () => Response.json({ Response: "pong" }) },
  abort: { methods: ["POST"], run: abort },
};

/** Serves `/v2.0/signalr/<action>` of classic SignalR 2.x, WebSocket transport only. */
export async function handleSignalr(
  request: Request,
  action: string,
  deps: SignalrDeps,
): Promise<Response> {
  const entry = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  const response = entry === undefined
    ? refusal(404, "No such SignalR action")
    : !entry.methods.includes(request.method)
    ? refusal(405, "Method not allowed")
    : await entry.run(request, new URL(request.url).searchParams, deps);
  if (response.status >= 400) deps.counters.hubRefused += 1;
  return response;
}

async function negotiate(request: Request, query: URLSearchParams, deps: SignalrDeps) {
  const user = await deps.tokens.userOf(request.headers.get("authorization"));
  if (user === null) return refusal(401, "Unauthorized");
  const connectionId = crypto.randomUUID();
  return Response.json({
    Url: "/v2.0/signalr",
    ConnectionToken: await deps.tokens.connectionToken(connectionId, user),
    ConnectionId: connectionId,
    KeepAliveTimeout: 2 * deps.keepAliveMs / 1000,
    DisconnectTimeout: DISCONNECT_TIMEOUT_MS / 1000,
    ConnectionTimeout: 110,
    TryWebSockets: true,
    ProtocolVersion: clampProtocol(query.get("clientProtocol")),
    TransportConnectTimeout: 5,
    LongPollDelay: 0,
  });
}

async function openSocket(
  kind: "connect" | "reconnect",
  request: Request,
  query: URLSearchParams,
  deps: SignalrDeps,
) {
  const connection = await authorise(request, query, deps);
  if (connection instanceof Response) return connection;
  const hubs = hubNames(query.get("connectionData"));
  if (hubs === null) return refusal(400, "The connectionData is malformed");
  const unknown = hubs.find((name) => name.toLowerCase() !== HUB_NAME.toLowerCase());
  if (unknown !== undefined) return refusal(500, `'${unknown}' hub could not be resolved.`);
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return refusal(400, "A WebSocket upgrade is required");
  }
  if (deps.hub.refuses(connection.id)) return refusal(503, "Too many connections");
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  socket.onopen = () => {
    if (kind === "connect") deps.hub.connect(connection.id, socket);
    else deps.hub.reconnect(connection.id, socket, numberOfCursor(query.get("messageId") ?? ""));
  };
  return response;
}

async function start(request: Request, query: URLSearchParams, deps: SignalrDeps) {
  const connection = await authorise(request, query, deps);
  return connection instanceof Response ? connection : Response.json({ Response: "started" });
}

async function abort(request: Request, query: URLSearchParams, deps: SignalrDeps) {
  const connection = await authorise(request, query, deps);
  if (connection instanceof Response) return connection;
  deps.hub.drop(connection.id);
  return new Response(null, { status: 200 });
}

/** The connection a request belongs to, or the refusal it deserves. */
async function authorise(request: Request, query: URLSearchParams, deps: SignalrDeps) {
  const user = await deps.tokens.userOf(request.headers.get("authorization"));
  if (user === null) return refusal(401, "Unauthorized");
  if (query.get("transport") !== "webSockets") return refusal(400, "Unknown transport");
  const connection = await deps.tokens.connectionOf(query.get("connectionToken") ?? "");
  if (connection === null) return refusal(400, "The connection token is malformed");
  if (connection.user !== user) return refusal(403, "The connection belongs to another user");
  return connection;
}

/** The hub names of `[{"name":"…"}]`, or null when it is not that. */
function hubNames(connectionData: string | null): readonly string[] | null {
  let value: unknown;
  try {
    value = JSON.parse(connectionData ?? "");
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!Array.isArray(value) || value.length === 0) return null;
  const names = value.map((hub: unknown) => (hub as { name?: unknown } | null)?.name);
  return names.every((name) => typeof name === "string") ? names : null;
}

/** The version the server speaks to a client that asks for one; 1.3 to 1.5. */
function clampProtocol(requested: string | null): string {
  const version = Number(requested ?? "1.3");
  if (!(version > 1.3)) return "1.3";
  return version >= 1.5 ? "1.5" : "1.4";
}

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { "content-type": "text/plain" } });
}
