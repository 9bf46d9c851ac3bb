import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";
import { abortable, type Broker, type Place, PRICE_MS, REQUEST_MS, within } from "./broker.ts";
import { RedisConnection } from "./redis_connection.ts";
import { RedisKeys, RedisLease } from "./redis_keys.ts";

/** Keys and channels; the version is that of the messages. */
const BUS = "vnstock:v1:bus";
const BEAT = "vnstock:v1:beat";
const TICKER = "market:";
const PRICE = "price:";

/** Redis trims by number alone: some minutes, or 15 s of the most there can be. */
const KEPT_MESSAGES = 5_000;
/** No limit of Redis, which takes 512 MB; of our own memory. */
const BYTES_MAX = 1_024 * 1_024;

/** Its id is the place, so that Redis itself refuses a publisher that was replaced. */
const SEND = `
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], ARGV[2], 'm', ARGV[3])
return redis.call('PUBLISH', KEYS[1], ARGV[3])`;

/** Connects to Redis; waits until it is there, or rejects when the signal comes. */
export async function openRedis(url: Secret, log: Logger, signal: AbortSignal): Promise<Broker> {
  const broker = new RedisBroker(url, log);
  try {
    await abortable(broker.ready, signal);
    return broker;
  } catch (error) {
    await broker.close();
    throw error;
  }
}

class RedisBroker implements Broker {
  readonly name: string;
  readonly bytesMax = BYTES_MAX;
  readonly #url: Secret;
  readonly #log: Logger;
  readonly #commands: RedisConnection;
  #subscriber: RedisConnection | null = null;
  readonly keys: RedisKeys;
  readonly lease: RedisLease;
  readonly #reconnectListeners = new Set<() => void>();
  readonly #textListeners = new Set<(text: string) => void>();
  /** The answer to the last that was sent; those before it have come by then. */
  #last: Promise<unknown> = Promise.resolve();
  readonly ready: Promise<void>;

  constructor(url: Secret, log: Logger) {
    this.name = `redis://${new URL(url.reveal()).host}`;
    this.#url = url;
    this.#log = log;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#commands = new RedisConnection(url, log, (_client, isFirst) => {
      // Only after the connection counts as one.
      queueMicrotask(() => isFirst ? resolve() : this.#reconnected());
      return Promise.resolve();
    });
    const client = () => this.#commands.client;
    this.keys = new RedisKeys(client);
    this.lease = new RedisLease(client);
  }

  get isConnected(): boolean {
    return this.#commands.isUp;
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  onReconnect(listener: () => void): () => void {
    this.#reconnectListeners.add(listener);
    return () => this.#reconnectListeners.delete(listener);
  }

  send({ term, n }: Place, text: string): void {
    this.#sent(
      this.#commands.client.eval(SEND, {
        keys: [BUS],
        arguments: [String(KEPT_MESSAGES), `${term}-${n}`, text],
      }),
    );
  }

  beat(text: string): void {
    this.#sent(this.#commands.client.publish(BEAT, text));
  }

  async flush(): Promise<void> {
    await this.#last;
  }

  async listen(onText: (text: string) => void): Promise<() => void> {
    this.#textListeners.add(onText);
    if (this.#subscriber === null) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const known = new WeakSet();
      this.#subscriber = new RedisConnection(this.#url, this.#log, async (client) => {
        // A client subscribes again by itself; only a new one knows nothing yet.
        if (!known.has(client)) await client.subscribe([BUS, BEAT], (text) => this.#take(text));
        known.add(client);
        resolve();
      });
      await promise;
    }
    return () => this.#textListeners.delete(onText);
  }

  async kept({ term, n }: Place): Promise<readonly string[]> {
    const entries = await within(
      REQUEST_MS,
      "XRANGE",
      this.#commands.client.xRange(BUS, `(${term}-${n}`, `${term}-${Number.MAX_SAFE_INTEGER}`),
    );
    return (entries ?? []).map(({ message }) => String(message.m));
  }

  tellTicker(ticker: string, text: string): void {
    const { client } = this.#commands;
    this.#sent(
      client.set(`${PRICE}${ticker}`, text, { expiration: { type: "PX", value: PRICE_MS } }),
    );
    this.#sent(client.publish(`${TICKER}${ticker}`, text));
  }

  async close(): Promise<void> {
    await Promise.all([this.#subscriber?.close(), this.#commands.close()]);
  }

  #sent(answer: Promise<unknown>): void {
    this.#last = answer;
    // Who flushes hears of it; a connection that ended says so itself.
    answer.catch(() => {});
  }

  #take(text: string): void {
    for (const listener of [...this.#textListeners]) listener(text);
  }

  #reconnected(): void {
    for (const listener of [...this.#reconnectListeners]) listener();
  }
}
