import { namesOf, type Plan } from "./commands.ts";
import { Context } from "./context.ts";
import type { Method, Middleware } from "./handlers.ts";
import { HttpError, statusText } from "./http_error.ts";
import { type Entry, type Match, Router } from "./router.ts";
import type { Segment } from "./segment.ts";
import { setHeaders } from "./set_headers.ts";
import type { Site } from "./site.ts";

/** Connection facts of a request that came over no connection. */
const NO_CONNECTION: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
  completed: Promise.resolve(),
};

type Chain<State> = readonly Middleware<State>[];

/** Answers requests by a plan. */
export class Server<State> {
  readonly #router: Router<State>;
  readonly #root: Segment<State>;
  readonly #site: Site | null;

  constructor({ root, entries }: Plan<State>, site: Site | null) {
    this.#router = new Router(entries.values());
    this.#root = root;
    this.#site = site;
  }

  /** Answers one request; what no `_error` page could handle is thrown to `Deno.serve`. */
  async answer(req: Request, info = NO_CONNECTION): Promise<Response> {
    const url = new URL(req.url);
    // `//host/path` in a relative link of the page would lead to another host.
    url.pathname = url.pathname.replace(/\/{2,}/g, "/");
    const { match, chain } = this.#find(url.pathname, req.method);
    const ctx = new Context<State>({
      req,
      url,
      info,
      site: this.#site,
      route: match?.entry.pattern ?? null,
      params: match?.params ?? {},
      next: () => Promise.reject(new HttpError(404)),
    });
    const response = await run(chain, ctx).catch(plainError);
    return finish(response, req.method, match?.entry);
  }

  #find(pathname: string, method: string): { match: Match<State> | null; chain: Chain<State> } {
    let match: Match<State> | null;
    try {
      match = this.#router.match(pathname);
    } catch (error) {
      return { match: null, chain: [...this.#root.chain(), () => Promise.reject(error)] };
    }
    if (match === null) return { match, chain: this.#root.deepest(namesOf(pathname)).chain() };
    const { entry } = match;
    const chain = entry.methods.get(method as Method) ??
      (method === "HEAD" ? entry.methods.get("GET") : undefined);
    return { match, chain: chain ?? [...entry.outer, noMethod(entry)] };
  }
}

/** Runs a chain; each link continues it with `ctx.next`. */
function run<State>(chain: Chain<State>, ctx: Context<State>): Promise<Response> {
  const last = ctx.next;
  const step = async (at: number): Promise<Response> => {
    const middleware = chain[at];
    if (middleware === undefined) return await last();
    const before = ctx.next;
    ctx.next = () => step(at + 1);
    try {
      const response = await middleware(ctx);
      if (response instanceof Response) return response;
      throw new TypeError(`Cannot answer ${ctx.url.pathname}: a handler returned no Response`);
    } finally {
      ctx.next = before;
    }
  };
  return step(0);
}

function noMethod<State>(entry: Entry<State>): Middleware<State> {
  return ({ req }) => {
    if (req.method !== "OPTIONS") throw new HttpError(405);
    return new Response(null, { status: 204, headers: { allow: allowed(entry) } });
  };
}

function allowed<State>({ methods }: Entry<State>): string {
  const names = new Set<string>(methods.keys());
  if (names.has("GET")) names.add("HEAD");
  return [...names, "OPTIONS"].filter((name, at, all) => all.indexOf(name) === at).join(", ");
}

/** A deliberate status needs no page; anything else is a defect that the server must hear of. */
function plainError(error: unknown): Response {
  if (!(error instanceof HttpError)) throw error;
  const { status, message } = error;
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return new Response(status < 500 ? message : statusText(status), { status, headers });
}

/** Statuses whose responses never have a body. */
const NULL_BODY_STATUSES = [101, 204, 205, 304];

async function finish<State>(
  response: Response,
  method: string,
  entry: Entry<State> | undefined,
): Promise<Response> {
  if (response.status === 405 && entry !== undefined && !response.headers.has("allow")) {
    response = setHeaders(response, (headers) => headers.set("allow", allowed(entry)));
  }
  if (method !== "HEAD" || NULL_BODY_STATUSES.includes(response.status)) return response;
  await response.body?.cancel();
  if (response.headers.has("content-length")) return new Response(null, response);
  // No body at all would be told as a length of 0, which is not that of the GET.
  return new Response(new ReadableStream({ start: (body) => body.close() }), response);
}
