import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from "hono/utils/compress";
import { getMimeType } from "hono/utils/mime";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { StaticEntry } from "../manifest.ts";
import { SUFFIX } from "../static_files.ts";

/** Below this a compressed copy saves less than its headers cost. */
const COMPRESS_BYTES_MIN = 256;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Writes one file of the site under its address, with compressed copies where they are smaller. */
export async function writeStatic(
  dir: string,
  address: string,
  file: { bytes: Uint8Array; immutable: boolean; compress: boolean },
): Promise<StaticEntry> {
  const path = join(dir, address);
  const { bytes, immutable } = file;
  const type = getMimeType(address) ?? "application/octet-stream";
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
  const entry = { type, bytes: bytes.length, hash: hashOf([bytes]), immutable };
  const worthwhile = bytes.length >= COMPRESS_BYTES_MIN &&
    COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type);
  if (!file.compress || !worthwhile) return entry;
  const [br, gz] = await Promise.all([brotli(bytes), zip(bytes, { level: 9 })]);
  if (br.length < bytes.length) await Deno.writeFile(path + SUFFIX.br, br);
  if (gz.length < bytes.length) await Deno.writeFile(path + SUFFIX.gzip, gz);
  return {
    ...entry,
    ...(br.length < bytes.length ? { br: br.length } : {}),
    ...(gz.length < bytes.length ? { gzip: gz.length } : {}),
  };
}

/** Gives a short fingerprint of contents. */
export function hashOf(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
}
