import { vnDate } from "../../core/market/time.ts";
import { TRADE_METHODS, TRADE_SIDES, type TradeEntry } from "../../core/wire/trade.ts";

export type TradeSide = typeof TRADE_SIDES[number];

/** A trade that stands, as pages work with it. */
export interface Trade {
  /** Exchange second, Unix ms. */
  readonly timeMs: number;
  /** VND or points. */
  readonly price: number;
  readonly volume: number;
  readonly side: TradeSide;
  readonly method: typeof TRADE_METHODS[number];
  /** Cumulative volume of the day after it; identifies it within the day. */
  readonly total: number;
  readonly isLate: boolean;
}

/** Trades of a stretch of the log, in the order of arrival, and whether the feed took earlier ones back. */
export interface StandingTrades {
  readonly trades: readonly Trade[];
  readonly isAfterVoid: boolean;
  /** Whether they are all trades of the day that stand; else older ones are not at hand. */
  readonly areAll: boolean;
}

/** The trades that stand: none from before the last time the feed took volume back. */
export function standingTrades(entries: readonly TradeEntry[]): StandingTrades {
  const lastVoid = entries.findLastIndex(([, , , , method]) => method === "void");
  const trades = entries.slice(lastVoid + 1).flatMap(
    ([timeMs, price, volume, side, method, total, late]): Trade[] =>
      price === null ? [] : [{ timeMs, price, volume, side, method, total, isLate: late === 1 }],
  );
  const isAfterVoid = lastVoid >= 0;
  const [first] = trades;
  const isFirstOfDay = first !== undefined && first.total === first.volume;
  return { trades, isAfterVoid, areAll: isAfterVoid || isFirstOfDay };
}

/** Those of a date: a page that stays open over the night may hold the day before a little longer. */
export function tradesOn(date: string, standing: StandingTrades): StandingTrades {
  const last = standing.trades.at(-1);
  if (last === undefined || vnDate(last.timeMs) === date) return standing;
  return { trades: [], isAfterVoid: false, areAll: false };
}

/** Whether trades are missing between those seen up to a total volume and these. */
export function isGapBehind(seenTotal: number, { trades, areAll }: StandingTrades): boolean {
  const first = trades.find(({ isLate }) => !isLate);
  return !areAll && first !== undefined && first.total - first.volume > seenTotal;
}
