import { answerSocket, type SocketPath } from "../../../core/gateway/socket.ts";
import { absentHistory } from "../../support/absent_history.ts";
import {
  createServices,
  type ServeConfig,
  type Services,
  type StoreView,
} from "../../../core/gateway/services.ts";
import type { Verdict } from "../../../core/gateway/door.ts";
import { createLogger } from "../../../core/log.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { liveStatus, ROWS } from "../hub/world.ts";

/** Longest a test waits for something to become true. */
const WAIT_MS = 10_000;

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
};

const NO_STORE: StoreView = {
  health: () => ({
    state: "off",
    reason: "this test has no store",
    backend: null,
    facts: null,
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
  });
  return { services, lines };
}

/** Asks the door for a place, as a program at this address does. */
export function knockFrom(peer: string, { admission }: Services): Verdict {
  const knock = { forwardedFor: null, origin: null, target: "", tokens: [], isVersioned: false };
  return admission.admit({ ...knock, peer });
}

/** What each address speaks, as the routes say it. */
function pathOf(pathname: string): SocketPath {
  const [, , name, ticker] = pathname.split("/");
  if (name === "stocks") return { plain: name, ticker: decodeURIComponent(ticker ?? "") };
  const isPlain = name === "market" || name === "foreign" || name === "index" || name === "alerts";
  return { plain: isPlain ? name : null };
}

/** The gateway on a port of its own: `/ws` and the plain addresses, without pages or routes. */
export class TestServer implements AsyncDisposable {
  readonly services: Services;
  readonly lines: string[];
  readonly publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #sockets: WebSocket[] = [];

  constructor(config: Partial<ServeConfig> = {}) {
    ({ services: this.services, lines: this.lines } = testServices(config));
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (req, info) => {
        const url = new URL(req.url);
        const path = pathOf(url.pathname);
        const state = { requestId: "r", services: this.services };
        return answerSocket({ req, url, info, state }, path);
      },
    );
  }

  /** A server whose hub has its first snapshot. */
  static started(config: Partial<ServeConfig> = {}): TestServer {
    const server = new TestServer(config);
    server.publisher.setRows(ROWS, "e1");
    server.tick();
    return server;
  }

  get port(): number {
    return this.#server.addr.port;
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
    await this.#server.shutdown();
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
