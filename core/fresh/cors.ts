import type { Context } from "./context.ts";
import type { Middleware } from "./handlers.ts";
import { setHeaders } from "./set_headers.ts";

/** Options of cross-origin access. */
export interface CORSOptions<State> {
  /**
   * Origins that may read answers: one, several, `*`, or a function that gives the allowed origin.
   */
  origin: string | string[] | ((origin: string, ctx: Context<State>) => string | undefined | null);
  allowMethods?: string[];
  /** Headers a request may carry; those it asks for when empty. */
  allowHeaders?: string[];
  /** Seconds a preflight answer may be kept. */
  maxAge?: number;
  credentials?: boolean;
  exposeHeaders?: string[];
}

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"];

/** Lets pages of other origins read answers; answers OPTIONS itself. */
export function cors<State>(options: CORSOptions<State> = { origin: "*" }): Middleware<State> {
  return async (ctx) => {
    const origin = allowedOrigin(options.origin, ctx);
    if (ctx.req.method === "OPTIONS") {
      const headers = preflightHeaders(options, ctx.req);
      setCommon(headers, options, origin);
      return new Response(null, { status: 204, headers });
    }
    return setHeaders(await ctx.next(), (headers) => setCommon(headers, options, origin));
  };
}

function allowedOrigin<State>(
  origin: CORSOptions<State>["origin"],
  ctx: Context<State>,
): string | null {
  if (origin === "*") return "*";
  const asked = ctx.req.headers.get("origin") ?? "";
  if (typeof origin === "function") return origin(asked, ctx) ?? null;
  return [origin].flat().includes(asked) ? asked : null;
}

function setCommon<State>(
  headers: Headers,
  options: CORSOptions<State>,
  origin: string | null,
): void {
  if (origin !== null) headers.set("access-control-allow-origin", origin);
  if (options.credentials) headers.set("access-control-allow-credentials", "true");
  if (options.exposeHeaders?.length) {
    headers.set("access-control-expose-headers", options.exposeHeaders.join(","));
  }
  // A cache must not give one origin's answer to another, allowed or not.
  if (options.origin !== "*") headers.append("vary", "Origin");
}

function preflightHeaders<State>(options: CORSOptions<State>, req: Request): Headers {
  const headers = new Headers();
  const methods = options.allowMethods ?? METHODS;
  if (methods.length > 0) headers.set("access-control-allow-methods", methods.join(","));
  if (options.maxAge !== undefined) headers.set("access-control-max-age", String(options.maxAge));
  const asked = req.headers.get("access-control-request-headers");
  const allowed = options.allowHeaders?.length ? options.allowHeaders.join(",") : asked;
  if (allowed !== null) {
    headers.set("access-control-allow-headers", allowed);
    headers.append("vary", "Access-Control-Request-Headers");
  }
  return headers;
}
