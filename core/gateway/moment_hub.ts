import type { Hub } from "../hub/hub.ts";
import { problemAnswer } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import {
  AT_PARAMETER,
  MOMENT_FORM,
  parseMoment,
  refusalFacts,
  type TravelRefusal,
} from "./travel.ts";

/** The hub of the moment that a request's `at` names, the live one without it, or the refusal. */
export async function hubOf(asked: DataAsked): Promise<Hub | Response> {
  const at = asked.url.searchParams.get(AT_PARAMETER);
  return at === null ? asked.state.services.hub : await hubAt(asked, at);
}

/** The hub of a moment given as text, or the refusal. */
export async function hubAt({ state }: DataAsked, text: string): Promise<Hub | Response> {
  const moment = parseMoment(text);
  if (moment === null) {
    const facts = { status: 400, code: "BAD_PARAMETER", detail: "bad value" } as const;
    const form = { parameter: AT_PARAMETER, wanted: MOMENT_FORM };
    return problemAnswer({ ...facts, ...form }, state.requestId);
  }
  const found = await state.services.travel.hubAt(moment);
  return found.ok ? found.hub : travelRefused(state.requestId, found.refusal);
}

/** The answer to who asks for an earlier minute that cannot be shown. */
export function travelRefused(requestId: string, refusal: TravelRefusal): Response {
  const facts = refusalFacts(refusal);
  const isTransient = refusal === "busy" || refusal === "starting";
  return problemAnswer(facts, requestId, isTransient ? { "retry-after": "1" } : {});
}
