import type { Clock } from "../port/clock.ts";
import type { SimCounters } from "./counters.ts";
import { BODY_BYTES_MAX } from "./limits.ts";
import { Quota } from "./quota.ts";
import { HISTORY_LOOKUPS } from "./rest_history.ts";
import { type Body, failure, type Lookup, page, type Query } from "./rest_page.ts";
import { componentsRow, detailRow, detailsPage, indexRow, securityRow } from "./rest_rows.ts";
import type { MarketFacts } from "./source.ts";
import type { SimKey, TokenAuthority } from "./tokens.ts";

/** How AccessToken answers: as it should, refusing right keys too, or with HTTP 500. */
export type AuthMode = "ok" | "refuse" | "http500";

/** What the REST side works with. */
export interface RestDeps {
  readonly facts: () => MarketFacts;
  readonly tokens: TokenAuthority;
  readonly keys: readonly SimKey[];
  readonly clock: Clock;
  readonly counters: SimCounters;
  /** Requests per second and user, or null for no quota. */
  readonly perSecond: number | null;
}

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  securities: (query, day) => {
    const found = byMarket(query, day);
    return page(found, query, (rows) => rows.map(securityRow));
  },
  securitiesdetails: (query, day) => {
    const symbol = query.get("symbol")?.toUpperCase();
    const found = byMarket(query, day).filter((one) => !symbol || one.symbol === symbol);
    return page(found, query, (rows) => [detailsPage(day, found.length, rows.map(detailRow))]);
  },
  indexcomponents: (query, day) => {
    const code = query.get("indexcode")?.toUpperCase();
    if (!code) return failure(400, "IndexCode is required");
    const found = day.indices.filter((index) => index.id.toUpperCase() === code);
    return page(found, query, (rows) => rows.map(componentsRow));
  },
  indexlist: (query, day) => {
    const exchange = query.get("exchange")?.toUpperCase();
    const found = day.indices.filter((index) => !exchange || index.exchange === exchange);
    return page(found, query, (rows) => rows.map(indexRow));
  },
  ...HISTORY_LOOKUPS,
};

/** The REST side of the service, `/api/v2/Market/<endpoint>`; errors are bodies under HTTP 200. */
export class RestApi {
  authMode: AuthMode = "ok";
  readonly #deps: RestDeps;
  readonly #quota: Quota | null;

  constructor(deps: RestDeps) {
    this.#deps = deps;
    this.#quota = deps.perSecond === null ? null : new Quota(deps.perSecond, deps.clock);
  }

  /** Answers a request for an endpoint, named in lower case. */
  async handle(request: Request, endpoint: string): Promise<Response> {
    this.#deps.counters.restRequests += 1;
    const wanted = endpoint === "accesstoken" ? "POST" : "GET";
    const lookup = Object.hasOwn(LOOKUPS, endpoint) ? LOOKUPS[endpoint] : undefined;
    if (lookup === undefined && endpoint !== "accesstoken") return this.#error(404, "Not found");
    if (request.method !== wanted) return this.#error(405, "Method not allowed");
    const body = lookup === undefined
      ? await this.#accessToken(request)
      : await this.#lookup(request, lookup);
    if (body.status === 429 || body.status === 500) return this.#error(body.status, body.message);
    if (body.data === null && body.status !== "Success") this.#deps.counters.restRefused += 1;
    return Response.json(body);
  }

  /** An error that is one for HTTP too. */
  #error(status: number, message: string): Response {
    this.#deps.counters.restRefused += 1;
    return Response.json(failure(status, message), { status });
  }

  async #accessToken(request: Request): Promise<Body> {
    const text = await readBody(request);
    if (this.authMode === "http500") return failure(500, "Internal server error");
    const body = text === null ? null : readObject(text);
    if (body === null) return failure(400, "The request is invalid");
    const id = body.get("consumerid");
    const secret = body.get("consumersecret");
    const known = this.#deps.keys.some((key) => key.id === id && key.secret === secret);
    if (!known || typeof id !== "string" || this.authMode === "refuse") {
      return failure(401, "ConsumerID or ConsumerSecret is invalid");
    }
    const limited = this.#limited(id);
    if (limited !== null) return limited;
    const accessToken = await this.#deps.tokens.issue(id);
    return { message: "Success", status: 200, data: { accessToken } };
  }

  async #lookup(request: Request, lookup: Lookup): Promise<Body> {
    const user = await this.#deps.tokens.userOf(request.headers.get("authorization"));
    if (user === null) return failure(401, "Unauthorized");
    return this.#limited(user) ?? lookup(readQuery(request.url), this.#deps.facts());
  }

  #limited(user: string): Body | null {
    if (this.#quota === null || this.#quota.take(user)) return null;
    const { perSecond } = this.#quota;
    return failure(429, `API calls quota exceeded! maximum admitted ${perSecond} per 1s.`);
  }
}

function byMarket(query: Query, day: MarketFacts) {
  const market = query.get("market")?.toUpperCase();
  return day.instruments.filter((instrument) => !market || instrument.exchange === market);
}

function readQuery(url: string): Query {
  const query = new Map<string, string>();
  for (const [key, value] of new URL(url).searchParams) {
    query.set(key.toLowerCase().replace(/^lookuprequest\./, ""), value.trim());
  }
  return query;
}

/** The text of a body, or null when it is larger than any honest one. */
async function readBody(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return await new Blob(chunks as BlobPart[]).text();
}

/** A JSON object with its keys in lower case, or null when the text is none. */
function readObject(text: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    return new Map(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
