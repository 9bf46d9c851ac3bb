import type { SimDay } from "../exchange/types.ts";

/** What REST tells of a market. */
export type MarketFacts = Pick<
  SimDay,
  "date" | "instruments" | "indices" | "figures" | "hasFigures"
>;

/** What the hub's cache tells of a market. */
export type MarketCache = Pick<SimDay, "instruments" | "indices" | "latest">;

/** Where a service takes its market from: a simulated one, or a recorded day. */
export interface MarketSource {
  readonly facts: MarketFacts;
  /** What a client is shown of the channels it subscribes to; null while there is nothing to show. */
  readonly cache: MarketCache | null;
  /** Runs until stopped; rejects when the market cannot go on. */
  run(): Promise<void>;
  stop(): void;
}
