import { createHash, timingSafeEqual } from "node:crypto";
import { isLoopback } from "../config_forms.ts";
import { SUBPROTOCOL } from "../wire/frames.ts";
import type { Secret } from "../secret.ts";

/** Prefix of the subprotocol entry that carries a token, base64url. */
export const BEARER_PROTOCOL = "base64url.bearer.vnstock.";

/** Refused sockets that may be open at once, waiting for the client to close its side. */
export const REFUSED_MAX = 64;

export interface AdmissionOptions {
  /** Null when sockets need no token. */
  readonly token: Secret | null;
  /** Accepted like the token; our own pages carry it. */
  readonly ticket: string;
  /** Origins beside the one the request was sent to. */
  readonly origins: readonly string[];
  readonly perAddressMax: number;
  readonly totalMax: number;
}

/** A counted place; giving it back twice changes nothing. */
export interface Lease {
  release(): void;
}

/** Whether a request's host is this machine under one of its own names, or a name in the list. */
export function isHostAllowed(url: URL, hosts: readonly string[] | null): boolean {
  return hosts === null || isLoopback(url.hostname) || hosts.includes(url.hostname);
}

/** Who may open a socket, and how many. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #perAddress = new Map<string, number>();
  #open = 0;
  #refused = 0;
  readonly counters = {
    admitted: 0,
    badOrigin: 0,
    unauthenticated: 0,
    perAddress: 0,
    total: 0,
    /** How long sockets that are closed were open, together. */
    heldMs: 0,
  };

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** Places taken now, and addresses that hold them. */
  get open(): { readonly links: number; readonly addresses: number; readonly refused: number } {
    return { links: this.#open, addresses: this.#perAddress.size, refused: this.#refused };
  }

  /**
   * Whether the request's Origin is the address it was sent to or a configured one, character by
   * character. Programs send none; a browser always does.
   */
  isOriginAllowed(request: Request): boolean {
    const origin = request.headers.get("origin");
    if (origin === null) return true;
    const isAllowed = origin === new URL(request.url).origin ||
      this.#options.origins.includes(origin);
    if (!isAllowed) this.counters.badOrigin++;
    return isAllowed;
  }

  /** Whether one of the tokens given is the configured one or the ticket of our own pages. */
  isKnown(given: readonly string[]): boolean {
    const { token, ticket } = this.#options;
    if (token === null) return true;
    const wanted = [token.reveal(), ticket];
    return given.some((text) => wanted.some((secret) => isEqualSecret(text, secret)));
  }

  /** The same for a socket, which counts when it is refused. */
  isAuthenticated(given: readonly string[]): boolean {
    const isKnown = this.isKnown(given);
    if (!isKnown) this.counters.unauthenticated++;
    return isKnown;
  }

  /** Counts a place for an address, or says which limit is reached. */
  take(address: string): Lease | "per-address" | "total" {
    const key = addressKey(address);
    const held = this.#perAddress.get(key) ?? 0;
    if (held >= this.#options.perAddressMax) {
      this.counters.perAddress++;
      return "per-address";
    }
    if (this.#open >= this.#options.totalMax) {
      this.counters.total++;
      return "total";
    }
    this.counters.admitted++;
    this.#perAddress.set(key, held + 1);
    this.#open++;
    return once(() => {
      this.#open--;
      const left = this.#perAddress.get(key)! - 1;
      if (left === 0) this.#perAddress.delete(key);
      else this.#perAddress.set(key, left);
    });
  }

  /** Counts a refused socket until it is gone; null when too many of them are open. */
  takeRefused(): Lease | null {
    if (this.#refused >= REFUSED_MAX) return null;
    this.#refused++;
    return once(() => this.#refused--);
  }
}

/** One key for all addresses that one client can easily have: IPv6 counts by its /64 network. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped !== null) return mapped[1]!;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("%")[0]!.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = new Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":") + "::/64";
}

/** Entries of a Sec-WebSocket-Protocol header; null when it is malformed. */
export function readProtocols(header: string | null): readonly string[] | null {
  if (header === null) return [];
  const entries = header.split(",").map((entry) => entry.trim());
  const isToken = (entry: string) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,512}$/.test(entry);
  return entries.every(isToken) && new Set(entries).size === entries.length ? entries : null;
}

/** Tokens of a request, wherever they stand: query, subprotocol, Authorization header. */
export function givenTokens(request: Request, protocols: readonly string[]): string[] {
  const tokens = new URL(request.url).searchParams.getAll("token");
  for (const entry of protocols) {
    if (entry.startsWith(BEARER_PROTOCOL)) {
      tokens.push(fromBase64Url(entry.slice(BEARER_PROTOCOL.length)));
    }
  }
  const header = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(request.headers.get("authorization") ?? "");
  if (header !== null) tokens.push(header[1]!);
  return tokens;
}

/** Whether the client offers the versioned protocol. */
export function offersV1(protocols: readonly string[]): boolean {
  return protocols.includes(SUBPROTOCOL);
}

/** "" for text that is no base64url; an empty token never matches. */
function fromBase64Url(text: string): string {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return "";
  return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
}

/** Compares digests, so that neither length nor content of the secret shows in the time taken. */
function isEqualSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return secret !== "" && timingSafeEqual(digest(given), digest(secret));
}

function once(act: () => void): Lease {
  let isDone = false;
  return {
    release() {
      if (isDone) return;
      isDone = true;
      act();
    },
  };
}
