import { SUBPROTOCOL } from "../wire/frames.ts";
import { type Asked, problemAnswer } from "./answer.ts";
import { upgradeToLink } from "./deno_link.ts";
import { decideSocket, type Handshake, MALFORMED, type SocketPath } from "./handshake.ts";
import { eventsOf } from "./link_events.ts";
import { randomText, type Services } from "./services.ts";

/** A route's context as far as sockets read it. */
export interface SocketAsked extends Asked {
  readonly info: { readonly remoteAddr: Deno.Addr };
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** Answers a request to a socket path: order of checks is form, origin, token, places, socket. */
export async function answerSocket(asked: SocketAsked, path: SocketPath): Promise<Response> {
  const { req, state } = asked;
  const { services, requestId } = state;
  const decision = await decideSocket(handshakeOf(asked), path, services.admission);
  if (decision.kind === "problem") {
    const { facts, headers } = decision.problem;
    return problemAnswer(facts, requestId, headers);
  }
  const options = {
    id: randomText(6),
    protocol: decision.contract === "v1" ? SUBPROTOCOL : null,
    idleTimeoutS: services.config.wsIdleTimeoutS,
  };
  try {
    return upgradeToLink(req, options, eventsOf(decision, services));
  } catch (error) {
    decision.lease.release();
    // The runtime says so of malformed upgrade headers; anything else is our own fault.
    if (!(error instanceof TypeError)) throw error;
    return problemAnswer(MALFORMED, requestId);
  }
}

function handshakeOf({ req, url, info: { remoteAddr } }: SocketAsked): Handshake {
  return {
    method: req.method,
    url,
    header: (name) => req.headers.get(name),
    peer: "hostname" in remoteAddr ? remoteAddr.hostname : "local",
    target: new URL(req.url).origin,
  };
}
