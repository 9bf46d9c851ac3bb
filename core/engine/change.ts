import type { TradeSide } from "../analytics/classify.ts";
import type { FeedSide } from "../market/event.ts";
import type { Exchange, Phase, SessionCode } from "../market/phase.ts";
import type { Alert } from "../wire/alert.ts";
import type { Bucket, Method, Reason } from "../wire/trade_label.ts";

/** What a step changed, for those who publish and store. */
export type Change =
  | { readonly kind: "instrument"; readonly symbol: string }
  | { readonly kind: "index"; readonly symbol: string }
  /** The foreign flow of a security changed, by a message or because time passed. */
  | { readonly kind: "foreign"; readonly symbol: string }
  /** Time passed for a security that stands at a price limit. */
  | { readonly kind: "limit"; readonly symbol: string }
  | BasisChange
  | { readonly kind: "alert"; readonly alert: Alert }
  /** Index members, listed shares, watched symbols or reference prices changed. */
  | { readonly kind: "reference" }
  /** The session is over and archived; what is held of it stays readable. */
  | { readonly kind: "archive"; readonly tradingDate: string }
  | TradeChange
  | GapChange
  | RebaseChange
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
  readonly reason: Reason;
  /** The exchange's own flag, whatever became of it. */
  readonly feedSide: FeedSide | null;
  /** The session code that it came with, which for an auction's print is the next session's. */
  readonly session: SessionCode | null;
  /** The part of the day that its volume belongs to. */
  readonly phase: Bucket;
  /** True for a trade that arrived after later ones and filled a hole. */
  readonly late: boolean;
}

/** The feed took volume back: every trade and candle of the security's day so far is void. */
export interface RebaseChange {
  readonly kind: "rebase";
  readonly symbol: string;
  readonly tradingDate: string;
  readonly exchangeMs: number;
  /** Cumulative volume of the day from which the tape goes on. */
  readonly totalVolume: number;
}

/** A point of a future's basis, one a second at most. */
export interface BasisChange {
  readonly kind: "basis";
  readonly symbol: string;
  readonly tradingDate: string;
  /** The exchange second that the point is the last one of. */
  readonly exchangeMs: number;
  readonly futuresE2: number;
  readonly spotE2: number;
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
