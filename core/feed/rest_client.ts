import { z, type ZodType } from "zod";
import type { Clock } from "../port/clock.ts";
import { parseLowerKeys, replyProblem } from "../ssi/token_reply.ts";
import { delay } from "./delay.ts";
import type { Governor } from "./governor.ts";
import { type Fetch, type HttpReply, sendHttp } from "./http.ts";
import type { Redactor } from "./redactor.ts";
import type { TokenKeeper } from "./token_keeper.ts";

/** Rows of a REST call (and how many had another shape), or in plain words why there are none. */
export type RestResult<T> =
  | { readonly ok: true; readonly rows: readonly T[]; readonly skipped: number }
  | { readonly ok: false; readonly kind: RestFailure; readonly reason: string };

export type RestFailure = "refused" | "blocked" | "transient" | "bad-shape" | "busy";

/** One listed security. */
export interface ListedSecurity {
  readonly symbol: string;
  readonly market: string;
  readonly nameVi: string | null;
  readonly nameEn: string | null;
}

/** What the product reads of the details of a security. */
export interface SecurityDetails {
  readonly symbol: string;
  /** Null when the service names none. */
  readonly listedShares: number | null;
}

/** Boards that the Securities calls know. */
export type RestMarket = "HOSE" | "HNX" | "UPCOM" | "DER";

/** Exchanges that the IndexList call knows. */
export type RestIndexExchange = "HOSE" | "HNX";

export interface RestClientOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

export interface RestClientDeps {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly keeper: TokenKeeper;
  readonly governor: Governor;
  readonly redactor: Redactor;
  /** Ends calls under way and waits. */
  readonly signal: AbortSignal;
}

/** The largest page that every endpoint accepts, and the last page number. */
const PAGE_ROWS = 1_000;
const PAGES_MAX = 10;

const Rows = z.object({ data: z.array(z.unknown()).nullish() });
const Ticker = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{1,20}$/);
const SecurityRow = z.object({
  market: z.string().trim().toUpperCase(),
  symbol: Ticker,
  stockname: z.string().nullish(),
  stockenname: z.string().nullish(),
}).transform((row): ListedSecurity => ({
  symbol: row.symbol,
  market: row.market,
  nameVi: row.stockname ?? null,
  nameEn: row.stockenname ?? null,
}));
const DetailsRow = z.object({
  symbol: Ticker,
  // Every value of the service is a text, "" or "0" where there is none.
  listedshare: z.string().trim().transform(Number).or(z.number())
    .pipe(z.number().int().nonnegative().safe()).nullish(),
}).transform((row): SecurityDetails => ({
  symbol: row.symbol,
  listedShares: row.listedshare || null,
}));
/** A page of SecuritiesDetails is one row around its securities. */
const DetailsPage = z.object({ repeatedinfo: z.array(z.unknown()) });
/** Index codes keep their case, which the service may want back. */
const IndexRow = z.object({ indexcode: z.string().trim().regex(/^[A-Za-z0-9]{1,20}$/) });
const ComponentsRow = z.object({
  indexcomponent: z.array(
    z.object({ stocksymbol: Ticker.nullish(), isin: Ticker.nullish() })
      // Both hold the ticker; either may be missing.
      .transform((member) => member.stocksymbol ?? member.isin ?? null),
  ),
});

/** Reads SSI's REST service: one call a second, one retry on a new token, errors as values. */
export class RestClient {
  readonly #options: RestClientOptions;
  readonly #deps: RestClientDeps;

  constructor(options: RestClientOptions, deps: RestClientDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  /** Tickers of an index, sorted, each once. */
  async indexComponents(indexCode: string): Promise<RestResult<string>> {
    const result = await this.#pages("IndexComponents", { indexCode }, ComponentsRow);
    if (!result.ok) return result;
    const members = result.rows.flatMap((row) => row.indexcomponent).filter((m) => m !== null);
    return { ...result, rows: [...new Set(members)].sort() };
  }

  /** Securities listed on a board. */
  securities(market: RestMarket): Promise<RestResult<ListedSecurity>> {
    return this.#pages("Securities", { market }, SecurityRow);
  }

  /** Listed shares of the securities of a board. */
  securitiesDetails(market: RestMarket): Promise<RestResult<SecurityDetails>> {
    return this.#pages("SecuritiesDetails", { market }, DetailsRow, detailsOf);
  }

  /** Codes of the indices of an exchange, spelt as the service spells them, each once. */
  async indexList(exchange: RestIndexExchange): Promise<RestResult<string>> {
    const result = await this.#pages("IndexList", { exchange }, IndexRow);
    if (!result.ok) return result;
    return { ...result, rows: [...new Set(result.rows.map((row) => row.indexcode))] };
  }

  /** `unwrap` gives the items of a page; a page with fewer than the largest number is the last. */
  async #pages<T>(
    call: string,
    query: Readonly<Record<string, string>>,
    row: ZodType<T>,
    unwrap: (rows: readonly unknown[]) => readonly unknown[] = (rows) => rows,
  ): Promise<RestResult<T>> {
    const rows: T[] = [];
    let skipped = 0;
    for (let page = 1; page <= PAGES_MAX; page++) {
      const paging = { pageIndex: String(page), pageSize: String(PAGE_ROWS) };
      const result = await this.#call(call, { ...query, ...paging });
      if (!result.ok) return result;
      const items = unwrap(result.rows);
      for (const value of items) {
        const parsed = row.safeParse(value);
        if (parsed.success) rows.push(parsed.data);
        else skipped++;
      }
      if (items.length < PAGE_ROWS) break;
    }
    if (skipped > 0 && rows.length === 0) {
      return { ok: false, kind: "bad-shape", reason: `${call} answered rows of another shape` };
    }
    return { ok: true, rows, skipped };
  }

  async #call(
    call: string,
    query: Readonly<Record<string, string>>,
  ): Promise<RestResult<unknown>> {
    let refusedSerial: number | null = null;
    for (;;) {
      const turnMs = this.#deps.governor.take(this.#deps.clock.nowMs());
      if (turnMs === null) return { ok: false, kind: "busy", reason: "too many calls are waiting" };
      await delay(turnMs, this.#deps.signal);
      const answer = await this.#deps.keeper.get({ fresh: false, refusedSerial });
      if (!answer.ok) return { ok: false, ...answer.failure };
      const reply = await this.#get(call, query, answer.token.reveal());
      const result = readRows(call, reply);
      if (result.ok || result.kind !== "refused" || refusedSerial !== null) {
        return result.ok ? result : { ...result, reason: this.#deps.redactor.clean(result.reason) };
      }
      refusedSerial = answer.serial;
    }
  }

  #get(call: string, query: Readonly<Record<string, string>>, token: string): Promise<HttpReply> {
    return sendHttp(this.#deps.fetch, {
      url: `${this.#options.baseUrl}/api/v2/Market/${call}?${new URLSearchParams(query)}`,
      method: "GET",
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      timeoutMs: this.#options.timeoutMs,
      signal: this.#deps.signal,
    });
  }
}

/** The securities in the rows around them; a row of another shape stays, to be skipped and counted. */
function detailsOf(rows: readonly unknown[]): readonly unknown[] {
  return rows.flatMap((row) => {
    const page = DetailsPage.safeParse(row);
    return page.success ? page.data.repeatedinfo : [row];
  });
}

function readRows(call: string, reply: HttpReply): RestResult<unknown> {
  if (!reply.ok) {
    return { ok: false, kind: "transient", reason: `${call} failed: ${reply.reason}` };
  }
  const body = parseLowerKeys(reply.text);
  const problem = replyProblem(reply.status, reply.text, body);
  if (problem !== null) {
    const kind = problem.kind === "auth"
      ? "refused"
      : problem.kind === "blocked"
      ? "blocked"
      : "transient";
    return { ok: false, kind, reason: `${call} failed: ${problem.reason}` };
  }
  const rows = Rows.safeParse(body);
  // `data: null` is how the service says that there is nothing.
  if (rows.success) return { ok: true, rows: rows.data.data ?? [], skipped: 0 };
  return { ok: false, kind: "bad-shape", reason: `${call} answered without a list of rows` };
}
