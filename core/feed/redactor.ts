import type { Secret } from "../secret.ts";

/** Shortest start of a secret that is masked at the end of a text that was cut there. */
const CUT_CHARS_MIN = 8;

/** Texts of the wire are cleaned of every secret of the feed before anybody sees them. */
export class Redactor {
  /** The newest secret of each name; names are few and fixed in the code. */
  readonly #secrets = new Map<string, Secret>();

  /** From now on the value of `secret` is masked; it replaces the older one of the same name. */
  add(name: string, secret: Secret): void {
    if (!secret.isEmpty) this.#secrets.set(name, secret);
  }

  clean(text: string): string {
    let cleaned = text;
    for (const secret of this.#secrets.values()) {
      const plain = secret.reveal();
      for (const form of new Set([plain, encodeURIComponent(plain)])) {
        cleaned = withoutCutEnd(cleaned.replaceAll(form, String(secret)), form, String(secret));
      }
    }
    return cleaned;
  }
}

function withoutCutEnd(text: string, secret: string, mask: string): string {
  const end = text.endsWith("…") ? text.length - 1 : text.length;
  for (let chars = Math.min(secret.length, end); chars >= CUT_CHARS_MIN; chars--) {
    if (text.startsWith(secret.slice(0, chars), end - chars)) {
      return `${text.slice(0, end - chars)}${mask}${text.slice(end)}`;
    }
  }
  return text;
}
