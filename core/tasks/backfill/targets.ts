import type { RestFailed, RestResult } from "../../feed/rest_caller.ts";
import type { RestClient, RestIndexExchange, RestMarket } from "../../feed/rest_client.ts";
import { vn30FuturesAmong } from "../../feed/startup.ts";
import { FOLLOWED_INDICES } from "../../wire/index_intraday.ts";
import type { BackfillArguments } from "./arguments.ts";
import type { Target } from "./units.ts";

/** Boards, in the order in which they are filled. */
export const MARKETS: readonly RestMarket[] = ["HOSE", "HNX", "UPCOM", "DER"];
const EXCHANGES: readonly RestIndexExchange[] = ["HOSE", "HNX"];

/** Names to ask for. */
export interface Names {
  readonly securities: readonly string[];
  /** Spelt as the service spells them. */
  readonly indices: readonly string[];
}

export type NamesResult = { readonly ok: true; readonly names: Names } | RestFailed;

/** Asks the service which names the wanted ones stand for on a date. */
export async function resolveNames(
  wanted: BackfillArguments["names"],
  date: string,
  rest: RestClient,
): Promise<NamesResult> {
  const indices = await all(EXCHANGES.map((exchange) => () => rest.indexList(exchange)));
  if (!indices.ok) return indices;
  if (wanted === "vn30") {
    const members = await rest.indexComponents("VN30");
    if (!members.ok) return members;
    const futures = await rest.securities("DER");
    if (!futures.ok) return futures;
    const codes = vn30FuturesAmong(futures.rows.map(({ symbol }) => symbol), date);
    const followed = indices.rows.filter((id) => isAmong(FOLLOWED_INDICES, id));
    return named([...members.rows, ...codes], followed);
  }
  if (wanted === "all") {
    const listed = await all(MARKETS.map((market) => () => rest.securities(market)));
    if (!listed.ok) return listed;
    return named(listed.rows.map(({ symbol }) => symbol), indices.rows);
  }
  const known = indices.rows.filter((id) => isAmong(wanted, id));
  return named(wanted.filter((name) => !isAmong(known, name)), known);
}

/** What a run is to fill; what is small and shown first comes first. */
export function targetsOf(
  { kinds, names: wanted }: BackfillArguments,
  { securities, indices }: Names,
): Target[] {
  const each = (kind: Target["kind"], symbols: readonly string[]) =>
    symbols.map((symbol): Target => ({ kind, symbol }));
  const targets: Target[] = [];
  if (kinds.includes("index")) targets.push(...each("index", indices));
  if (kinds.includes("prices")) {
    // A board's prices come a thousand to a call.
    if (wanted === "all") targets.push(...each("board-prices", MARKETS));
    else targets.push(...each("prices", securities));
  }
  if (kinds.includes("daily")) targets.push(...each("daily", securities));
  if (kinds.includes("intraday")) {
    targets.push(...each("index-intraday", indices), ...each("intraday", securities));
  }
  return targets;
}

function named(securities: readonly string[], indices: readonly string[]): NamesResult {
  const names = { securities: [...new Set(securities)], indices: [...new Set(indices)] };
  return { ok: true, names };
}

function isAmong(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toUpperCase() === name.toUpperCase());
}

/** The rows of several calls, made one after another. */
async function all<T>(calls: readonly (() => Promise<RestResult<T>>)[]): Promise<RestResult<T>> {
  const rows: T[] = [];
  let skipped = 0;
  for (const call of calls) {
    const result = await call();
    if (!result.ok) return result;
    rows.push(...result.rows);
    skipped += result.skipped;
  }
  return { ok: true, rows, skipped };
}
