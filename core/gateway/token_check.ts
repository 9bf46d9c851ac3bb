import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "../secret.ts";

/** Life of a one-time ticket. */
export const TICKET_LIFE_MS = 30_000;
/** Tickets that may be out at once; 10,000 × about 150 B = 1.5 MB. */
export const TICKETS_MAX = 10_000;

export interface TokenOptions {
  /** Null when no token is needed. */
  readonly token: Secret | null;
  /** Whether a text is a ticket of our own pages, which is accepted like the token. */
  readonly isPageTicket: (text: string) => boolean;
  /** A new random text of 256 bits. */
  readonly newTicket: () => string;
}

/** Which tokens are valid: the configured one, those of our own pages, and one-time tickets. */
export class TokenCheck {
  readonly #options: TokenOptions;
  /** End of life by digest, oldest first. */
  readonly #tickets = new Map<string, number>();
  issued = 0;
  /** Tickets refused because too many were out. */
  refused = 0;

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** Tickets that are out and may still be valid. */
  get live(): number {
    return this.#tickets.size;
  }

  /** Whether one of the tokens is the configured one or a ticket of our own pages. */
  isLasting(given: readonly string[]): boolean {
    const { token, isPageTicket } = this.#options;
    if (token === null) return true;
    const wanted = digest(token.reveal());
    // Digests are compared, so that neither length nor content of a secret shows in the time taken.
    return given.some((text) => timingSafeEqual(digest(text), wanted) || isPageTicket(text));
  }

  /** The same, or a one-time ticket, which is used up by it. */
  isValid(given: readonly string[], elapsedMs: number): boolean {
    return this.isLasting(given) || given.some((text) => this.#redeem(text, elapsedMs));
  }

  /** A ticket that is valid once within its life; null when too many are out. */
  issue(elapsedMs: number): string | null {
    for (const [key, endMs] of this.#tickets) {
      if (endMs > elapsedMs) break;
      this.#tickets.delete(key);
    }
    if (this.#tickets.size >= TICKETS_MAX) {
      this.refused++;
      return null;
    }
    this.issued++;
    const ticket = this.#options.newTicket();
    this.#tickets.set(keyOf(ticket), elapsedMs + TICKET_LIFE_MS);
    return ticket;
  }

  #redeem(text: string, elapsedMs: number): boolean {
    const key = keyOf(text);
    const endMs = this.#tickets.get(key);
    this.#tickets.delete(key);
    return endMs !== undefined && endMs > elapsedMs;
  }
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

/** Tickets are found by digest, so that the search tells nothing of their text. */
function keyOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
