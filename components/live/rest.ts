import type { LiveLink } from "./link.ts";

/** Headers of a question to the page's own server; the ticket opens it where it wants a token. */
export function restHeaders({ ticket }: Pick<LiveLink, "ticket">): HeadersInit {
  return ticket === "" ? {} : { authorization: `Bearer ${ticket}` };
}

/**
 * The body of an answer of the page's own server; null where there is none now: no connection, no
 * database behind it, a refusal. Throws only when `signal` ends the question.
 */
export async function askRest<Body>(
  link: Pick<LiveLink, "ticket">,
  path: string,
  signal: AbortSignal,
): Promise<Body | null> {
  try {
    const response = await fetch(path, { headers: restHeaders(link), signal });
    if (response.ok) return await response.json() as Body;
    await response.body?.cancel();
    return null;
  } catch (error) {
    signal.throwIfAborted();
    // A server that cannot be reached is a state that the reader is told of.
    if (error instanceof TypeError) return null;
    throw error;
  }
}
