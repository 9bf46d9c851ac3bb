import { type Asked, jsonAnswer, NO_QUERY, problemAnswer, readQuery } from "./answer.ts";
import { isOriginAllowed } from "./origin.ts";
import { refusalAnswer } from "./refusals.ts";
import type { Services } from "./services.ts";
import { TICKET_LIFE_MS } from "./token_check.ts";

/** A route's context as far as tickets read it. */
export interface TicketAsked extends Asked {
  readonly state: { readonly requestId: string; readonly services: Services };
}

/** Answers POST with a ticket that opens one socket; who may ask was looked at before. */
export function answerTicket({ req, url, state }: TicketAsked): Response {
  const { services, requestId } = state;
  if (req.method !== "POST") {
    const detail = "this address answers POST";
    const facts = { status: 405, code: "METHOD_NOT_ALLOWED", detail } as const;
    return problemAnswer(facts, requestId, { allow: "POST" });
  }
  const { corsOrigins } = services.config;
  if (!isOriginAllowed(req.headers.get("origin"), url.origin, corsOrigins)) {
    return refusalAnswer("origin", requestId);
  }
  const query = readQuery(url.searchParams, NO_QUERY);
  if (!query.ok) return problemAnswer(query.problem, requestId);
  const ticket = services.admission.issueTicket();
  if (ticket !== null) return jsonAnswer({ ticket, expires_in: TICKET_LIFE_MS / 1000 });
  const facts = { status: 503, code: "UNAVAILABLE", detail: "too many tickets are out" } as const;
  return problemAnswer(facts, requestId, { "retry-after": "5" });
}
