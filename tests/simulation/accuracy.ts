import type { Classifier, TradeSide } from "../../core/analytics/classify.ts";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { type Scenario, SCENARIOS, type TruthTrade } from "../../core/exchange/types.ts";
import { boardOnly, frames } from "./market_frames.ts";
import { type Disorder, disordered } from "./world/disorder.ts";
import type { Method } from "../../core/wire/trade_label.ts";

/** Seed and stretch of every measurement, and the securities that the board shows. */
export const SEED = 23;
export const FROM = "08:44:30";
export const UNTIL = "09:20:00";

/** Days that are measured: an ordinary one, one that hardly moves, one that moves a lot. */
export const MEASURED: readonly Scenario[] = SCENARIOS.filter((name) =>
  ["normal", "quiet", "volatile", "sell-off"].includes(name)
);

export const ORDERS = ["in order", "out of order"] as const;
export type Order = typeof ORDERS[number];
export const CLASSIFIERS: readonly Classifier[] = ["feed", "quote"];

export interface Count {
  trades: number;
  volume: number;
}

export type Truth = TruthTrade["aggressor"];
export const TRUTHS: readonly Truth[] = ["buy", "sell", "auction"];
export const VERDICTS: readonly TradeSide[] = ["buy", "sell", "none"];

/** What trades were taken for, against what they were. */
export interface Measurement {
  readonly scenario: Scenario;
  readonly order: Order;
  readonly classifier: Classifier;
  /** By truth and verdict, as `buy sell`. */
  readonly confusion: ReadonlyMap<string, Count>;
  /** By method, and of these the right ones. */
  readonly methods: ReadonlyMap<Method, { readonly all: Count; readonly right: Count }>;
  /** Volume of trades that no message brought. */
  readonly missing: number;
  readonly disorder: Disorder;
  /** Counted trades that never happened. */
  readonly invented: number;
  /** Securities whose counted and missing volume is not what really traded. */
  readonly wrongTotals: readonly string[];
}

/** Measures one day in both orders with both methods. */
export function measure(scenario: Scenario): Measurement[] {
  const truth = new Map<string, TruthTrade>();
  const onTrade = (trade: TruthTrade) =>
    void truth.set(`${trade.symbol}@${trade.totalVolume}`, trade);
  const stretch = { seed: SEED, scenario, from: FROM, until: UNTIL, wants: boardOnly, onTrade };
  const inOrder = [...frames(stretch)];
  const still: Disorder = { lost: 0, twice: 0, late: 0 };
  // The init frame and the snapshot come first on any line.
  const bad = disordered(inOrder, { seed: SEED, first: 2 });
  return CLASSIFIERS.flatMap((classifier) =>
    [
      { scenario, classifier, order: "in order" as const, disorder: still, ...run(inOrder) },
      {
        scenario,
        classifier,
        order: "out of order" as const,
        disorder: bad.disorder,
        ...run(bad.frames),
      },
    ].map(({ count, ...rest }) => ({ ...rest, ...count(classifier, truth) }))
  );
}

/** Reads frames and counts what became of their trades. */
function run(arrived: readonly string[]) {
  const count = (classifier: Classifier, truth: ReadonlyMap<string, TruthTrade>) => {
    const ingest = createIngest({ classifier, symbolsMax: 8_192 });
    const confusion = new Map<string, Count>();
    const methods = new Map<Method, { all: Count; right: Count }>();
    let invented = 0;
    for (const frame of arrived) {
      for (const change of ingestFrame(ingest, frame)) {
        if (change.kind !== "trade") continue;
        const { symbol, totalVolume, volume, side, method } = change;
        const happened = truth.get(`${symbol}@${totalVolume}`);
        if (happened === undefined || happened.volume !== volume) {
          invented++;
          continue;
        }
        const { aggressor } = happened;
        add(confusion, `${aggressor} ${side}`, volume);
        const held = methods.get(method) ??
          { all: { trades: 0, volume: 0 }, right: { trades: 0, volume: 0 } };
        methods.set(method, held);
        const isRight = side === (aggressor === "auction" ? "none" : aggressor);
        for (const part of isRight ? [held.all, held.right] : [held.all]) {
          part.trades++;
          part.volume += volume;
        }
      }
    }
    return { confusion, methods, invented, ...totals(ingest, truth) };
  };
  return { count };
}

function add(counts: Map<string, Count>, key: string, volume: number): void {
  const held = counts.get(key) ?? { trades: 0, volume: 0 };
  counts.set(key, { trades: held.trades + 1, volume: held.volume + volume });
}

/** What traded by the newest message is counted or known to be missing. */
function totals(ingest: Ingest, truth: ReadonlyMap<string, TruthTrade>) {
  let missing = 0;
  const wrongTotals: string[] = [];
  for (const { symbol, tape, totalVolume } of ingest.engine.market.instruments.values()) {
    missing += tape.missing;
    const isTrue = tape.head === 0 || truth.has(`${symbol}@${tape.head}`);
    const isWhole = tape.counted + tape.missing === totalVolume;
    if (!isTrue || !isWhole) wrongTotals.push(symbol);
  }
  return { missing, wrongTotals };
}

/** Share of the volume that traded in continuous matching and got the wrong side, 0 to 1. */
export function wrongShare({ confusion }: Measurement): number {
  const volume = (key: string) => confusion.get(key)?.volume ?? 0;
  const wrong = volume("buy sell") + volume("sell buy");
  const all = TRUTHS.slice(0, 2).flatMap((truth) => VERDICTS.map((side) => `${truth} ${side}`));
  return wrong / all.reduce((sum, key) => sum + volume(key), 0);
}
