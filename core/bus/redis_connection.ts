import { createClient } from "redis";
import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";
import { REQUEST_MS, within } from "./broker.ts";

export type RedisClient = ReturnType<typeof newClient>;

/** Redis does not say that it hangs: it is asked this often, and given up after the time below. */
const PING_MS = 1_000;
const SILENT_MS = 2_000;
/** Wait between two attempts to come back, and what is added at random so that not all come at once. */
const RECONNECT_MS = 100;
const RECONNECT_JITTER_MS = 100;

function newClient(url: Secret) {
  return createClient({
    url: url.reveal(),
    name: "vnstock",
    // A connection that listens may ask as well.
    RESP: 3,
    // What cannot be sent is left out and counted by us.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: REQUEST_MS,
      reconnectStrategy: () => RECONNECT_MS + Math.random() * RECONNECT_JITTER_MS,
    },
  });
}

/** A connection that comes back for ever, on a new socket when the server does not answer. */
export class RedisConnection {
  readonly #url: Secret;
  readonly #log: Logger;
  readonly #onConnect: (client: RedisClient, isFirst: boolean) => Promise<void>;
  client: RedisClient;
  #isUp = false;
  #isToldDown = false;
  #connecting: Promise<void> = Promise.resolve();
  #hasBeenUp = false;
  #isClosed = false;
  #timer: ReturnType<typeof setInterval>;
  #isAsking = false;

  /** `onConnect` is called with each connection, before it counts as one. */
  constructor(
    url: Secret,
    log: Logger,
    onConnect: (client: RedisClient, isFirst: boolean) => Promise<void>,
  ) {
    this.#url = url;
    this.#log = log;
    this.#onConnect = onConnect;
    this.client = this.#start();
    this.#timer = setInterval(() => void this.#ask(), PING_MS);
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#isUp = false;
    end(this.client);
    // A client that is between two attempts ends after the wait.
    await this.#connecting;
  }

  #start(): RedisClient {
    const client = newClient(this.#url);
    // Without a listener an error would end the process.
    client.on("error", (error: Error) => {
      if (client !== this.client || this.#isClosed) return;
      this.#isUp = false;
      // An outage fails again and again, and is one event.
      if (!this.#isToldDown) this.#log.warn("bus_disconnected", { error: error.message });
      this.#isToldDown = true;
    });
    client.on("ready", () => void this.#ready(client));
    // What it rejects with, its listener has heard.
    this.#connecting = client.connect().then(() => {}, () => {});
    return client;
  }

  async #ready(client: RedisClient): Promise<void> {
    if (client !== this.client || this.#isClosed) return;
    const isFirst = !this.#hasBeenUp;
    this.#hasBeenUp = true;
    try {
      await this.#onConnect(client, isFirst);
      this.#isUp = true;
      this.#isToldDown = false;
      if (!isFirst) this.#log.info("bus_reconnected");
    } catch (error) {
      this.#log.warn("bus_error", { error });
      this.#replace();
    }
  }

  async #ask(): Promise<void> {
    // A password that is not taken ends a client for good; it may be put right on the server.
    if (!this.client.isOpen) this.#replace();
    if (this.#isAsking || !this.#isUp) return;
    this.#isAsking = true;
    const { client } = this;
    try {
      await within(SILENT_MS, "PING", client.ping());
    } catch (error) {
      if (this.#isClosed || client !== this.client || !client.isReady) return;
      this.#log.warn("bus_silent", { error });
      this.#replace();
    } finally {
      this.#isAsking = false;
    }
  }

  #replace(): void {
    if (this.#isClosed) return;
    this.#isUp = false;
    end(this.client);
    this.client = this.#start();
  }
}

/** Ends a client at once; one that is between two sockets has none to end. */
function end(client: RedisClient): void {
  if (client.isOpen) client.destroy();
}
