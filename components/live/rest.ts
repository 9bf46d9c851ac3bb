import type { LiveLink } from "./link.ts";

/** An answer of the page's own server: a body, or that it has none for now, or none at all. */
export type RestAnswer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly why: "away" | "failed" };

/**
 * Asks for a series that is no channel. `away`: the server has no database for it now (503);
 * `failed`: no connection, or a refusal. Throws only when `signal` ends it.
 */
export async function askRest<Body>(
  { ticket }: Pick<LiveLink, "ticket">,
  path: string,
  signal: AbortSignal,
): Promise<RestAnswer<Body>> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (ticket !== "") headers.authorization = `Bearer ${ticket}`;
  try {
    const response = await fetch(path, { headers, signal });
    if (response.ok) return { ok: true, body: await response.json() as Body };
    await response.body?.cancel();
    return { ok: false, why: response.status === 503 ? "away" : "failed" };
  } catch (error) {
    signal.throwIfAborted();
    // A server that cannot be reached is a state that the reader is told of.
    if (error instanceof TypeError) return { ok: false, why: "failed" };
    throw error;
  }
}
