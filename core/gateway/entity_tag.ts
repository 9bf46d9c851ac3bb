import { createHash } from "node:crypto";

const TAG_BYTES = 15;

/** A weak tag of an answer: equal while what it says is equal, whenever it was made. */
export class EntityTag {
  readonly #hash = createHash("sha256");

  /** Adds a piece of what is said; where one ends is a part of it. */
  add(text: string): this {
    this.#hash.update(`${text.length}:`).update(text);
    return this;
  }

  toString(): string {
    return `W/"${this.#hash.copy().digest().subarray(0, TAG_BYTES).toString("base64url")}"`;
  }
}

/** Whether the client has what a tag stands for (`If-None-Match`, compared weakly). */
export function isHeld(request: Request, tag: string): boolean {
  const held = request.headers.get("if-none-match");
  if (held === null) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, "");
  return held.trim() === "*" || held.split(",").some((each) => opaque(each) === opaque(tag));
}
