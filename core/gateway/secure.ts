import type { Logger } from "../log.ts";
import type { ProblemFacts } from "../wire/problem.ts";
import { FAILED, problemAnswer } from "./answer.ts";

const ids = new WeakMap<Request, string>();

/** For pages; the nonce is put in by the web layer, which renders them. */
export const PAGE_POLICY: string[] = [
  "default-src 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'none'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** For answers that are no page. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** For the worker that keeps copies of pages, which fetches them. */
const WORKER_PATH = "/sw.js";
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";
/** For error pages, which are rendered outside the middleware; they have a style and no script. */
const BARE_PAGE_POLICY = [...PAGE_POLICY, "script-src 'self'", "style-src 'unsafe-inline'"].join(
  "; ",
);

const POLICY_HEADER = "content-security-policy";
const HEADERS: Readonly<Record<string, string>> = {
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=()",
};

/** The id of a request, the same whoever asks; it is made on first sight. */
export function requestIdOf(request: Request): string {
  let id = ids.get(request);
  if (id === undefined) ids.set(request, id = crypto.randomUUID());
  return id;
}

/** The answer with request id and security headers; doing it twice changes nothing. */
export function secure(
  { url, requestId }: { readonly url: string; readonly requestId: string },
  response: Response,
): Response {
  // An upgrade answer belongs to the runtime and must stay the object it is.
  if (response.status === 101) return response;
  if (response.headers.get("x-request-id") === requestId) return response;
  const secured = new Response(response.body, response);
  const { headers } = secured;
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  headers.set("x-request-id", requestId);
  // An error page in the reader's language must not be shown to the next one.
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  const isWorker = url.endsWith(WORKER_PATH);
  if (!isPage) headers.set(POLICY_HEADER, isWorker ? WORKER_POLICY : DATA_POLICY);
  else if (!headers.has(POLICY_HEADER)) headers.set(POLICY_HEADER, BARE_PAGE_POLICY);
  return secured;
}

/**
 * Wraps the whole application, so that error pages and static files are covered too, and so that
 * nothing it throws reaches the runtime, which would print it past the log.
 */
export function secureHandler<Info>(
  handler: (request: Request, info: Info) => Response | Promise<Response>,
  log: Logger,
): (request: Request, info: Info) => Promise<Response> {
  return async (request, info) => {
    const requestId = requestIdOf(request);
    const asked = { url: request.url, requestId };
    const refuse = (facts: ProblemFacts) => secure(asked, problemAnswer(facts, requestId));
    // The address is made of the Host header, in which a client may write anything.
    if (!URL.canParse(request.url)) {
      const detail = "host and path make no address";
      return refuse({ status: 400, code: "BAD_REQUEST", detail, parameter: "Host" });
    }
    try {
      return secure(asked, await handler(request, info));
    } catch (error) {
      log.error("request_failed", { requestId, error });
      return refuse(FAILED);
    }
  };
}
