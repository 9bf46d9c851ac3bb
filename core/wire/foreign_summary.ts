import { OTHER_SECTOR, VN30_SECTORS } from "../market/vn30.ts";
import {
  flowOut,
  type ForeignInvestorData,
  foreignInvestorData,
  type ScopeFlowOut,
} from "./foreign_out.ts";
import type { Num } from "./cells.ts";
import { type FlowSeries, flowSeries } from "./flow_series.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Which securities a summary is about: the members of VN30, or every one with a foreign flow. */
export type ForeignScope = "vn30" | "all";

/** A sector by the id in the name of its row of the table `flow`. */
interface Sector {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
}

/** The sectors of the dated list, and that of members which it does not know. */
const SECTORS: readonly Sector[] = [
  ...VN30_SECTORS,
  { id: OTHER_SECTOR, vi: "Ngành khác", en: "Other" },
];

/** Securities in each list of top movers. */
export const TOP_MOVERS = 5;

/** Flow of the VN30 members of a sector. */
export interface SectorFlow extends ScopeFlowOut {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string;
}

/** Foreign flow of a scope: totals of the day in shares and VND, speeds in shares per minute. */
export interface ForeignSummary extends Stamp {
  readonly scope: ForeignScope;
  readonly total_buy_volume: Num;
  readonly total_sell_volume: Num;
  readonly total_net_volume: Num;
  readonly total_buy_value: Num;
  readonly total_sell_value: Num;
  readonly total_net_value: Num;
  readonly buy_speed: Num;
  readonly sell_speed: Num;
  readonly buy_acceleration: Num;
  readonly sell_acceleration: Num;
  /** Net buyers by net value, largest first; never in top_sell as well. */
  readonly top_buy: readonly ForeignInvestorData[];
  readonly top_sell: readonly ForeignInvestorData[];
  /** Those that have a flow. */
  readonly sectors: readonly SectorFlow[];
  /** All boards together and each; null for one without a flow. */
  readonly market: Readonly<Record<"ALL" | "HOSE" | "HNX" | "UPCOM", ScopeFlowOut | null>>;
}

/** Body of `/api/market/foreign-detail`. */
export interface ForeignDetail extends Stamp {
  readonly summary: ForeignSummary;
  /** By symbol. */
  readonly stocks: readonly ForeignInvestorData[];
  /** When asked for with `series=1m`. */
  readonly series?: FlowSeries;
}

/** Sums and top movers of a scope. */
export function foreignSummary(view: MarketView, scope: ForeignScope = "vn30"): ForeignSummary {
  return summaryOf(view, scope, foreignStocks(view, scope));
}

/** What is wanted beside the summary and every security of its scope. */
interface ForeignWish {
  /** The day's course of the sums. */
  readonly series?: "1m" | undefined;
  /** Only so many securities: those of which foreigners traded the largest value. */
  readonly top?: number | undefined;
}

/** Summary and securities of a scope. */
export function foreignDetail(
  view: MarketView,
  scope: ForeignScope,
  { series, top }: ForeignWish,
): ForeignDetail {
  const stocks = foreignStocks(view, scope);
  return {
    summary: summaryOf(view, scope, stocks),
    stocks: top === undefined ? stocks : mostTraded(stocks, top),
    ...(series === undefined ? {} : { series: flowSeries(view, rowOf(scope)) }),
    ...stampOf(view),
  };
}

/** The securities of a scope that have a foreign flow, by symbol. */
export function foreignStocks(view: MarketView, scope: ForeignScope): ForeignInvestorData[] {
  const rows = scope === "all"
    ? view.all("foreign")
    : view.rows("board:vn30").flatMap(({ symbol }) => view.one("foreign", symbol) ?? []);
  return rows.map(foreignInvestorData).sort(bySymbolOrder);
}

function mostTraded(stocks: readonly ForeignInvestorData[], count: number): ForeignInvestorData[] {
  const turnover = (stock: ForeignInvestorData) => (stock.buy_value ?? 0) + (stock.sell_value ?? 0);
  return stocks.toSorted((a, b) => turnover(b) - turnover(a)).slice(0, count).sort(bySymbolOrder);
}

/** The first `count` net buyers and net sellers by net value; equal ones by symbol. */
export function topMovers(
  stocks: readonly ForeignInvestorData[],
  count: number,
): { buy: ForeignInvestorData[]; sell: ForeignInvestorData[] } {
  const net = (stock: ForeignInvestorData) => stock.net_value ?? 0;
  const first = (sign: 1 | -1) =>
    stocks
      .filter((stock) => net(stock) * sign > 0)
      .sort((a, b) => (net(b) - net(a)) * sign || bySymbolOrder(a, b))
      .slice(0, count);
  return { buy: first(1), sell: first(-1) };
}

function summaryOf(
  view: MarketView,
  scope: ForeignScope,
  stocks: readonly ForeignInvestorData[],
): ForeignSummary {
  const flow = flowOut(view.one("flow", rowOf(scope)));
  const top = topMovers(stocks, TOP_MOVERS);
  const market = (name: string) => flowOut(view.one("flow", name));
  return {
    scope,
    total_buy_volume: flow?.buy_volume ?? null,
    total_sell_volume: flow?.sell_volume ?? null,
    total_net_volume: flow?.net_volume ?? null,
    total_buy_value: flow?.buy_value ?? null,
    total_sell_value: flow?.sell_value ?? null,
    total_net_value: flow?.net_value ?? null,
    buy_speed: flow?.buy_speed ?? null,
    sell_speed: flow?.sell_speed ?? null,
    buy_acceleration: flow?.buy_acceleration ?? null,
    sell_acceleration: flow?.sell_acceleration ?? null,
    top_buy: top.buy,
    top_sell: top.sell,
    sectors: SECTORS.flatMap((sector) => sectorFlow(view, sector) ?? []),
    market: {
      ALL: market("ALL"),
      HOSE: market("HOSE"),
      HNX: market("HNX"),
      UPCOM: market("UPCOM"),
    },
    ...stampOf(view),
  };
}

function sectorFlow(view: MarketView, { id, vi, en }: Sector): SectorFlow | null {
  const flow = flowOut(view.one("flow", `sector:${id}`));
  return flow === null ? null : { id, name_vi: vi, name_en: en, ...flow };
}

function rowOf(scope: ForeignScope): "VN30" | "ALL" {
  return scope === "vn30" ? "VN30" : "ALL";
}

function bySymbolOrder(a: { readonly symbol: string }, b: { readonly symbol: string }): number {
  return a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0;
}
