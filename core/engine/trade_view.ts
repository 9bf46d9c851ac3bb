import { priceFromE2 } from "../market/units.ts";
import type { TradeEntry } from "../wire/trade.ts";
import type { RebaseChange, TradeChange } from "./change.ts";

/** A counted trade as an entry of the security's channel of trades. */
export function tradeEntry(trade: TradeChange): TradeEntry {
  const { exchangeMs, priceE2, volume, side, method, totalVolume, late } = trade;
  // Missing volume is the one thing that is no trade, and no change of this kind tells of it.
  if (method === "gap") throw new TypeError("Cannot show a gap as a trade");
  return [exchangeMs, priceFromE2(priceE2), volume, side, method, totalVolume, late ? 1 : 0];
}

/** The entry that says that all trades before it are void. */
export function voidEntry({ exchangeMs, totalVolume }: RebaseChange): TradeEntry {
  return [exchangeMs, null, 0, "none", "void", totalVolume, 0];
}
