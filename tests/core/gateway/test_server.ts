import type { Verdict } from "../../../core/gateway/door.ts";
import { NO_TRAVEL } from "../../../core/gateway/travel.ts";
import { answerSocket } from "../../../core/gateway/socket.ts";
import { socketPathOf } from "../../../core/gateway/socket_path.ts";
import { WsServer, type WsServerOptions } from "../../../core/gateway/ws_server.ts";
import { absentHistory } from "../../support/absent_history.ts";
import {
  createServices,
  type ServeConfig,
  type Services,
  type StoreView,
} from "../../../core/gateway/services.ts";
import { createLogger } from "../../../core/log.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { liveStatus, ROWS } from "../hub/world.ts";

/** Longest a test waits for something to become true. */
const WAIT_MS = 60_000;

export const CONFIG: ServeConfig = {
  provider: "ssi",
  isReplay: false,
  corsOrigins: [],
  hosts: null,
  proxies: { hops: 0, networks: [] },
  wsAuthToken: null,
  wsConnectionsPerIpMax: 1_000,
  wsConnectionsMax: 1_000,
  wsThrottleIntervalMs: 500,
  wsIdleTimeoutS: 30,
  wsLagMsMax: 10_000,
  wsPlace: { port: null, url: null },
};

const NO_STORE: StoreView = {
  health: () => ({
    state: "off",
    reason: "this test has no store",
    backend: null,
    facts: null,
    backfill: null,
  }),
  metrics: () => ({}),
};

/** Services with a clock of the test, and the lines they logged. */
export function testServices(
  config: Partial<ServeConfig> = {},
  clock = { nowMs: Date.now },
  history = absentHistory("this test has no store"),
  store: StoreView = NO_STORE,
) {
  const lines: string[] = [];
  const log = createLogger({
    level: "debug",
    nowMs: clock.nowMs,
    human: false,
    write: (line) => lines.push(line),
  });
  const services = createServices({
    config: { ...CONFIG, ...config },
    clock,
    log,
    version: "1.2.3",
    history,
    store,
    travel: NO_TRAVEL,
    gatewayFigures: () => ({}),
    sourceFigures: () => ({}),
  });
  return { services, lines };
}

/** Asks the door for a place, as a program at this address does. */
export function knockFrom(peer: string, { admission }: Services): Verdict {
  const knock = { forwardedFor: null, origin: null, target: "", tokens: [], isVersioned: false };
  return admission.admit({ ...knock, peer });
}

/** What takes the sockets of a server under test. */
interface Listener {
  readonly port: number;
  metrics?(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** The ways of serving sockets; "native" is "ws" that writes by the C library. */
export const ADAPTERS = ["deno", "ws", "native"] as const;
export type Adapter = typeof ADAPTERS[number];

/** Times of a `ws` server that a test does not wait for long. */
export const WS_TIMES: Omit<WsServerOptions, "hostname" | "port" | "pagesPort" | "hosts"> = {
  connectionsMax: 1_000,
  heartbeatIntervalMs: 30_000,
  heartbeatTimeoutMs: 10_000,
  closeMs: 5_000,
  isNative: false,
};

function listenDeno(services: Services): Listener | null {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (req, info) => {
      const url = new URL(req.url);
      const path = socketPathOf(url.pathname) ?? { plain: null };
      return answerSocket({ req, url, info, state: { requestId: "r", services } }, path);
    },
  );
  return { port: server.addr.port, close: () => server.shutdown() };
}

function listenWs(services: Services, times: Partial<WsServerOptions>): Promise<WsServer> {
  const options = { ...WS_TIMES, hostname: "127.0.0.1", port: 0, pagesPort: 8000, hosts: null };
  const { hub, clock, log, admission: door } = services;
  const host = {
    hub,
    clock,
    log,
    door,
    get isDraining() {
      return services.isDraining;
    },
  };
  return WsServer.listen({ ...options, ...times }, host);
}

/** The gateway on a port of its own: `/ws` and the plain addresses, without pages or routes. */
export class TestServer implements AsyncDisposable {
  readonly services: Services;
  readonly lines: string[];
  readonly publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  #listener: Listener | null = null;
  readonly #sockets: WebSocket[] = [];

  /** Serves sockets by `Deno.upgradeWebSocket`. */
  constructor(config: Partial<ServeConfig> = {}, listen = listenDeno) {
    ({ services: this.services, lines: this.lines } = testServices(config));
    this.#listener = listen(this.services);
  }

  /** A server whose hub has its first snapshot. */
  static started(config: Partial<ServeConfig> = {}): TestServer {
    return new TestServer(config).#withRows();
  }

  /** The same with either way of serving sockets. */
  static async startedOn(
    adapter: Adapter,
    { config = {}, times = {} }: {
      readonly config?: Partial<ServeConfig>;
      readonly times?: Partial<WsServerOptions>;
    } = {},
  ): Promise<TestServer> {
    if (adapter === "deno") return TestServer.started(config);
    const server = new TestServer(config, () => null);
    const isNative = adapter === "native";
    server.#listener = await listenWs(server.services, { ...times, isNative });
    return server.#withRows();
  }

  #withRows(): this {
    this.publisher.setRows(ROWS, "e1");
    this.tick();
    return this;
  }

  get port(): number {
    return this.#listener!.port;
  }

  /** Figures of what takes the sockets; none by `Deno.upgradeWebSocket`. */
  socketFigures(): Readonly<Record<string, number>> {
    return this.#listener?.metrics?.() ?? {};
  }

  /** What the engine side publishes reaches the hub at once. */
  tick(): void {
    this.apply(this.publisher.tick(1));
  }

  apply(message: BusMessage | null): void {
    if (message !== null) this.services.hub.apply(message, this.services.clock.nowMs());
  }

  url(path: string): string {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  /** Opens a socket that is closed with the server. */
  connect(path: string, protocols: string[] = []): TestClient {
    const socket = new WebSocket(this.url(path), protocols);
    this.#sockets.push(socket);
    return new TestClient(socket);
  }

  /** A client of the versioned protocol. */
  connectV1(path = "/ws"): TestClient {
    return this.connect(path, ["vnstock.v1.json"]);
  }

  /** Waits until nothing is open any more. */
  async empty(): Promise<void> {
    await until(() => {
      const { links, addresses, refused } = this.services.admission.open;
      return links + addresses + refused + this.services.hub.links === 0;
    }, "every socket to be gone");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) {
      if (socket.readyState === WebSocket.CLOSED) continue;
      const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
      socket.close();
      await closed;
    }
    await this.empty();
    await this.#listener?.close();
  }
}

/** A socket and what came over it. */
export class TestClient {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  readonly opened: Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<{ code: number; reason: string }>();
    socket.onopen = () => opened.resolve();
    socket.onmessage = ({ data }) => this.texts.push(data);
    socket.onclose = ({ code, reason }) => closed.resolve({ code, reason });
    // A refused handshake: `closed` follows, with code 1006.
    socket.onerror = () => opened.resolve();
    this.opened = opened.promise;
    this.closed = closed.promise;
  }

  say(operation: unknown): void {
    this.socket.send(typeof operation === "string" ? operation : JSON.stringify(operation));
  }

  /** Waits for the next message that fits, and forgets it and those before it. */
  async next(fits: (message: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      await until(() => this.texts.length > 0, "a message");
      const message = JSON.parse(this.texts.shift()!);
      if (fits(message)) return message;
    }
  }
}

/** A message of either contract; versioned frames come alone or in an array. */
// deno-lint-ignore no-explicit-any -- tests look into it by name
export type Message = any;

/** Waits for a condition, looking once per turn of the event loop. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  const limitMs = performance.now() + WAIT_MS;
  while (!isTrue()) {
    if (performance.now() > limitMs) throw new Error(`Waited ${WAIT_MS} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
