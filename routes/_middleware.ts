import { csp, HttpError } from "fresh";
import { FAILED, isForPrograms, problemAnswer, wantsPage } from "../core/gateway/answer.ts";
import { PAGE_POLICY, requestIdOf, secure } from "../core/gateway/secure.ts";
import type { ProblemFacts } from "../core/wire/problem.ts";
import { define, type State } from "../utils.ts";

const outer = define.middleware(async (ctx) => {
  const requestId = requestIdOf(ctx.req);
  ctx.state.requestId = requestId;
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    const isProgram = isForPrograms(ctx.url.pathname);
    if (!isProgram && wantsPage(ctx.req)) throw error;
    if (!(error instanceof HttpError)) {
      ctx.state.services.log.error("request_failed", { requestId, route: ctx.route, error });
    }
    response = problemAnswer(factsOf(error), requestId);
    // These routes take every method, to name those that they answer.
    if (isProgram && response.status === 405) response.headers.set("allow", "GET, HEAD");
  }
  const secured = secure(ctx.req, response);
  allowReading(ctx.req, secured, ctx.state.services.config.corsOrigins);
  return secured;
});

export const handler = [outer, csp<State>({ useNonce: true, csp: PAGE_POLICY })];

function factsOf(error: unknown): ProblemFacts {
  const status = error instanceof HttpError ? error.status : 500;
  switch (status) {
    case 404:
      return { status, code: "NOT_FOUND", detail: "no such address" };
    case 405:
      return {
        status,
        code: "METHOD_NOT_ALLOWED",
        detail: "this address does not answer this method",
      };
    default:
      return status < 500
        ? { status, code: "BAD_REQUEST", detail: "the request cannot be answered" }
        : FAILED;
  }
}

/** Lets pages of the configured origins read answers; nothing here depends on cookies. */
function allowReading(request: Request, response: Response, origins: readonly string[]): void {
  if (response.status === 101 || origins.length === 0) return;
  response.headers.append("vary", "origin");
  const origin = request.headers.get("origin");
  if (origin === null || !origins.includes(origin)) return;
  response.headers.set("access-control-allow-origin", origin);
}
