import * as z from "zod";
import { problem, type ProblemFacts } from "../wire/problem.ts";

/** What an answer needs of a request: the part of a route's context that it reads. */
export interface Asked {
  readonly req: Request;
  readonly url: URL;
  readonly state: { readonly requestId: string };
}

/** No query parameters at all. */
export const NO_QUERY = z.strictObject({});

/** May stand in the query of any address below `/api`: the token, where headers cannot be set. */
export const TOKEN_PARAMETER = "token";

/** Whether an address is for programs: its errors are problem+json even for a browser. */
export function isForPrograms(pathname: string): boolean {
  return /^\/(api|ws|health|livez|readyz|metrics)(\/|$)/.test(pathname);
}

/** What a client learns of an error on our side; the log has the rest under the request's id. */
export const FAILED: ProblemFacts = {
  status: 500,
  code: "INTERNAL",
  detail: "an error on our side; the log has the request id",
};

/** Whether the asker reads pages: a browser that opens an address names HTML, a program does not. */
export function wantsPage(request: Request): boolean {
  return request.headers.get("accept")?.includes("text/html") ?? false;
}

/** A JSON answer; live data, so nobody may keep it. */
export function jsonAnswer(body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json; charset=utf-8");
  headers.set("cache-control", "no-store");
  return new Response(JSON.stringify(body), { ...init, headers });
}

/** An error answer. */
export function problemAnswer(
  facts: ProblemFacts,
  requestId: string,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const headers = {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    ...extra,
  };
  const body = JSON.stringify(problem(facts, requestId));
  return new Response(body, { status: facts.status, headers });
}

/**
 * Answers GET and HEAD with what `build` makes of the checked query; other methods get 405. Names in
 * `besides` are parameters that `build` reads for itself.
 */
export async function answerGet<Query extends z.ZodObject>(
  asked: Asked,
  query: Query,
  build: (values: z.output<Query>) => Response | Promise<Response>,
  besides: readonly string[] = [],
): Promise<Response> {
  const answer = await answerGetWithBody(asked, query, build, besides);
  if (asked.req.method !== "HEAD") return answer;
  await answer.body?.cancel();
  return new Response(null, answer);
}

function answerGetWithBody<Query extends z.ZodObject>(
  { req, url, state }: Asked,
  query: Query,
  build: (values: z.output<Query>) => Response | Promise<Response>,
  besides: readonly string[],
): Response | Promise<Response> {
  if (req.method !== "GET" && req.method !== "HEAD") {
    const detail = "this address answers GET and HEAD";
    const facts = { status: 405, code: "METHOD_NOT_ALLOWED", detail } as const;
    return problemAnswer(facts, state.requestId, { allow: "GET, HEAD" });
  }
  const token = url.pathname.startsWith("/api/") ? [TOKEN_PARAMETER] : [];
  const read = readQuery(url.searchParams, query, [...besides, ...token]);
  return read.ok ? build(read.values) : problemAnswer(read.problem, state.requestId);
}

/**
 * Reads query parameters strictly: an unknown name, a name given twice and a bad value are refused
 * with the parameter and what it wants (the text of the schema's own message). Values are strings.
 * Names in `besides` are taken and left to others.
 */
export function readQuery<Query extends z.ZodObject>(
  params: URLSearchParams,
  query: Query,
  besides: readonly string[] = [],
): { ok: true; values: z.output<Query> } | { ok: false; problem: ProblemFacts } {
  const known = Object.keys(query.shape);
  const refuse = (facts: Omit<ProblemFacts, "status">) =>
    ({ ok: false, problem: { status: 400, ...facts } }) as const;
  for (const name of params.keys()) {
    const parameter = printable(name);
    if (!known.includes(name) && !besides.includes(name)) {
      const wanted = known.length === 0 ? "no parameters" : `one of ${known.join(", ")}`;
      return refuse({ code: "UNKNOWN_PARAMETER", detail: "unknown parameter", parameter, wanted });
    }
    if (params.getAll(name).length > 1) {
      const wanted = "one value";
      return refuse({
        code: "REPEATED_PARAMETER",
        detail: "parameter given twice",
        parameter,
        wanted,
      });
    }
  }
  const own = [...params].filter(([name]) => known.includes(name));
  const read = query.safeParse(Object.fromEntries(own));
  if (read.success) return { ok: true, values: read.data };
  const { path, message } = read.error.issues[0]!;
  const parameter = String(path[0]);
  return refuse({ code: "BAD_PARAMETER", detail: "bad value", parameter, wanted: message });
}

/** A parameter's name as it may be repeated in an answer. */
function printable(name: string): string {
  return /^[\w.-]{1,40}$/.test(name) ? name : "(not printable)";
}
