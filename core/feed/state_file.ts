import { crc32 } from "node:zlib";

/** Length of the mark that a file of a kind begins with. */
const MARK_BYTES = 8;
const HEAD_AT = MARK_BYTES + 8;

/**
 * The bytes of a file that holds a state: an eight-byte mark, the CRC-32 of all that follows it, the
 * size of the head (both u32, little-endian), the head as JSON, and the body.
 */
export function packStateFile(
  mark: string,
  head: unknown,
  body: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(HEAD_AT + headBytes.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(mark));
  view.setUint32(MARK_BYTES + 4, headBytes.length, true);
  bytes.set(headBytes, HEAD_AT);
  bytes.set(body, HEAD_AT + headBytes.length);
  view.setUint32(MARK_BYTES, crc32(bytes.subarray(MARK_BYTES + 4)), true);
  return bytes;
}

/** What `packStateFile` took; null when a part is missing or any bit is not as it was written. */
export function unpackStateFile(
  mark: string,
  bytes: Uint8Array,
): { readonly head: unknown; readonly body: Uint8Array } | null {
  const wanted = new TextEncoder().encode(mark);
  if (bytes.length < HEAD_AT || wanted.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(MARK_BYTES, true) !== crc32(bytes.subarray(MARK_BYTES + 4))) return null;
  const bodyAt = HEAD_AT + view.getUint32(MARK_BYTES + 4, true);
  const head: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_AT, bodyAt)));
  return { head, body: bytes.subarray(bodyAt) };
}
