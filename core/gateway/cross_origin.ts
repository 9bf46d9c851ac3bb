/** How long a browser may keep the answer to a preflight. */
const PREFLIGHT_S = 600;
/** Headers that a page may read beside those that it always may. */
const READABLE =
  "etag, link, ratelimit, ratelimit-policy, retry-after, x-as-of, x-data-status, x-request-id";

/**
 * The answer to a browser that asks, for a page of a configured origin, whether it may send a token
 * along; null for any other request. Nothing here depends on cookies.
 */
export function preflightAnswer(request: Request, origins: readonly string[]): Response | null {
  if (request.method !== "OPTIONS" || !isReader(request, origins)) return null;
  if (!request.headers.has("access-control-request-method")) return null;
  const isTicket = new URL(request.url).pathname === "/ws/ticket";
  const headers = {
    "access-control-allow-methods": isTicket ? "POST" : "GET, HEAD",
    "access-control-allow-headers": "authorization",
    "access-control-max-age": String(PREFLIGHT_S),
  };
  return new Response(null, { status: 204, headers });
}

/** Lets pages of the configured origins read an answer. */
export function allowReading(
  request: Request,
  response: Response,
  origins: readonly string[],
): void {
  if (response.status === 101 || origins.length === 0) return;
  response.headers.append("vary", "origin");
  if (!isReader(request, origins)) return;
  response.headers.set("access-control-allow-origin", request.headers.get("origin")!);
  response.headers.set("access-control-expose-headers", READABLE);
}

function isReader(request: Request, origins: readonly string[]): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && origins.includes(origin);
}
