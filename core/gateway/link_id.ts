const BYTES = 6;
/** Ids that are drawn at once: to draw one costs as much. */
const DRAWN = 256;

const drawn = new Uint8Array(BYTES * DRAWN);
let at = drawn.length;

/** The id of a new link, for logs: random, and no secret. */
export function newLinkId(): string {
  if (at === drawn.length) {
    crypto.getRandomValues(drawn);
    at = 0;
  }
  const id = drawn.subarray(at, at + BYTES);
  at += BYTES;
  return id.toBase64({ alphabet: "base64url", omitPadding: true });
}
