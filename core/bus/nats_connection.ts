import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";
import { abortable, REQUEST_MS } from "./broker.ts";
import { watchReleasedSockets } from "./released_sockets.ts";

/** A hung server is noticed after PINGS_OUT_MAX + 1 of these; a dead one at once. */
const PING_MS = 1_000;
const PINGS_OUT_MAX = 2;
/** Wait between two attempts to come back, and what is added at random so that not all come at once. */
const RECONNECT_MS = 100;
const RECONNECT_JITTER_MS = 100;
const FIRST_CONNECT_MS = 250;

/** A connection that comes back for ever; rejects only when the signal comes before the first. */
export async function connectNats(
  url: Secret,
  log: Logger,
  signal: AbortSignal,
): Promise<NatsConnection> {
  const unwatch = watchReleasedSockets((error) => log.warn("bus_socket_reset", { error }));
  try {
    const nats = await connectPatiently(url, log, signal);
    void tellStatus(nats, log);
    void nats.closed().then(unwatch);
    return nats;
  } catch (error) {
    unwatch();
    throw error;
  }
}

async function connectPatiently(
  url: Secret,
  log: Logger,
  signal: AbortSignal,
): Promise<NatsConnection> {
  for (let isFirst = true;; isFirst = false) {
    signal.throwIfAborted();
    try {
      return await connectOnce(url);
    } catch (error) {
      if (isFirst) log.warn("bus_unreachable", { error });
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, FIRST_CONNECT_MS);
    await abortable(promise, signal).finally(() => clearTimeout(timer));
  }
}

function connectOnce(url: Secret): Promise<NatsConnection> {
  const { username, password, host } = new URL(url.reveal());
  return connect({
    servers: host,
    ...(username === "" ? {} : { user: decodeURIComponent(username) }),
    ...(password === "" ? {} : { pass: decodeURIComponent(password) }),
    name: "vnstock",
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MS,
    reconnectJitter: RECONNECT_JITTER_MS,
    pingInterval: PING_MS,
    maxPingOut: PINGS_OUT_MAX,
    timeout: REQUEST_MS,
    // A wrong password may be put right on the server; it is said with every attempt.
    ignoreAuthErrorAbort: true,
  });
}

async function tellStatus(nats: NatsConnection, log: Logger): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type === "disconnect") log.warn("bus_disconnected");
    else if (status.type === "reconnect") log.info("bus_reconnected");
    else if (status.type === "staleConnection") log.warn("bus_silent");
    else if (status.type === "error") log.warn("bus_error", { error: status.error });
  }
}
