import type { LiveLink } from "./link.ts";

/**
 * The body of an answer of the page's own server; null where there is none now: no connection, no
 * database behind it, a refusal. Throws only when `signal` ends the question.
 */
export async function askRest<Body>(
  { ticket }: Pick<LiveLink, "ticket">,
  path: string,
  signal: AbortSignal,
): Promise<Body | null> {
  const headers: HeadersInit = ticket === "" ? {} : { authorization: `Bearer ${ticket}` };
  try {
    const response = await fetch(path, { headers, signal });
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
