import { createHash, timingSafeEqual } from "node:crypto";
import { isLoopback } from "../config_forms.ts";
import type { Secret } from "../secret.ts";
import type { Door, Knock, Refusal, Verdict } from "./door.ts";

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
  readonly isDraining: () => boolean;
  readonly nowMs: () => number;
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
export class Admission implements Door {
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

  admit(knock: Knock): Verdict {
    if (!this.#isOriginAllowed(knock)) {
      this.counters.badOrigin++;
      return { ok: false, why: "origin", lease: null };
    }
    if (this.#options.isDraining()) return { ok: false, why: "draining", lease: null };
    if (!this.isKnown(knock.tokens)) {
      this.counters.unauthenticated++;
      return this.#refuse("token");
    }
    const lease = this.take(knock.peer);
    return typeof lease === "string"
      ? this.#refuse(lease)
      : { ok: true, lease, isAuthenticated: true };
  }

  isValidToken(token: string): boolean {
    return this.isKnown([token]);
  }

  /** Whether one of the tokens given is the configured one or the ticket of our own pages. */
  isKnown(given: readonly string[]): boolean {
    const { token, ticket } = this.#options;
    if (token === null) return true;
    const wanted = [token.reveal(), ticket];
    return given.some((text) => wanted.some((secret) => isEqualSecret(text, secret)));
  }

  /**
   * Whether the Origin is that of our own pages or a configured one, character by character. Programs
   * send none; a browser always does.
   */
  #isOriginAllowed({ origin, target }: Knock): boolean {
    return origin === null || origin === target || this.#options.origins.includes(origin);
  }

  #refuse(why: Refusal): Verdict {
    return { ok: false, why, lease: this.takeRefused() };
  }

  /** Counts a place for an address, or says which limit is reached. */
  take(address: string): Lease | "address" | "total" {
    const key = addressKey(address);
    const held = this.#perAddress.get(key) ?? 0;
    if (held >= this.#options.perAddressMax) {
      this.counters.perAddress++;
      return "address";
    }
    if (this.#open >= this.#options.totalMax) {
      this.counters.total++;
      return "total";
    }
    this.counters.admitted++;
    this.#perAddress.set(key, held + 1);
    this.#open++;
    const takenMs = this.#options.nowMs();
    return once(() => {
      this.counters.heldMs += Math.max(0, this.#options.nowMs() - takenMs);
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
