import type { MarketFacts } from "./source.ts";

/** Query keys in lower case, without the optional `lookupRequest.` prefix. */
export type Query = ReadonlyMap<string, string>;
/** Answers a query from what is known of a day. */
export type Lookup = (query: Query, day: MarketFacts) => Body;

/** An answer; errors travel as a status in the body, mostly under HTTP 200. */
export interface Body {
  readonly message: string;
  readonly status: number | "Success";
  readonly data: unknown;
  readonly totalRecord?: number;
}

const PAGE_SIZES = ["10", "20", "50", "100", "1000"];

/** One page of what was found, in SSI's envelope; `wrap` turns its items into rows. */
export function page<T>(
  found: readonly T[],
  query: Query,
  wrap: (items: readonly T[]) => readonly unknown[],
): Body {
  const index = query.get("pageindex") || "1";
  const size = query.get("pagesize") || "10";
  if (!/^([1-9]|10)$/.test(index)) return failure(400, "PageIndex must be between 1 and 10");
  if (!PAGE_SIZES.includes(size)) {
    return failure(400, `PageSize must be one of ${PAGE_SIZES.join(", ")}`);
  }
  const from = (Number(index) - 1) * Number(size);
  const items = found.slice(from, from + Number(size));
  const empty = items.length === 0;
  return {
    data: empty ? null : wrap(items),
    message: empty ? "No data" : "Success",
    status: "Success",
    totalRecord: found.length,
  };
}

/** An answer that refuses. */
export function failure(status: number, message: string): Body {
  return { message, status, data: null };
}
