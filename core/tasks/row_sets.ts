import { FLOW_SCOPES } from "../engine/foreign_view.ts";
import type { TableRows } from "../hub/publisher.ts";
import { parseFuturesCode } from "../market/futures.ts";

/** What the views show, in their order. */
export interface Views {
  readonly vn30: readonly string[];
  readonly futures: readonly string[];
  readonly extra: readonly string[];
}

/** Indices that futures of the table `derivatives` are written on. */
const UNDERLYINGS: readonly (string | undefined)[] = ["VN30", "VN100"];

/** Rows that every epoch begins with; what else the engine knows joins by being put. */
export function rowSets({ vn30, futures, extra }: Views, indices: Iterable<string>): TableRows {
  const stocks = [...new Set([...vn30, ...extra])];
  const isOnIndex = (code: string) =>
    UNDERLYINGS.includes(parseFuturesCode(code)?.underlying ?? undefined);
  return {
    "board:vn30": vn30,
    "board:der": futures,
    "board:extra": extra,
    index: [...indices],
    foreign: stocks,
    flow: FLOW_SCOPES,
    volume: [...new Set([...stocks, ...futures])],
    derivatives: futures.filter(isOnIndex),
    // Each joins when it first meets a limit.
    limits: [],
  };
}
