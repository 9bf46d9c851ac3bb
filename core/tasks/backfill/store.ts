import { doneSpans, rememberSpan } from "../../../db/backfill.ts";
import { flushBatch } from "../../../db/flush.ts";
import { Pool } from "../../../db/pool.ts";
import { setUpStore } from "../../../db/set_up.ts";
import type { Config } from "../../config.ts";
import type { Logger } from "../../log.ts";
import { vnDate } from "../../market/time.ts";
import type { BackfillRows, BackfillSpan } from "../../port/backfill.ts";
import { openServer } from "../store_client.ts";
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
const STATEMENT_MS = 60_000;
/** Statements run one after another. */
const CONNECTIONS = 2;

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

/**
 * Opens the store that the application uses, beside it or without it. Throws one Error that says why
 * it cannot, or that the store holds another provider's data.
 */
export async function openStore(
  config: Config,
  log: Logger,
): Promise<{ readonly store: BackfillStore; close(): Promise<void> }> {
  const { provider } = config.feed;
  const { address, close: closeServer } = await openServer(config, log);
  const options = { address, min: 1, max: CONNECTIONS, name: "vnstock backfill", log };
  const pool = new Pool({ ...options, statementTimeoutMs: STATEMENT_MS });
  const close = async () => {
    await pool.close();
    await closeServer();
  };
  try {
    await setUpStore(pool, { address, provider, today: vnDate(Date.now()), log });
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot use the database: ${reason}`, { cause: error });
  }
  return { store: backfillStore(pool, log), close };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((sum, count) => sum + count, 0);
}
