import { csp, HttpError } from "fresh";
import { FAILED, isForPrograms, problemAnswer, wantsPage } from "../core/gateway/answer.ts";
import { allowReading, preflightAnswer } from "../core/gateway/cross_origin.ts";
import { restRefusal } from "../core/gateway/rest_auth.ts";
import { rateRefusal, takeRest, tellRate } from "../core/gateway/rest_rate.ts";
import { PAGE_POLICY, requestIdOf, secure } from "../core/gateway/secure.ts";
import { socketOrigin } from "../core/gateway/socket_address.ts";
import type { ProblemFacts } from "../core/wire/problem.ts";
import { define, type State } from "../utils.ts";

const outer = define.middleware(async (ctx) => {
  const requestId = requestIdOf(ctx.req);
  ctx.state.requestId = requestId;
  const { services } = ctx.state;
  const startedMs = performance.now();
  const observe = (status: number) =>
    services.http.observe(ctx.route, status, (performance.now() - startedMs) / 1000);
  const { corsOrigins } = services.config;
  const preflight = preflightAnswer(ctx.req, corsOrigins);
  const standing = preflight === null ? takeRest(ctx) : null;
  let response: Response;
  try {
    response = preflight ?? rateRefusal(standing, requestId) ?? restRefusal(ctx) ??
      await ctx.next();
  } catch (error) {
    const isProgram = isForPrograms(ctx.url.pathname);
    if (!isProgram && wantsPage(ctx.req)) {
      observe(factsOf(error).status);
      throw error;
    }
    if (!(error instanceof HttpError)) {
      services.log.error("request_failed", { requestId, route: ctx.route, error });
    }
    response = problemAnswer(factsOf(error), requestId);
    // These routes take every method, to name those that they answer.
    if (isProgram && response.status === 405) response.headers.set("allow", "GET, HEAD");
  }
  observe(response.status);
  const secured = secure({ url: ctx.req.url, requestId }, response);
  tellRate(standing, secured);
  allowReading(ctx.req, secured, corsOrigins);
  return secured;
});

/** Scripts of a page may connect to its own origin and, where sockets are elsewhere, to that. */
const policy = define.middleware((ctx) => {
  const sockets = socketOrigin(ctx.url, ctx.state.services.config.wsPlace);
  const more = sockets === null ? [] : [`connect-src 'self' ${sockets}`];
  return csp<State>({ useNonce: true, csp: [...PAGE_POLICY, ...more] })(ctx);
});

export const handler = [outer, policy];

function factsOf(error: unknown): ProblemFacts {
  if (!(error instanceof HttpError)) return FAILED;
  const { status, message } = error;
  switch (status) {
    case 400:
      return { status, code: "BAD_REQUEST", detail: asDetail(message) };
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

/** Messages of errors begin with a capital letter, and details of a problem do not. */
function asDetail(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}
