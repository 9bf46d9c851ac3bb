import type { Lease } from "./places.ts";

/** What a client shows when it asks for a socket; all of it is untrusted text. */
export interface Knock {
  /** Address at the other end of the connection. */
  readonly peer: string;
  /** X-Forwarded-For as it came; null without. */
  readonly forwardedFor: string | null;
  /** Origin as it came; null from a program. */
  readonly origin: string | null;
  /** Scheme, host and port that the request was sent to, such as `http://127.0.0.1:8000`. */
  readonly target: string;
  /** Tokens from query, subprotocol and Authorization header. */
  readonly tokens: readonly string[];
  /** In the versioned protocol the token may come as the first message. */
  readonly isVersioned: boolean;
}

/** Why a client may not have a socket. */
export type Refusal = "origin" | "draining" | "token" | "address" | "rate" | "total";

export type Verdict =
  | { readonly ok: true; readonly lease: Lease; readonly isAuthenticated: boolean }
  /** With a lease the refusal is told inside a socket, so that a browser can see it (B-36). */
  | { readonly ok: false; readonly why: Refusal; readonly lease: Lease | null };

/** Who may have a socket: the process that counts them decides, others ask it. */
export interface Door {
  admit(knock: Knock): Verdict | Promise<Verdict>;
  /** Whether a token given later, in a message, is valid. */
  isValidToken(token: string): boolean | Promise<boolean>;
}
