import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { LogSlice } from "../wire/log.ts";
import { isBefore, type KeyValue, type Place } from "./broker.ts";
import { Manifest, parseBody, Segment, type Snapshot } from "./snapshot_format.ts";

/** Everything at a place. */
export interface SavedSnapshot {
  readonly place: Place;
  readonly snapshot: Snapshot;
}

/** A save may replace a value between its manifest and our reading; the next manifest holds then. */
const ATTEMPTS_MAX = 3;
const expand = promisify(gunzip);

/** The newest snapshot; null when nobody has saved one that is not before `least`. */
export async function readSnapshot(keys: KeyValue, least: Place): Promise<SavedSnapshot | null> {
  let problem: unknown;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const head = await keys.getHead();
    if (head === null) return null;
    const manifest = Manifest.parse(JSON.parse(head.text));
    const place = { term: head.term, n: manifest.n };
    if (isBefore(place, least)) return null;
    try {
      return { place, snapshot: await readAll(keys, manifest) };
    } catch (error) {
      problem = error;
    }
  }
  throw new Error("Cannot read the snapshot of the bus", { cause: problem });
}

async function readAll(keys: KeyValue, { epoch, body, logs }: Manifest): Promise<Snapshot> {
  const pieces: Uint8Array[] = [];
  for (const key of body) pieces.push(await need(keys, key));
  // The checksum of the format finds pieces of two saves.
  const read = parseBody(String(await expand(Buffer.concat(pieces))));
  const slices: LogSlice[] = [];
  for (const log of logs) slices.push(await readLog(keys, epoch, log));
  return { ...read, logs: slices };
}

/** Entries that came after the manifest are in it too; they are numbered, so that does no harm. */
async function readLog(
  keys: KeyValue,
  epoch: string,
  { name, from, keys: names }: Manifest["logs"][number],
): Promise<LogSlice> {
  let first = from;
  const entries: unknown[] = [];
  for (const key of names) {
    const text = String(await expand(await need(keys, key)));
    const segment = Segment.parse(JSON.parse(text));
    if (segment.epoch !== epoch) throw new Error(`Value ${key} is of another epoch`);
    if (entries.length === 0) first = segment.from;
    if (segment.from !== first + entries.length) throw new Error(`Value ${key} does not follow`);
    for (const entry of segment.entries) entries.push(entry);
  }
  return { name, from: first, entries } as LogSlice;
}

async function need(keys: KeyValue, key: string): Promise<Uint8Array> {
  const value = await keys.get(key);
  if (value === null) throw new Error(`Value ${key} is not there`);
  return value;
}
