import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { createGzip, gzip } from "node:zlib";
import type { LogName, LogSlice } from "../wire/log.ts";
import type { KeyValue, Place } from "./broker.ts";
import {
  type Body,
  bodyLines,
  type Manifest,
  type Segment,
  segmentEntries,
  type Snapshot,
} from "./snapshot_format.ts";

/** Bodies written in turn: a reader that follows an older manifest has this many saves of time. */
const BODIES = 3;
/** Segments that are full are written once; after this time once more, long before they end. */
const REWRITE_MS = 3_600_000;

const compress = promisify(gzip);

/**
 * Writes snapshots as values: the body in pieces, each log in segments of which only those with news
 * are written, and last the manifest, which makes them hold.
 */
export class SnapshotWriter {
  readonly #keys: KeyValue;
  readonly #nowMs: () => number;
  #saves = 0;
  /** Of what the segments in the server are. */
  #of = "";
  #sinceMs = 0;
  /** Number behind the last entry of each segment that is written. */
  readonly #written = new Map<string, number>();
  #term = 0;

  constructor(keys: KeyValue, nowMs: () => number) {
    this.#keys = keys;
    this.#nowMs = nowMs;
  }

  /** The server may have lost values: the next save writes all of them. */
  forget(): void {
    this.#of = "";
  }

  /** False when a publisher of a higher term has saved: this one is over. */
  async save(place: Place, snapshot: Snapshot): Promise<boolean> {
    const { term } = place;
    const of = `${term} ${snapshot.epoch}`;
    if (of !== this.#of || this.#nowMs() - this.#sinceMs > REWRITE_MS) {
      this.#written.clear();
      this.#of = of;
      this.#sinceMs = this.#nowMs();
    }
    const { logs, ...body } = snapshot;
    const manifest: Manifest = {
      n: place.n,
      epoch: snapshot.epoch,
      body: await this.#putBody(term, body),
      logs: [],
    };
    for (const slice of logs) manifest.logs.push(await this.#putLog(term, snapshot.epoch, slice));
    const before = this.#term === term ? null : await this.#keys.getHead();
    if (!await this.#keys.putHead(term, JSON.stringify(manifest))) return false;
    this.#term = term;
    if (before !== null && before.term < term) await this.#keys.discard(String(before.term));
    return true;
  }

  async #putBody(term: number, body: Body): Promise<string[]> {
    const bytes = await compressLines(bodyLines(body));
    const size = this.#keys.valueBytesMax;
    const name = `${term}.body.${this.#saves++ % BODIES}`;
    const keys: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      const key = `${name}.${keys.length}`;
      await this.#keys.put(key, bytes.subarray(at, at + size));
      keys.push(key);
    }
    return keys;
  }

  async #putLog(term: number, epoch: string, slice: LogSlice): Promise<Manifest["logs"][number]> {
    const { name, from, entries } = slice;
    const next = from + entries.length;
    const keys: string[] = [];
    const size = segmentEntries(name);
    for (let at = from - from % size; at < next; at += size) {
      const key = `${term}.log.${name}.${at / size}`;
      keys.push(key);
      const first = Math.max(at, from);
      const end = Math.min(at + size, next);
      if (this.#written.get(key) === end) continue;
      const segment: Segment = {
        epoch,
        from: first,
        entries: entries.slice(first - from, end - from),
      };
      await this.#keys.put(key, await compress(JSON.stringify(segment), { level: 1 }));
      this.#written.set(key, end);
    }
    return { name: name as LogName, from, keys };
  }
}

/** Between two lines the event loop turns: feed, journal and messages do not wait for a save. */
async function compressLines(lines: Iterable<string>): Promise<Uint8Array> {
  const stream = createGzip({ level: 1 });
  const pieces: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    stream.on("data", (piece: Uint8Array) => pieces.push(piece));
    stream.on("end", resolve);
    stream.on("error", reject);
  });
  for (const line of lines) {
    await new Promise<void>((resolve) => stream.write(`${line}\n`, () => resolve()));
  }
  stream.end();
  await ended;
  return Buffer.concat(pieces);
}
