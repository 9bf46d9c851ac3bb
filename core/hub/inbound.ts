import { CLIENT_MESSAGE_BYTES_MAX } from "../wire/client_schema.ts";
import { INBOUND_BURST, INBOUND_PER_SECOND } from "./limits.ts";

const encoder = new TextEncoder();

/** What one client may send: size of a message and a token bucket over their number. */
export class InboundGuard {
  #tokens = INBOUND_BURST;
  #atMs: number;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  take(text: string, nowMs: number): "ok" | "too-large" | "too-fast" {
    // A clock that steps back must not take tokens away.
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#tokens = Math.min(INBOUND_BURST, this.#tokens + elapsedMs * INBOUND_PER_SECOND / 1000);
    if (this.#tokens < 1) return "too-fast";
    this.#tokens--;
    return isLarge(text) ? "too-large" : "ok";
  }
}

/** In UTF-8 a character takes three bytes at most, so that most texts need not be encoded. */
function isLarge(text: string): boolean {
  if (text.length > CLIENT_MESSAGE_BYTES_MAX) return true;
  return text.length * 3 > CLIENT_MESSAGE_BYTES_MAX &&
    encoder.encode(text).length > CLIENT_MESSAGE_BYTES_MAX;
}
