import type { SharedMessage } from "./message.ts";

/** One client's socket as the hub sees it; the gateway implements it. */
export interface ClientLink {
  /** Session id, for logs; no secret. */
  readonly id: string;
  /** Bytes handed over that the kernel has not taken yet. */
  readonly unsentBytes: number;
  /** Writes one text message; a link that is closing drops it. */
  send(message: SharedMessage): void;
  /** Closes politely; an adapter that can ends the connection when the peer does not answer. */
  close(code: number, reason: string): void;
}
