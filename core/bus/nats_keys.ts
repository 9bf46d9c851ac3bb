import { JetStreamApiError, type JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { KeyValue, LeaseKey } from "./broker.ts";

const HEAD = "head";
const HOLDER = "ingest";
/** The server's word for: somebody else was first. */
const WRONG_SEQUENCE = 10_071;

/** Values in a bucket. */
export class NatsKeys implements KeyValue {
  readonly #open: () => Promise<KV>;
  readonly #manager: () => Promise<JetStreamManager>;
  readonly valueBytesMax: number;

  constructor(
    open: () => Promise<KV>,
    manager: () => Promise<JetStreamManager>,
    valueBytesMax: number,
  ) {
    this.#open = open;
    this.#manager = manager;
    this.valueBytesMax = valueBytesMax;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    await (await this.#open()).put(key, value);
  }

  async get(key: string): Promise<Uint8Array | null> {
    return (await (await this.#open()).get(key))?.value ?? null;
  }

  async putHead(term: number, text: string): Promise<boolean> {
    const bucket = await this.#open();
    const held = await bucket.get(HEAD);
    if (held !== null && parseHead(held.string()).term > term) return false;
    const value = `${term} ${text}`;
    const put = held === null
      ? bucket.create(HEAD, value)
      : bucket.update(HEAD, value, held.revision);
    return await wasFirst(put) !== null;
  }

  async getHead(): Promise<{ readonly term: number; readonly text: string } | null> {
    const held = await (await this.#open()).get(HEAD);
    return held === null ? null : parseHead(held.string());
  }

  async discard(word: string): Promise<void> {
    const { bucket } = await (await this.#open()).status();
    const manager = await this.#manager();
    await manager.streams.purge(`KV_${bucket}`, { filter: `$KV.${bucket}.${word}.>` });
  }
}

/** The lease as a key of a bucket whose values end after LEASE_MS; its revision is the term. */
export class NatsLease implements LeaseKey {
  readonly #open: () => Promise<KV>;
  #revision = 0;

  constructor(open: () => Promise<KV>) {
    this.#open = open;
  }

  async take(holder: string): Promise<number | null> {
    const bucket = await this.#open();
    // A question first: what a hung server is asked to write it would still write when it goes on.
    if (await isHeld(bucket)) return await this.#isOurs(bucket, holder) ? this.#revision : null;
    const revision = await wasFirst(bucket.create(HOLDER, holder));
    if (revision !== null) this.#revision = revision;
    return revision;
  }

  async renew(holder: string): Promise<boolean> {
    const bucket = await this.#open();
    const revision = await wasFirst(bucket.update(HOLDER, holder, this.#revision));
    if (revision === null) return await this.#isOurs(bucket, holder);
    this.#revision = revision;
    return true;
  }

  async release(): Promise<void> {
    await (await this.#open()).delete(HOLDER, { previousSeq: this.#revision });
  }

  /** A renewal whose answer was lost has moved the revision on. */
  async #isOurs(bucket: KV, holder: string): Promise<boolean> {
    const held = await bucket.get(HOLDER);
    if (held?.operation !== "PUT" || held.string() !== holder) return false;
    this.#revision = held.revision;
    return true;
  }
}

async function isHeld(bucket: KV): Promise<boolean> {
  return (await bucket.get(HOLDER))?.operation === "PUT";
}

/** The revision; null when somebody else was first. */
async function wasFirst(put: Promise<number>): Promise<number | null> {
  try {
    return await put;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === WRONG_SEQUENCE) return null;
    throw error;
  }
}

function parseHead(value: string): { readonly term: number; readonly text: string } {
  const at = value.indexOf(" ");
  return { term: Number(value.slice(0, at)), text: value.slice(at + 1) };
}
