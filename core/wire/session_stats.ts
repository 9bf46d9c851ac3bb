import type { VolumeField } from "./analytics.ts";
import type { Row } from "./board.ts";
import { type Num, num, percentOf } from "./cells.ts";

/** Volume by its side, shares or contracts. */
export interface SideVolumes {
  readonly mua_chu_dong_volume: number;
  readonly ban_chu_dong_volume: number;
  readonly neutral_volume: number;
  readonly total_volume: number;
}

/**
 * Volumes of one security and day. The overall four are exactly ato + continuous + atc; what was
 * matched after the close or outside every session stands beside them in plo and other.
 */
export interface SessionStats extends SideVolumes {
  readonly symbol: string;
  /** VND, of the whole day. */
  readonly mua_chu_dong_value: Num;
  readonly ban_chu_dong_value: Num;
  readonly neutral_value: Num;
  /** Active buying in per cent of active buying and selling. */
  readonly buy_pct: Num;
  readonly ato: SideVolumes;
  readonly continuous: SideVolumes;
  readonly atc: SideVolumes;
  readonly plo: SideVolumes;
  readonly other: SideVolumes;
  /** Volume known to have traded, without its trades. */
  readonly missing_volume: Num;
  /** The exchange's own cumulative volume. */
  readonly day_volume: Num;
  /** Bounds of buy_pct over what had a side or may have had one. */
  readonly buy_pct_min: Num;
  readonly buy_pct_max: Num;
  /** Volume by what found its side. */
  readonly methods: Readonly<Record<"feed" | "quote" | "tick" | "auction" | "none", Num>>;
  /** Volume on which the feed's flag and the quote rule agree, and disagree. */
  readonly agreement: { readonly agree: Num; readonly disagree: Num };
}

/** The statistics of a row of the table `volume`. */
export function sessionStats(row: Row<VolumeField>): SessionStats {
  const ato = sides(row.atoBuy, row.atoSell, row.atoNone);
  const continuous = sides(row.contBuy, row.contSell, row.contNone);
  const atc = sides(row.atcBuy, row.atcSell, row.atcNone);
  const overall = sumOfSides([ato, continuous, atc]);
  return {
    symbol: row.symbol,
    ...overall,
    mua_chu_dong_value: num(row.buyVal),
    ban_chu_dong_value: num(row.sellVal),
    neutral_value: num(row.noneVal),
    buy_pct: buyPct(overall),
    ato,
    continuous,
    atc,
    plo: sides(row.ploBuy, row.ploSell, row.ploNone),
    other: sides(row.otherBuy, row.otherSell, row.otherNone),
    missing_volume: num(row.missing),
    day_volume: num(row.day),
    buy_pct_min: num(row.buyPctMin),
    buy_pct_max: num(row.buyPctMax),
    methods: {
      feed: num(row.mFeed),
      quote: num(row.mQuote),
      tick: num(row.mTick),
      auction: num(row.mAuction),
      none: num(row.mNone),
    },
    agreement: { agree: num(row.agree), disagree: num(row.disagree) },
  };
}

function sumOfSides(parts: readonly SideVolumes[]): SideVolumes {
  const sum = (name: keyof SideVolumes) => parts.reduce((total, part) => total + part[name], 0);
  return {
    mua_chu_dong_volume: sum("mua_chu_dong_volume"),
    ban_chu_dong_volume: sum("ban_chu_dong_volume"),
    neutral_volume: sum("neutral_volume"),
    total_volume: sum("total_volume"),
  };
}

function buyPct({ mua_chu_dong_volume: buy, ban_chu_dong_volume: sell }: SideVolumes): Num {
  return percentOf(buy, buy + sell);
}

function sides(buy: unknown, sell: unknown, none: unknown): SideVolumes {
  const count = (cell: unknown) => typeof cell === "number" ? cell : 0;
  return {
    mua_chu_dong_volume: count(buy),
    ban_chu_dong_volume: count(sell),
    neutral_volume: count(none),
    total_volume: count(buy) + count(sell) + count(none),
  };
}
