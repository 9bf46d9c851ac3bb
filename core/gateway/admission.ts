import type { Clock } from "../port/clock.ts";
import { addressKey, clientAddress, isOwnMachine, type ProxyTrust } from "./client_address.ts";
import { ConnectionRate, RATE_ADDRESSES_MAX } from "./connection_rate.ts";
import type { Door, Knock, Refusal, Verdict } from "./door.ts";
import { Elapsed } from "./elapsed.ts";
import { isOriginAllowed } from "./origin.ts";
import { type Lease, once, Places } from "./places.ts";
import { TICKETS_MAX, TokenCheck, type TokenOptions } from "./token_check.ts";

/** Refused sockets that may be open at once, waiting for the client to close its side. */
export const REFUSED_MAX = 64;

export interface AdmissionOptions extends TokenOptions {
  readonly clock: Clock;
  /** Origins beside the one a request was sent to. */
  readonly origins: readonly string[];
  readonly trust: ProxyTrust;
  readonly perAddressMax: number;
  readonly totalMax: number;
  readonly isDraining: () => boolean;
}

/** Who may open a connection that stays, and how many. */
export class Admission implements Door {
  readonly #options: AdmissionOptions;
  readonly #tokens: TokenCheck;
  readonly #places: Places;
  readonly #rate = new ConnectionRate();
  readonly #elapsed = new Elapsed();
  #refusedOpen = 0;
  #admitted = 0;
  #heldMs = 0;
  readonly #refused: Record<Refusal, number> = {
    origin: 0,
    draining: 0,
    token: 0,
    address: 0,
    rate: 0,
    total: 0,
  };

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#tokens = new TokenCheck(options);
    this.#places = new Places(options);
  }

  /** Places taken now, and addresses that hold them. */
  get open(): { readonly links: number; readonly addresses: number; readonly refused: number } {
    const { open, addresses } = this.#places;
    return { links: open, addresses, refused: this.#refusedOpen };
  }

  admit(knock: Knock): Verdict {
    const { origins, isDraining, trust } = this.#options;
    if (!isOriginAllowed(knock.origin, knock.target, origins)) return this.#refuse("origin");
    if (isDraining()) return this.#refuse("draining");
    const address = clientAddress(knock.peer, knock.forwardedFor, trust);
    const key = addressKey(address);
    const elapsedMs = this.#elapsedMs();
    // Counted before the token is looked at, so that tokens cannot be tried faster than this.
    if (!isOwnMachine(address) && !this.#rate.take(key, elapsedMs)) return this.#refuse("rate");
    const isAuthenticated = this.#tokens.isValid(knock.tokens, elapsedMs);
    const mayComeLater = knock.isVersioned && knock.tokens.length === 0;
    if (!isAuthenticated && !mayComeLater) return this.#refuse("token");
    const place = this.#places.take(key);
    if (typeof place === "string") return this.#refuse(place);
    this.#admitted++;
    const lease = once(() => {
      place.release();
      this.#heldMs += this.#elapsedMs() - elapsedMs;
    });
    return { ok: true, lease, isAuthenticated };
  }

  isValidToken(token: string): boolean {
    return this.#tokens.isValid([token], this.#elapsedMs());
  }

  /** Whether one of the tokens given with a request opens it; a one-time ticket does not. */
  isKnown(given: readonly string[]): boolean {
    return this.#tokens.isLasting(given);
  }

  /** A ticket that opens one socket; null when too many are out. */
  issueTicket(): string | null {
    return this.#tokens.issue(this.#elapsedMs());
  }

  /** Figures since start, each limit beside what is used of it. */
  metrics(): Readonly<Record<string, number>> {
    const { perAddressMax, totalMax } = this.#options;
    const refused = Object.entries(this.#refused);
    return {
      ws_open: this.#places.open,
      ws_open_max: totalMax,
      ws_open_addresses: this.#places.addresses,
      ws_open_per_address_max: perAddressMax,
      ws_refused_open: this.#refusedOpen,
      ws_refused_open_max: REFUSED_MAX,
      ws_rate_addresses: this.#rate.addresses,
      ws_rate_addresses_max: RATE_ADDRESSES_MAX,
      ws_tickets_live: this.#tokens.live,
      ws_tickets_live_max: TICKETS_MAX,
      ws_tickets_issued_total: this.#tokens.issued,
      ws_tickets_refused_total: this.#tokens.refused,
      ws_admitted_total: this.#admitted,
      ws_held_seconds_total: Math.round(this.#heldMs / 1000),
      ...Object.fromEntries(refused.map(([why, count]) => [`ws_refused_${why}_total`, count])),
    };
  }

  #refuse(why: Refusal): Verdict {
    this.#refused[why]++;
    const isTold = why !== "origin" && why !== "draining";
    return { ok: false, why, lease: isTold ? this.#takeRefused() : null };
  }

  /** Counts a refused socket until it is gone; null when too many of them are open. */
  #takeRefused(): Lease | null {
    if (this.#refusedOpen >= REFUSED_MAX) return null;
    this.#refusedOpen++;
    return once(() => this.#refusedOpen--);
  }

  #elapsedMs(): number {
    return this.#elapsed.at(this.#options.clock.nowMs());
  }
}
