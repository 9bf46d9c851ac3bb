import type { Context } from "./context.ts";
import type { Middleware } from "./handlers.ts";
import { HttpError } from "./http_error.ts";

/** Options of the protection against forged requests. */
export interface CsrfOptions<State = unknown> {
  /** Origins that may change state; the request's own when absent. */
  origin?: string | string[] | ((origin: string, ctx: Context<State>) => boolean);
}

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses with 403 a state-changing request that a page of another origin made the browser send.
 */
export function csrf<State>({ origin }: CsrfOptions<State> = {}): Middleware<State> {
  const allows = (asked: string, ctx: Context<State>) => {
    if (typeof origin === "function") return origin(asked, ctx);
    return [origin ?? ctx.url.origin].flat().includes(asked);
  };
  return (ctx) => {
    const { method, headers } = ctx.req;
    const site = headers.get("sec-fetch-site");
    const asked = headers.get("origin");
    // No browser leaves out both, and a request without a browser forges nothing.
    const own = site === "same-origin" || site === "none" || (site === null && asked === null);
    if (SAFE.includes(method) || own || (asked !== null && allows(asked, ctx))) return ctx.next();
    throw new HttpError(403);
  };
}
