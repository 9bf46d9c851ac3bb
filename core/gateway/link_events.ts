import type { Hub } from "../hub/hub.ts";
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
  return decision.kind === "served" ? served(decision, host) : told(decision, host);
}

function served(
  { contract, isAuthenticated, lease }: Extract<Decision, { kind: "served" }>,
  host: LinkHost,
): LinkEvents {
  const { hub, clock, log } = host;
  return {
    open(link) {
      if (host.isDraining) link.close(CLOSE.restart, "server restarts");
      else hub.join(link, contract, clock.nowMs(), { isAuthenticated });
    },
    text: (link, text) => hub.receive(link, contract, text, clock.nowMs()),
    binary: (link) => {
      // A plain client's answers mean nothing in any form; the versioned protocol is text.
      if (contract !== "v1") return hub.receive(link, contract, "", clock.nowMs());
      hub.leave(link, contract);
      link.close(CLOSE.unsupported, "text messages only");
    },
    closed(link) {
      lease.release();
      hub.leave(link, contract);
    },
    failed: (link, why) => log.debug("socket_failed", { link: link.id, why }),
  };
}

function told(
  { contract, refusal, lease }: Extract<Decision, { kind: "told" }>,
  { log }: LinkHost,
): LinkEvents {
  const { code, message } = refusal;
  const text = contract === "v1"
    ? JSON.stringify({ k: "err", id: null, code, msg: message })
    : JSON.stringify({ type: "error", code, message });
  return {
    open: (link) => {
      link.send(new SharedMessage(text));
      link.close(contract === "v1" ? refusal.close : CLOSE.policy, message);
    },
    text: () => {},
    binary: () => {},
    closed: () => lease.release(),
    failed: (link, why) => log.debug("socket_failed", { link: link.id, why }),
  };
}
