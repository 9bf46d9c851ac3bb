import { z, type ZodType } from "zod";
import type { Clock } from "../port/clock.ts";
import { parseLowerKeys, replyProblem } from "../ssi/token_reply.ts";
import { delay } from "./delay.ts";
import type { Governor } from "./governor.ts";
import { type Fetch, type HttpReply, sendHttp } from "./http.ts";
import type { Redactor } from "./redactor.ts";
import type { TokenKeeper } from "./token_keeper.ts";

export type RestFailure = "refused" | "blocked" | "transient" | "bad-shape" | "busy";

/** A call without rows: why, in plain words. */
export interface RestFailed {
  readonly ok: false;
  readonly kind: RestFailure;
  readonly reason: string;
}

/** Rows of a REST call (and how many had another shape), or in plain words why there are none. */
export type RestResult<T> =
  | { readonly ok: true; readonly rows: readonly T[]; readonly skipped: number }
  | RestFailed;

export interface RestOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

export interface RestDeps {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly keeper: TokenKeeper;
  readonly governor: Governor;
  readonly redactor: Redactor;
  /** Ends calls under way and waits. */
  readonly signal: AbortSignal;
}

export type RestQuery = Readonly<Record<string, string>>;

/** One answer: its rows, and how many rows the service says there are; null when it does not say. */
type RestAnswer =
  | { readonly ok: true; readonly rows: readonly unknown[]; readonly total: number | null }
  | RestFailed;

/** The largest page that every endpoint accepts, and the last page number. */
export const PAGE_ROWS = 1_000;
export const PAGES_MAX = 10;

const Rows = z.object({
  data: z.array(z.unknown()).nullish(),
  totalrecord: z.number().int().nonnegative().nullish().catch(null),
});

/** Calls SSI's REST service: in turn, with one retry on a new token, errors as values. */
export class RestCaller {
  readonly #options: RestOptions;
  readonly #deps: RestDeps;

  constructor(options: RestOptions, deps: RestDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  /** `unwrap` gives the items of a page; a page with fewer than the largest number is the last. */
  async pages<T>(
    call: string,
    query: RestQuery,
    row: ZodType<T>,
    unwrap: (rows: readonly unknown[]) => readonly unknown[] = (rows) => rows,
  ): Promise<RestResult<T>> {
    const rows: T[] = [];
    let skipped = 0;
    for (let page = 1; page <= PAGES_MAX; page++) {
      const result = await this.page(call, query, page);
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

  /** One page of a call, 1 to PAGES_MAX. */
  async page(call: string, query: RestQuery, page: number): Promise<RestAnswer> {
    const paging = { pageIndex: String(page), pageSize: String(PAGE_ROWS) };
    let refusedSerial: number | null = null;
    for (;;) {
      const turnMs = this.#deps.governor.take(this.#deps.clock.nowMs());
      if (turnMs === null) return { ok: false, kind: "busy", reason: "too many calls are waiting" };
      await delay(turnMs, this.#deps.signal);
      const answer = await this.#deps.keeper.get({ fresh: false, refusedSerial });
      if (!answer.ok) return { ok: false, ...answer.failure };
      const reply = await this.#get(call, { ...query, ...paging }, answer.token.reveal());
      const result = readRows(call, reply);
      if (result.ok || result.kind !== "refused" || refusedSerial !== null) {
        return result.ok ? result : { ...result, reason: this.#deps.redactor.clean(result.reason) };
      }
      refusedSerial = answer.serial;
    }
  }

  #get(call: string, query: RestQuery, token: string): Promise<HttpReply> {
    return sendHttp(this.#deps.fetch, {
      url: `${this.#options.baseUrl}/api/v2/Market/${call}?${new URLSearchParams(query)}`,
      method: "GET",
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      timeoutMs: this.#options.timeoutMs,
      signal: this.#deps.signal,
    });
  }
}

function readRows(call: string, reply: HttpReply): RestAnswer {
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
  if (!rows.success) {
    return { ok: false, kind: "bad-shape", reason: `${call} answered without a list of rows` };
  }
  // `data: null` is how the service says that there is nothing.
  return { ok: true, rows: rows.data.data ?? [], total: rows.data.totalrecord ?? null };
}
