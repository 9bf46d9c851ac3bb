import { z } from "zod";
import { EXPORT_TABLES } from "./tables.ts";

/** Name of the list of a folder's files. */
const MANIFEST = "manifest.json";

const Entry = z.strictObject({
  name: z.string(),
  table: z.enum(EXPORT_TABLES),
  trading_date: z.iso.date(),
  data_status: z.enum(["recorded", "simulated"]),
  /** Null when the file holds all of the date. */
  symbols: z.array(z.string()).readonly().nullable(),
  rows: z.int().min(1),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file with what proves later that it is as it was written. */
export type ManifestEntry = z.output<typeof Entry>;

const Manifest = z.strictObject({ files: z.array(Entry) });

/** The files that a folder's manifest lists; none without one. Throws on one that is not ours. */
export async function readManifest(dir: string): Promise<readonly ManifestEntry[]> {
  const path = `${dir}/${MANIFEST}`;
  try {
    return Manifest.parse(JSON.parse(await Deno.readTextFile(path))).files;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new Error(`${path} is no list of exported files: move it away`, { cause });
  }
}

/** Adds files to a folder's manifest; those that it lists already take the new entry. */
export async function addToManifest(dir: string, entries: readonly ManifestEntry[]): Promise<void> {
  const byName = new Map((await readManifest(dir)).map((entry) => [entry.name, entry]));
  for (const entry of entries) byName.set(entry.name, entry);
  const files = [...byName.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  const unfinished = `${dir}/.${MANIFEST}.part`;
  await Deno.writeTextFile(unfinished, `${JSON.stringify({ files }, null, 2)}\n`);
  await Deno.rename(unfinished, `${dir}/${MANIFEST}`);
}
