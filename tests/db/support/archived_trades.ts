import fc from "fast-check";
import { vnInstantMs } from "../../../core/market/time.ts";
import type { ArchivedTrade } from "../../../db/archive_codec.ts";
import { BUCKETS, METHODS, REASONS } from "../../../core/wire/trade_label.ts";

const label = {
  side: fc.constantFrom("buy" as const, "sell" as const, "none" as const),
  method: fc.constantFrom(...METHODS),
  reason: fc.constantFrom(...REASONS),
  feedSide: fc.constantFrom("buy" as const, "sell" as const, null),
  phase: fc.constantFrom(...BUCKETS),
  late: fc.boolean(),
};

/** What stands between trades: lots or odd volumes, whole seconds or not, holes, late trades. */
const moves = fc.record({
  afterMs: fc.oneof(
    fc.integer({ min: 0, max: 90 }).map((seconds) => seconds * 1_000),
    fc.integer({ min: -3_600_000, max: 3_600_000 }),
  ),
  volume: fc.oneof(
    fc.integer({ min: 1, max: 5_000 }).map((lots) => lots * 100),
    fc.integer({ min: 1, max: 2 ** 40 }),
  ),
  missing: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 2 ** 40 })),
  priceE2: fc.oneof(
    fc.integer({ min: 1, max: 400 }).map((ticks) => ticks * 5_000),
    fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  ),
  ...label,
});

/** The trades of a symbol and day, as a store gives them. */
export const archivedTrades: fc.Arbitrary<ArchivedTrade[]> = fc
  .tuple(fc.array(moves, { maxLength: 200, size: "max" }), fc.integer({ min: 0, max: 86_399 }))
  .map(([drawn, second]) => {
    let exchangeMs = vnInstantMs("2026-11-20", second);
    let totalVolume = 0;
    return drawn.map(({ afterMs, missing, ...trade }) => {
      exchangeMs += afterMs;
      totalVolume += missing + trade.volume;
      return { ...trade, exchangeMs, totalVolume };
    });
  });

/** One trade, for the tests that need nothing of it. */
export const ONE_TRADE: ArchivedTrade = {
  exchangeMs: vnInstantMs("2026-11-20", 9 * 3_600 + 15 * 60),
  totalVolume: 1_500,
  volume: 500,
  priceE2: 2_505_000,
  side: "buy",
  method: "feed",
  reason: "flag",
  feedSide: "buy",
  phase: "continuous",
  late: false,
};
