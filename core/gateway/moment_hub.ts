import type { Hub } from "../hub/hub.ts";
import {
  AT_PARAMETER,
  MOMENT_FORM,
  type MomentRefusal,
  parseMoment,
  type TravelRefusal,
} from "../wire/moment.ts";
import { problemAnswer } from "./answer.ts";
import type { DataAsked } from "./data_asked.ts";
import type { Services } from "./services.ts";
import { refusalFacts } from "./travel.ts";

/** The hub of the moment that a request's `at` names, the live one without it, or the refusal. */
export async function hubOf(asked: DataAsked): Promise<Hub | Response> {
  const at = asked.url.searchParams.get(AT_PARAMETER);
  return at === null ? asked.state.services.hub : await hubAt(asked, at);
}

/** What a page shows: the moment that its query names, else the market now, and why not the moment. */
export interface ShownHub {
  readonly hub: Hub;
  /** The moment as in the query; null for now. */
  readonly at: string | null;
  readonly refusal: MomentRefusal | null;
}

/** The hub that a page with this query is made of. */
export async function shownHub(
  { hub, travel }: Pick<Services, "hub" | "travel">,
  query: URLSearchParams,
): Promise<ShownHub> {
  const [text, ...more] = query.getAll(AT_PARAMETER);
  if (text === undefined) return { hub, at: null, refusal: null };
  const moment = more.length === 0 ? parseMoment(text) : null;
  if (moment === null) return { hub, at: null, refusal: "form" };
  const found = await travel.hubAt(moment);
  return found.ok
    ? { hub: found.hub, at: text, refusal: null }
    : { hub, at: null, refusal: found.refusal };
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
