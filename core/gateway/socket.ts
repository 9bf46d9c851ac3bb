import { SUBPROTOCOL } from "../wire/frames.ts";
import { upgradeToLink } from "./deno_link.ts";
import type { Asked } from "./answer.ts";
import type { Connected } from "./client_address.ts";
import { decideSocket, malformedAnswer } from "./handshake.ts";
import { eventsOf } from "./link_events.ts";
import { headOf } from "./request_head.ts";
import { newLinkId } from "./link_id.ts";
import type { Services } from "./services.ts";
import type { SocketPath } from "./socket_path.ts";

/** A route's context as far as sockets read it. */
interface RouteAsked extends Asked {
  readonly info: Connected;
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** Answers a request to a socket path: order of checks is form, origin, token, places, socket. */
export async function answerSocket(asked: RouteAsked, path: SocketPath): Promise<Response> {
  const { req, state: { services, requestId } } = asked;
  const head = headOf(asked);
  const pages = head.url.origin;
  const decision = await decideSocket(head, path, { door: services.admission, pages });
  if (decision.kind === "answer") return decision.response;
  const options = {
    id: newLinkId(),
    protocol: decision.contract === "v1" ? SUBPROTOCOL : null,
    idleTimeoutS: services.config.wsIdleTimeoutS,
  };
  try {
    return upgradeToLink(req, options, eventsOf(decision, services));
  } catch (error) {
    decision.lease.release();
    // The runtime says so of malformed upgrade headers; anything else is our own fault.
    if (!(error instanceof TypeError)) throw error;
    return malformedAnswer(requestId);
  }
}
