import type { IndexState } from "./index_value.ts";
import type { Security } from "./security.ts";

/** Mean basis per day left to expiry, hundredths of a point: far contracts trade at a discount. */
const BASIS_E2_PER_DAY = -4;
/** How fast the belief follows the index, and the basis its mean, per step. */
const FOLLOW_PER_STEP = 0.05;
const REVERT_PER_STEP = 0.0006;
const BASIS_DEVIATION_E2 = 8;

/** Mean basis of a future with `days` left to its last trading day. */
export function meanBasisE2(days: number): number {
  return BASIS_E2_PER_DAY * days;
}

/**
 * What the traders of a future believe it to be worth: the index plus a basis that returns to its
 * mean. Before the stocks trade they go by `marketMove`.
 */
export function futureFairE2(
  future: Security,
  index: IndexState,
  isIndexLive: boolean,
  marketMove: number,
  meanE2: number,
  steps: number,
  gauss: number,
): number {
  const indexE2 = isIndexLive
    ? index.valueE2(index.figures.cap)
    : index.terms.priorE2 * (1 + marketMove);
  const pull = Math.min(1, steps * REVERT_PER_STEP);
  // `ownMove` of a future is its basis noise in hundredths of a point.
  future.ownMove += -future.ownMove * pull + gauss * BASIS_DEVIATION_E2 * Math.sqrt(steps);
  const target = indexE2 + meanE2 + future.ownMove;
  const follow = future.isSeeded ? Math.min(1, steps * FOLLOW_PER_STEP) : 1;
  return future.fairE2 + (target - future.fairE2) * follow;
}
