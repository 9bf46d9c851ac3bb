import { type Num, percentOf } from "./cells.ts";
import { boardSymbols, type SecurityScope } from "./security_scope.ts";
import { type SessionBreakdown, type SessionStats, sessionStats } from "./session_stats.ts";
import { type MarketView, type Stamp, stampOf } from "./snapshot.ts";

/** Volumes of several securities together. */
export interface VolumeTotals extends SessionBreakdown {
  readonly mua_chu_dong_value: number;
  readonly ban_chu_dong_value: number;
  readonly neutral_value: number;
  readonly buy_pct: Num;
  readonly missing_volume: number;
  readonly day_volume: number;
}

/** Body of `/api/market/volume-stats`: one entry per security that has volumes, in table order. */
export interface VolumeStats extends Stamp {
  readonly stats: readonly SessionStats[];
  /** Shares and contracts of the entries added up. */
  readonly totals: VolumeTotals;
  /** Symbols that were asked for and have no volumes. */
  readonly missing_symbols: readonly string[];
}

/** Volumes of the securities of a scope. */
export function volumeStats(view: MarketView, scope: SecurityScope): VolumeStats {
  const wanted = scope === "all" ? null : scope === "board" ? boardSymbols(view) : scope;
  const rows = wanted === null
    ? view.all("volume")
    : wanted.flatMap((symbol) => view.one("volume", symbol) ?? []);
  const known = new Set(rows.map(({ symbol }) => symbol));
  const stats = rows.map(sessionStats);
  return {
    stats,
    totals: totalsOf(stats),
    missing_symbols: typeof scope === "string" ? [] : scope.filter((symbol) => !known.has(symbol)),
    ...stampOf(view),
  };
}

function totalsOf(stats: readonly SessionStats[]): VolumeTotals {
  type Name = Exclude<keyof VolumeTotals, "buy_pct">;
  const sum = (name: Name) => stats.reduce((total, entry) => total + (entry[name] ?? 0), 0);
  const buy = sum("mua_chu_dong_volume");
  const sell = sum("ban_chu_dong_volume");
  return {
    mua_chu_dong_volume: buy,
    ban_chu_dong_volume: sell,
    neutral_volume: sum("neutral_volume"),
    total_volume: sum("total_volume"),
    mua_chu_dong_value: sum("mua_chu_dong_value"),
    ban_chu_dong_value: sum("ban_chu_dong_value"),
    neutral_value: sum("neutral_value"),
    buy_pct: percentOf(buy, buy + sell),
    missing_volume: sum("missing_volume"),
    day_volume: sum("day_volume"),
  };
}
