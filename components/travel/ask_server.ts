import type { TravelRefusal } from "../../core/wire/moment.ts";
import type { Problem } from "../../core/wire/problem.ts";
import { restHeaders } from "../live/rest.ts";

/** Longest wait for an answer; the first of a busy day is replayed from its beginning. */
const ANSWER_MS_MAX = 150_000;

/** What becomes of a question: a body, a refusal with its reason, or no answer. */
export type Answered<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly why: TravelRefusal | "lost" };

/** Asks an address of our own REST; `ticket` opens it where the server wants a token. */
export async function askServer<Body>(
  address: string,
  { ticket, signal }: { readonly ticket: string; readonly signal: AbortSignal },
): Promise<Answered<Body>> {
  try {
    const response = await fetch(address, {
      headers: restHeaders({ ticket }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
    });
    const body = await response.json();
    return response.ok
      ? { ok: true, body: body as Body }
      : { ok: false, why: (body as Problem).reason ?? "lost" };
  } catch {
    // Whether nobody is there, somebody else, or too late: there is nothing to show.
    return { ok: false, why: "lost" };
  }
}
