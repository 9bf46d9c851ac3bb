import type { VolumeField } from "./analytics.ts";
import type { Row } from "./board.ts";
import { num, rounded } from "./cells.ts";

/** Volume of a part of the day by active side. */
export interface SessionBreakdown {
  /** Active buying and active selling. */
  readonly mua_chu_dong_volume: number;
  readonly ban_chu_dong_volume: number;
  readonly neutral_volume: number;
  readonly total_volume: number;
}

/**
 * Active buying and selling of one security today. The overall volumes and values are those of the
 * opening auction, continuous matching and the closing auction; PLO and what matched in no session
 * of order matching are kept apart. Law: overall + plo + other + missing_volume = day_volume.
 */
export interface SessionStats extends SessionBreakdown {
  readonly symbol: string;
  /** Values in VND. */
  readonly mua_chu_dong_value: number;
  readonly ban_chu_dong_value: number;
  readonly neutral_value: number;
  /** Active buying in per cent of all that has a side; null when nothing has one. */
  readonly buy_pct: number | null;
  readonly ato: SessionBreakdown;
  readonly continuous: SessionBreakdown;
  readonly atc: SessionBreakdown;
  readonly plo: SessionBreakdown;
  readonly other: SessionBreakdown;
  /** Volume known to have traded, without its trades; null before the first message about trading. */
  readonly missing_volume: number | null;
  /** The exchange's own volume of the day. */
  readonly day_volume: number | null;
  /** Bounds of buy_pct, whatever the volume without a known side was. */
  readonly buy_pct_min: number | null;
  readonly buy_pct_max: number | null;
  /** Volume by the method that found its side. */
  readonly methods: {
    readonly feed: number;
    readonly quote: number;
    readonly tick: number;
    readonly auction: number;
    readonly none: number;
  };
  /** Volume on which the exchange's flag and the quote rule both spoke; `rate` is a share of 0–1. */
  readonly agreement: {
    readonly agree_volume: number;
    readonly disagree_volume: number;
    readonly rate: number | null;
  };
}

/** Builds the payload from a row of the table `volume`. */
export function sessionStats(row: Row<VolumeField>): SessionStats {
  // Nothing counted is a volume of 0; only what the exchange has not told is null.
  const sum = (field: VolumeField) => num(row[field]) ?? 0;
  const ato = breakdown(sum("atoBuy"), sum("atoSell"), sum("atoNone"));
  const continuous = breakdown(sum("contBuy"), sum("contSell"), sum("contNone"));
  const atc = breakdown(sum("atcBuy"), sum("atcSell"), sum("atcNone"));
  const overall = breakdown(
    ato.mua_chu_dong_volume + continuous.mua_chu_dong_volume + atc.mua_chu_dong_volume,
    ato.ban_chu_dong_volume + continuous.ban_chu_dong_volume + atc.ban_chu_dong_volume,
    ato.neutral_volume + continuous.neutral_volume + atc.neutral_volume,
  );
  const [buy, sell] = [overall.mua_chu_dong_volume, overall.ban_chu_dong_volume];
  const [agree, disagree] = [sum("agree"), sum("disagree")];
  return {
    symbol: row.symbol,
    ...overall,
    mua_chu_dong_value: sum("buyVal"),
    ban_chu_dong_value: sum("sellVal"),
    neutral_value: sum("noneVal") - sum("ploVal") - sum("otherVal"),
    buy_pct: buy + sell === 0 ? null : Math.round(buy / (buy + sell) * 1e4) / 100,
    ato,
    continuous,
    atc,
    plo: breakdown(sum("ploBuy"), sum("ploSell"), sum("ploNone")),
    other: breakdown(sum("otherBuy"), sum("otherSell"), sum("otherNone")),
    missing_volume: num(row.missing),
    day_volume: num(row.day),
    buy_pct_min: num(row.buyPctMin),
    buy_pct_max: num(row.buyPctMax),
    methods: {
      feed: sum("mFeed"),
      quote: sum("mQuote"),
      tick: sum("mTick"),
      auction: sum("mAuction"),
      none: sum("mNone"),
    },
    agreement: {
      agree_volume: agree,
      disagree_volume: disagree,
      rate: agree + disagree === 0 ? null : rounded(agree / (agree + disagree), 4),
    },
  };
}

/** Hundredths of a per cent in the whole. */
const WHOLE = 10_000;

/**
 * Active buying in per cent of the volume that had an aggressor or may have had one: at least what
 * is known to be active buying, at most all that is not known to be active selling. Verdicts are
 * taken at their word; what is unknown is missing volume and continuous volume without a side.
 */
export function buyPctBounds(
  { buy, sell }: { readonly buy: number; readonly sell: number },
  unknown: number,
): [min: number | null, max: number | null] {
  const whole = buy + sell + unknown;
  if (whole === 0) return [null, null];
  // Rounded outward, in whole numbers: a bound must never cut the truth off.
  const min = floorOf(buy * WHOLE, whole);
  const max = WHOLE - floorOf(sell * WHOLE, whole);
  return [min / 100, max / 100];
}

function floorOf(dividend: number, divisor: number): number {
  return (dividend - dividend % divisor) / divisor;
}

function breakdown(buy: number, sell: number, none: number): SessionBreakdown {
  return {
    mua_chu_dong_volume: buy,
    ban_chu_dong_volume: sell,
    neutral_volume: none,
    total_volume: buy + sell + none,
  };
}
