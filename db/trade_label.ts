import type { FeedSide } from "../core/market/event.ts";
import type { TradeRow } from "../core/port/store.ts";
import {
  FEED_SIDE_FLAGS,
  LATE_FLAG,
  METHOD_CODES,
  PHASE_CODES,
  REASON_CODES,
  SIDE_CODES,
} from "./codes.ts";

/** What is known of a trade beside its numbers; a day of a symbol has a few different ones. */
export type TradeLabel = Readonly<
  Pick<TradeRow, "side" | "method" | "reason" | "feedSide" | "phase" | "late">
>;

/** A label in small numbers, as the columns of `trades` hold it. */
export interface LabelCodes {
  readonly side: number;
  readonly method: number;
  readonly reason: number;
  readonly phase: number;
  readonly flags: number;
}

const sideOf = wordOf("side", SIDE_CODES);
const methodOf = wordOf("method", METHOD_CODES);
const reasonOf = wordOf("reason", REASON_CODES);
const phaseOf = wordOf("phase", PHASE_CODES);

/** The numbers of a label. */
export function codesOf(label: TradeLabel): LabelCodes {
  const flagged = label.feedSide === null ? 0 : FEED_SIDE_FLAGS[label.feedSide];
  return {
    side: SIDE_CODES[label.side],
    method: METHOD_CODES[label.method],
    reason: REASON_CODES[label.reason],
    phase: PHASE_CODES[label.phase],
    flags: flagged + (label.late ? LATE_FLAG : 0),
  };
}

/** The label of some numbers; throws on one that stands for nothing. */
export function labelOf({ side, method, reason, phase, flags }: LabelCodes): TradeLabel {
  return {
    side: sideOf(side),
    method: methodOf(method),
    reason: reasonOf(reason),
    feedSide: feedSideOf(flags),
    phase: phaseOf(phase),
    late: (flags & LATE_FLAG) !== 0,
  };
}

function feedSideOf(flags: number): FeedSide | null {
  switch (flags & ~LATE_FLAG) {
    case 0:
      return null;
    case FEED_SIDE_FLAGS.buy:
      return "buy";
    case FEED_SIDE_FLAGS.sell:
      return "sell";
    default:
      throw new Error(`No trade has the flags ${flags}`);
  }
}

function wordOf<Word extends string>(what: string, codes: Readonly<Record<Word, number>>) {
  const words = new Map(Object.entries<number>(codes).map(([word, code]) => [code, word as Word]));
  return (code: number): Word => {
    const word = words.get(code);
    if (word === undefined) throw new Error(`No ${what} has the code ${code}`);
    return word;
  };
}
