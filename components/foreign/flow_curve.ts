import type { FlowSeries } from "../../core/wire/flow_series.ts";
import type { ForeignDetail } from "../../core/wire/foreign_summary.ts";
import type { ForeignInvestorData } from "../../core/wire/foreign_out.ts";

/** Which securities the curve and the tables are about. */
export const FOREIGN_SCOPES = ["vn30", "all"] as const;
export type ForeignScope = typeof FOREIGN_SCOPES[number];

/** Securities in the tables of the whole market. */
export const MARKET_STOCKS = 100;

/** Net buying since the open of one trading date. */
export interface FlowCurve {
  readonly tradingDate: string | null;
  /** The last value of each minute (`2026-11-26T10:42`, VND), oldest first. */
  readonly points: readonly (readonly [minute: string, netVnd: number])[];
}

/** What the page knows by REST. */
export interface ForeignRefresh {
  readonly curve: FlowCurve;
  /** The securities of the whole market; none for VN30, whose rows stream. */
  readonly stocks: readonly ForeignInvestorData[];
}

/** Where the page asks, and the same as a wish to the builder of the answer. */
export function detailUrl(scope: ForeignScope): string {
  return `/api/market/foreign-detail?series=1m&scope=${scope}&top=${MARKET_STOCKS}`;
}

export function refreshOf(
  { stocks, series }: Pick<ForeignDetail, "stocks" | "series">,
  scope: ForeignScope,
): ForeignRefresh {
  return { curve: curveOf(series), stocks: scope === "all" ? stocks : [] };
}

/**
 * The curve as it may be shown: nothing of a date that is over (C-44), and of an earlier minute
 * nothing that came after it.
 */
export function shownCurve(
  curve: FlowCurve,
  { tradingDate, at }: { readonly tradingDate: string | null; readonly at: string | null },
): FlowCurve["points"] {
  if (curve.tradingDate !== tradingDate) return [];
  return at === null ? curve.points : curve.points.filter(([minute]) => minute <= at);
}

function curveOf(series: FlowSeries | undefined): FlowCurve {
  return {
    tradingDate: series?.trading_date ?? null,
    points: (series?.points ?? []).map(({ timestamp, net_value }) => [
      timestamp.slice(0, "2026-11-26T10:42".length),
      net_value,
    ]),
  };
}
