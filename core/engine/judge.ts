import type { Placement } from "../analytics/auction.ts";
import { type Classifier, classify, type Verdict } from "../analytics/classify.ts";
import type { TradeEvent } from "../market/event.ts";
import type { Phase } from "../market/phase.ts";
import type { Instrument } from "./state.ts";
import type { Reason } from "../wire/trade_label.ts";

/** Where and how a trade came, as far as its side depends on it. */
export interface Circumstances {
  readonly classifier: Classifier;
  readonly placement: Placement;
  readonly phase: Phase;
  readonly late: boolean;
}

/**
 * Status of special trading. Restricted securities are matched by call auctions every 15 minutes
 * under a session code that nobody has published, so the status is what they are known by.
 */
const RESTRICTED = "ST";

/** Judges a trade; what was matched without an aggressor is neutral, whatever its flag says. */
export function judgeTrade(
  instrument: Instrument,
  event: TradeEvent,
  { classifier, placement, phase, late }: Circumstances,
): Verdict {
  if (placement.auction) return AUCTION;
  if (placement.bucket === "plo") return PLO;
  if (placement.bucket !== "continuous") return OUTSIDE[phase] ?? CLOSED;
  if ((event.status ?? instrument.status) === RESTRICTED) return RESTRICTED_AUCTION;
  const verdict = classify(
    {
      priceE2: event.lastE2!,
      exchangeMs: event.exchangeMs,
      feedSide: event.side,
      // The books held are newer than a late trade and say nothing about it, nor do the ticks.
      book: late ? null : instrument.book,
      previousBook: late ? null : instrument.previousBook,
      tickSide: late ? null : instrument.tickSide,
    },
    classifier,
  );
  return late && verdict.method === "none" ? LATE : verdict;
}

function neutral(method: "auction" | "none", reason: Reason): Verdict {
  return { side: "none", method, reason, quoteSide: null };
}

const AUCTION = neutral("auction", "auction");
const RESTRICTED_AUCTION = neutral("auction", "restricted");
const PLO = neutral("none", "plo");
const CLOSED = neutral("none", "closed");
const LATE = neutral("none", "late");
const OUTSIDE: Readonly<Partial<Record<Phase, Verdict>>> = {
  "put-through": neutral("none", "put-through"),
  halted: neutral("none", "halted"),
};
