import type { Alert } from "../wire/alert.ts";
import type { TradeEntry } from "../wire/trade.ts";

/** The log behind a channel of entries, as the stream serves it. */
export interface ChannelLog {
  /** Number of the first entry that is kept. */
  first(): number;
  /** Number that the next entry will have: how many there have been. */
  next(): number;
  /** Entries from number `base` on, as far as they are kept. */
  from(base: number): {
    readonly from: number;
    readonly entries: readonly Alert[] | readonly TradeEntry[];
  };
}

/** The log of a security that has not traded. */
export const EMPTY_LOG: ChannelLog = {
  first: () => 0,
  next: () => 0,
  from: () => ({ from: 0, entries: [] }),
};
