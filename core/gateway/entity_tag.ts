import { createHash } from "node:crypto";

const TAG_BYTES = 15;

/** A weak tag of an answer: equal while what it says is equal, whenever it was made. */
export function entityTag(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return `W/"${hash.digest().subarray(0, TAG_BYTES).toString("base64url")}"`;
}

/** Whether the client has what a tag stands for (`If-None-Match`, compared weakly). */
export function isHeld(request: Request, tag: string): boolean {
  const held = request.headers.get("if-none-match");
  if (held === null) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, "");
  return held.trim() === "*" || held.split(",").some((each) => opaque(each) === opaque(tag));
}
