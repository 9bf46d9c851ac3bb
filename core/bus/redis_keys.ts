import { Buffer } from "node:buffer";
import { RESP_TYPES } from "redis";
import { type KeyValue, LEASE_MS, type LeaseKey, REQUEST_MS, VALUE_MS, within } from "./broker.ts";
import type { RedisClient } from "./redis_connection.ts";

const VALUES = "vnstock:v1:snapshot:";
const HEAD = `${VALUES}head`;
const HOLDER = "vnstock:v1:lease";
const TERM = "vnstock:v1:term";
const VALUE_BYTES_MAX = 1_024 * 1_024;
const SCAN_COUNT = 500;

const PUT_HEAD = `
local held = redis.call('GET', KEYS[1])
if held and tonumber(string.match(held, '^%d+')) > tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

/** The counter may be younger than the terms that were given: a Redis that forgot begins above them. */
const TAKE = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local term = redis.call('INCR', KEYS[2])
if term <= tonumber(ARGV[3]) then
  term = tonumber(ARGV[3]) + 1
  redis.call('SET', KEYS[2], term)
end
return term`;

const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;

/** Values as keys that end by themselves. */
export class RedisKeys implements KeyValue {
  readonly valueBytesMax = VALUE_BYTES_MAX;
  readonly #client: () => RedisClient;

  constructor(client: () => RedisClient) {
    this.#client = client;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const expiration = { type: "PX", value: VALUE_MS } as const;
    await answer("SET", this.#client().set(VALUES + key, bytes, { expiration }));
  }

  async get(key: string): Promise<Uint8Array | null> {
    const client = this.#client().withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    return await answer("GET", client.get(VALUES + key));
  }

  async putHead(term: number, text: string): Promise<boolean> {
    const wanted = [String(term), `${term} ${text}`, String(VALUE_MS)];
    return await run(this.#client(), PUT_HEAD, [HEAD], wanted) === 1;
  }

  async getHead(): Promise<{ readonly term: number; readonly text: string } | null> {
    const held = await answer("GET", this.#client().get(HEAD));
    if (held === null) return null;
    const at = held.indexOf(" ");
    return { term: Number(held.slice(0, at)), text: held.slice(at + 1) };
  }

  async discard(word: string): Promise<void> {
    const client = this.#client();
    const MATCH = `${VALUES}${word}.*`;
    for await (const keys of client.scanIterator({ MATCH, COUNT: SCAN_COUNT })) {
      if (keys.length > 0) await answer("UNLINK", client.unlink(keys));
    }
  }
}

/** The lease as a key that ends by itself, beside a counter of terms. */
export class RedisLease implements LeaseKey {
  readonly #client: () => RedisClient;

  constructor(client: () => RedisClient) {
    this.#client = client;
  }

  async take(holder: string, above: number): Promise<number | null> {
    // A question first: what a hung server is asked to write it would still write when it goes on.
    const held = await answer("GET", this.#client().get(HOLDER));
    if (held !== null && held !== holder) return null;
    const wanted = [holder, String(LEASE_MS), String(above)];
    const term = await run(this.#client(), TAKE, [HOLDER, TERM], wanted);
    return term === 0 ? null : term;
  }

  async renew(holder: string): Promise<boolean> {
    return await run(this.#client(), RENEW, [HOLDER], [holder, String(LEASE_MS)]) === 1;
  }

  async release(holder: string): Promise<void> {
    await run(this.#client(), RELEASE, [HOLDER], [holder]);
  }
}

async function run(
  client: RedisClient,
  script: string,
  keys: string[],
  given: string[],
): Promise<number> {
  return Number(await answer("EVAL", client.eval(script, { keys, arguments: given })));
}

function answer<T>(what: string, promise: Promise<T>): Promise<T> {
  return within(REQUEST_MS, what, promise);
}
