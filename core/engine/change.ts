import type { Bucket } from "../analytics/auction.ts";
import type { Method, TradeSide } from "../analytics/classify.ts";
import type { FeedSide } from "../market/event.ts";
import type { Exchange, Phase } from "../market/phase.ts";

/** What a step changed, for those who publish and store. */
export type Change =
  | { readonly kind: "instrument"; readonly symbol: string }
  | { readonly kind: "index"; readonly symbol: string }
  | TradeChange
  | GapChange
  | { readonly kind: "phase"; readonly exchange: Exchange; readonly phase: Phase }
  /** A new trading day began: everything held of the last one is gone. */
  | { readonly kind: "day"; readonly tradingDate: string };

/** A trade that was counted, with its verdict; (tradingDate, symbol, totalVolume) is its key. */
export interface TradeChange {
  readonly kind: "trade";
  readonly symbol: string;
  readonly exchange: Exchange | null;
  readonly tradingDate: string;
  readonly exchangeMs: number;
  /** Cumulative volume of the day after the trade. */
  readonly totalVolume: number;
  readonly volume: number;
  readonly priceE2: number;
  readonly side: TradeSide;
  readonly method: Method;
  /** The exchange's own flag, whatever became of it. */
  readonly feedSide: FeedSide | null;
  /** The part of the day that its volume belongs to. */
  readonly phase: Bucket;
  /** True for a trade that arrived after later ones and filled a hole. */
  readonly late: boolean;
}

/** Volume that is known to have traded, without its trades. */
export interface GapChange {
  readonly kind: "gap";
  readonly symbol: string;
  readonly tradingDate: string;
  readonly exchangeMs: number;
  readonly fromVolume: number;
  readonly toVolume: number;
  /** Mean price in hundredths that the day's value implies; null when it implies none. */
  readonly meanE2: number | null;
}
