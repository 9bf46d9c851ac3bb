import { doneSpans, rememberSpan } from "../../../db/backfill.ts";
import { flushBatch } from "../../../db/flush.ts";
import type { Pool } from "../../../db/pool.ts";
import type { Logger } from "../../log.ts";
import type { BackfillRows, BackfillSpan } from "../../port/backfill.ts";
import { batchesOf } from "./batches.ts";

/** The store of history as a backfill uses it. */
export interface BackfillStore {
  /** Spans that are stored and reach to a date or beyond. */
  doneSpans(since: string): Promise<readonly BackfillSpan[]>;
  /**
   * Stores rows, then that a span is done (null when none is), and tells how many rows the database
   * will never take. What is cut off in between is asked for and stored again, which changes nothing.
   */
  save(rows: BackfillRows, done: BackfillSpan | null): Promise<number>;
}

/** A backfill is in no hurry: a statement may wait for a database that is busy with the board. */
export const STATEMENT_MS = 60_000;

/** The store behind a pool that is set up. */
export function backfillStore(pool: Pool, log: Logger): BackfillStore {
  return {
    doneSpans: (since) => doneSpans(pool, since),
    async save(rows, done) {
      const tally = { stored: 0, refused: 0 };
      for (const batch of batchesOf(rows)) {
        const options = { source: "backfill", deadlineMs: STATEMENT_MS, log } as const;
        const { stored, refused } = await flushBatch(pool, batch, options);
        tally.stored += sumOf(stored);
        tally.refused += sumOf(refused);
      }
      if (done !== null) await rememberSpan(pool, done, tally.stored);
      return tally.refused;
    },
  };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((sum, count) => sum + count, 0);
}
