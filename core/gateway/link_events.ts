import type { Contract, Hub } from "../hub/hub.ts";
import type { ClientLink } from "../hub/link.ts";
import { SharedMessage } from "../hub/message.ts";
import type { Logger } from "../log.ts";
import type { Clock } from "../port/clock.ts";
import { CLOSE } from "../wire/frames.ts";
import type { Decision } from "./handshake.ts";

/** What happens on a link; `closed` comes exactly once, whatever the socket does. */
export interface LinkEvents {
  open(link: ClientLink): void;
  text(link: ClientLink, text: string): void;
  binary(link: ClientLink): void;
  closed(link: ClientLink): void;
  /** A failure of the socket, already followed by closing; `why` is for the log. */
  failed(link: ClientLink, why: string): void;
}

/** Where links go. */
export interface LinkHost {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Logger;
  readonly isDraining: boolean;
}

/** What a link does once its request was decided about; its lease ends with it. */
export function eventsOf(
  decision: Exclude<Decision, { readonly kind: "answer" }>,
  host: LinkHost,
): LinkEvents {
  return decision.kind === "served" ? new Served(decision, host) : new Told(decision, host);
}

// Objects with methods and not functions made for each link: ten thousand links come at once.

class Served implements LinkEvents {
  readonly #decision: Extract<Decision, { kind: "served" }>;
  readonly #host: LinkHost;

  constructor(decision: Extract<Decision, { kind: "served" }>, host: LinkHost) {
    this.#decision = decision;
    this.#host = host;
  }

  open(link: ClientLink): void {
    const { hub, clock, isDraining } = this.#host;
    if (isDraining) return link.close(CLOSE.restart, "server restarts");
    const { isAuthenticated } = this.#decision;
    hub.join(link, this.#contract, clock.nowMs(), { isAuthenticated });
  }

  text(link: ClientLink, text: string): void {
    const { hub, clock } = this.#host;
    hub.receive(link, this.#contract, text, clock.nowMs());
  }

  binary(link: ClientLink): void {
    // A plain client's answers mean nothing in any form; the versioned protocol is text.
    if (this.#contract !== "v1") return this.text(link, "");
    this.#host.hub.leave(link, this.#contract);
    link.close(CLOSE.unsupported, "text messages only");
  }

  closed(link: ClientLink): void {
    this.#decision.lease.release();
    this.#host.hub.leave(link, this.#contract);
  }

  failed(link: ClientLink, why: string): void {
    this.#host.log.debug("socket_failed", { link: link.id, why });
  }

  get #contract(): Contract {
    return this.#decision.contract;
  }
}

class Told implements LinkEvents {
  readonly #decision: Extract<Decision, { kind: "told" }>;
  readonly #log: Logger;

  constructor(decision: Extract<Decision, { kind: "told" }>, { log }: LinkHost) {
    this.#decision = decision;
    this.#log = log;
  }

  open(link: ClientLink): void {
    const { contract, refusal: { code, message, close } } = this.#decision;
    const error = contract === "v1"
      ? { k: "err", id: null, code, msg: message }
      : { type: "error", code, message };
    link.send(new SharedMessage(JSON.stringify(error)));
    link.close(contract === "v1" ? close : CLOSE.policy, message);
  }

  text(): void {}

  binary(): void {}

  closed(): void {
    this.#decision.lease.release();
  }

  failed(link: ClientLink, why: string): void {
    this.#log.debug("socket_failed", { link: link.id, why });
  }
}
