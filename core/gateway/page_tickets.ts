import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * What opens the server to its own pages, as long as the process lives. Every page carries another
 * text, since pages are sent compressed: of one secret in all of them their lengths would tell
 * something to who makes a browser ask for pages and watches the line (BREACH).
 */
export class PageTickets {
  readonly #newText: () => string;
  readonly #key: string;

  /** `newText` gives a new random text of 256 bits, without a dot. */
  constructor(newText: () => string) {
    this.#newText = newText;
    this.#key = newText();
  }

  issue(): string {
    const salt = this.#newText();
    return `${salt}.${this.#seal(salt).toString("base64url")}`;
  }

  isValid(text: string): boolean {
    const [salt = "", seal = ""] = text.split(".", 2);
    const own = this.#seal(salt);
    const given = Buffer.from(seal, "base64url");
    return given.length === own.length && timingSafeEqual(given, own);
  }

  #seal(salt: string): Buffer {
    return createHmac("sha256", this.#key).update(salt).digest();
  }
}
