import type { ServerKind } from "../../support/postgres_server.ts";
import type { BenchStore, Pair } from "./servers.ts";

/** Milliseconds of a round on each server. */
type Samples = Readonly<Record<ServerKind, number[]>>;

/** Medians of both servers, and of the ratio of embedded to Debian within a round. */
export interface Comparison extends Pair<number> {
  readonly ratio: number;
}

/**
 * Times some rounds, each on both servers and every other one in the other order, so that what else
 * the machine does meets both. `warmUps` more go before and do not count.
 */
export async function alternate(
  stores: readonly BenchStore[],
  { rounds, warmUps }: { rounds: number; warmUps: number },
  act: (store: BenchStore, round: number) => Promise<unknown>,
): Promise<Samples> {
  const samples: Samples = { embedded: [], debian: [] };
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const store of round % 2 === 0 ? stores : stores.toReversed()) {
      const startMs = performance.now();
      await act(store, round);
      if (round >= warmUps) samples[store.kind].push(performance.now() - startMs);
    }
  }
  return samples;
}

/** Compares the servers by a figure of each round. */
export function compare(
  samples: Samples,
  figureOf: (ms: number) => number = (ms) => ms,
): Comparison {
  const embedded = samples.embedded.map(figureOf);
  const debian = samples.debian.map(figureOf);
  return {
    embedded: median(embedded),
    debian: median(debian),
    ratio: median(embedded.map((figure, i) => figure / debian[i]!)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
