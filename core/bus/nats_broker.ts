import { DiscardPolicy, jetstream, type JetStreamClient, StorageType } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "../log.ts";
import type { Secret } from "../secret.ts";
import { type Broker, KEPT, LEASE_MS, type Place, REQUEST_MS, VALUE_MS } from "./broker.ts";
import { parseEnvelope } from "./envelope.ts";
import { connectNats } from "./nats_connection.ts";
import { NatsKeys, NatsLease } from "./nats_keys.ts";

/** Subjects and buckets; the version is that of the messages. */
const BUS = "vnstock.v1.bus";
const BEAT = "vnstock.v1.beat";
const STREAM = "vnstock-v1-bus";
const SNAPSHOT = "vnstock-v1-snapshot";
const LEASE = "vnstock-v1-lease";
const TICKER = "market.";

const SNAPSHOT_BYTES_MAX = 256 * 1_024 * 1_024;
/** Of the server's limit, for the protocol around a message. */
const SPARE_BYTES = 4_096;
/** Messages of a replaced publisher may stand between those of the newest. */
const STRAGGLERS = 32;
const NANOS = 1_000_000;

/** Connects to NATS; waits until it is there, or rejects when the signal comes. */
export async function openNats(url: Secret, log: Logger, signal: AbortSignal): Promise<Broker> {
  return new NatsBroker(await connectNats(url, log, signal), url);
}

class NatsBroker implements Broker {
  readonly name: string;
  readonly #nats: NatsConnection;
  readonly #stream: JetStreamClient;
  readonly #kvm: Kvm;
  readonly keys: NatsKeys;
  readonly lease: NatsLease;
  readonly #listeners = new Set<() => void>();
  #isConnected = true;

  constructor(nats: NatsConnection, url: Secret) {
    this.name = `nats://${new URL(url.reveal()).host}`;
    this.#nats = nats;
    // Without a question to the server before each question to the server.
    this.#stream = jetstream(nats, { timeout: REQUEST_MS, checkAPI: false });
    this.#kvm = new Kvm(this.#stream);
    const manager = () => this.#stream.jetstreamManager();
    this.keys = new NatsKeys(() => this.#kvm.open(SNAPSHOT), manager, this.bytesMax);
    this.lease = new NatsLease(() => this.#kvm.open(LEASE));
    void this.#watch();
  }

  get isConnected(): boolean {
    return this.#isConnected && !this.#nats.isClosed();
  }

  get bytesMax(): number {
    return (this.#nats.info?.max_payload ?? 1_048_576) - SPARE_BYTES;
  }

  async prepare(): Promise<void> {
    const manager = await this.#stream.jetstreamManager();
    const wanted = {
      max_age: KEPT.ms * NANOS,
      max_bytes: KEPT.bytes,
      max_msgs: KEPT.messages,
      discard: DiscardPolicy.Old,
    };
    // Kept only to bridge a gap: after the end of the server a snapshot does that.
    const config = { name: STREAM, subjects: [BUS], storage: StorageType.Memory, ...wanted };
    await manager.streams.add(config);
    await this.#kvm.create(SNAPSHOT, {
      ...{ history: 1, ttl: VALUE_MS, max_bytes: SNAPSHOT_BYTES_MAX, storage: StorageType.File },
    });
    // On disk, because terms must rise across restarts of the server.
    await this.#kvm.create(LEASE, { history: 1, ttl: LEASE_MS, storage: StorageType.File });
  }

  onReconnect(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(_place: Place, text: string): void {
    this.#nats.publish(BUS, text);
  }

  beat(text: string): void {
    this.#nats.publish(BEAT, text);
  }

  flush(): Promise<void> {
    return this.#nats.flush();
  }

  async listen(onText: (text: string) => void): Promise<() => void> {
    const subscriptions = [BUS, BEAT].map((subject) =>
      this.#nats.subscribe(subject, {
        // An error here ends the connection, and it says so itself.
        callback(error, message) {
          if (error === null) onText(message.string());
        },
      })
    );
    await this.#nats.flush();
    return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
  }

  async kept(after: Place): Promise<readonly string[]> {
    const manager = await this.#stream.jetstreamManager();
    const { state } = await manager.streams.info(STREAM);
    if (state.messages === 0) return [];
    const last = await manager.streams.getMessage(STREAM, { seq: state.last_seq });
    const newest = last === null ? null : parseEnvelope(last.string());
    if (newest?.term !== after.term || newest.n <= after.n) return [];
    // The numbers of a term rise with those of the stream.
    const from = state.last_seq - (newest.n - after.n) + 1 - STRAGGLERS;
    return await this.#read(Math.max(from, state.first_seq), state.last_seq);
  }

  tellTicker(ticker: string, text: string): void {
    this.#nats.publish(`${TICKER}${ticker}`, text);
  }

  async close(): Promise<void> {
    await this.#nats.close();
  }

  async #read(from: number, to: number): Promise<string[]> {
    const consumer = await this.#stream.consumers.get(STREAM, { opt_start_seq: from });
    const messages = await consumer.fetch({ max_messages: to - from + 1, expires: REQUEST_MS });
    const texts: string[] = [];
    for await (const message of messages) {
      texts.push(message.string());
      if (message.seq >= to) break;
    }
    await consumer.delete();
    return texts;
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.#nats.status()) {
      if (type === "disconnect") this.#isConnected = false;
      if (type !== "reconnect") continue;
      this.#isConnected = true;
      for (const listener of [...this.#listeners]) listener();
    }
  }
}
