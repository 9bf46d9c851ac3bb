import assert from "node:assert/strict";
import type { Store, StoreBatch, StoreRows } from "../../../core/port/store.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { NO_ROWS } from "../../../core/tasks/store_rows.ts";
import { StoreWriter } from "../../../core/tasks/store_writer.ts";
import { flushBatch } from "../../../db/flush.ts";
import { migrate } from "../../../db/migrate.ts";
import type { Pool } from "../../../db/pool.ts";
import { readProgress, rewindProgress } from "../../../db/progress.ts";
import { DATE } from "../../db/support/batches.ts";
import { marketDay } from "../../db/support/market_day.ts";
import { testLog, withPool } from "../../db/support/pools.ts";
import { allRows, emptyTables } from "../../db/support/tables.ts";
import { until } from "../../core/feed/support/journals.ts";
import type { TestServer } from "../../support/postgres_server.ts";

const ENGINE = engineOptions({ classifier: "feed", spikeMinVnd: 0 });

/** Batches of a made-up market, in the order of its journal; securities of each part are its own. */
export function batchesOf(draw: () => number, parts: number, rowsMax: number): StoreBatch[] {
  const batches: StoreBatch[] = [];
  for (let part = 0; part < parts; part++) {
    const sent = marketDay(draw).sent.map(([table, row]) =>
      [
        table,
        "symbol" in row ? { ...row, symbol: `${row.symbol}${part}` } : { ...row, code: `I${part}` },
      ] as const
    );
    for (let i = 0; i < sent.length; i += rowsMax) {
      const tables: Record<string, unknown[]> = {};
      for (const [table, row] of sent.slice(i, i + rowsMax)) (tables[table] ??= []).push(row);
      batches.push({
        ...{ tradingDate: DATE, voided: [], from: null },
        rows: { ...NO_ROWS, ...tables as Partial<StoreRows> },
        to: { segment: 1, offset: batches.length + 1 },
      });
    }
  }
  return batches;
}

/** The store of a pool; `before` is called with each try of a batch. */
function storeOf(pool: Pool, deadlineMs: number, before: () => void): Store {
  return {
    async flush(batch) {
      before();
      const { refused } = await flushBatch(pool, batch, {
        ...{ source: "live", deadlineMs, log: testLog() },
      });
      assert.equal(refused.size, 0);
    },
    progress: () => readProgress(pool),
    rewind: (date, place) => rewindProgress(pool, date, place),
    enterMarket: () => Promise.resolve(),
    isRefused: () => false,
  };
}

export interface StoreLoad {
  readonly server: TestServer;
  /** Pool that the writer uses. */
  readonly pool: Pool;
  readonly batches: readonly StoreBatch[];
  readonly deadlineMs: number;
  readonly before?: () => void;
}

/** What the fault may see of the writer. */
export interface Writing {
  /** Gives the writer all batches. */
  readonly feed: () => void;
  /** Batches that are not stored yet. */
  readonly pending: () => number;
  readonly writer: StoreWriter;
}

/**
 * Writes batches with the application's writer while `harm` treats the database badly, then compares
 * the tables with those that the same batches leave when nothing happens.
 */
export async function writeUnder(
  { server, pool, batches, deadlineMs, before = () => {} }: StoreLoad,
  harm: (writing: Writing) => void | Promise<void>,
): Promise<void> {
  await migrate(server.address());
  const journalDir = await Deno.makeTempDir();
  const writer = new StoreWriter({
    ...{ store: storeOf(pool, deadlineMs, before), journalDir, engine: ENGINE },
    filler: null,
    ...{ nowMs: () => performance.now(), log: () => {} },
  });
  let pending = batches.length;
  writer.connect(() => pending--);
  const feed = () => {
    for (const batch of batches) writer.take({ kind: "batch", batch, rows: 1 });
  };
  try {
    await harm({ feed, pending: () => pending, writer });
    await until("everything is stored", () => pending === 0);
  } finally {
    await writer.abort();
    await Deno.remove(journalDir, { recursive: true });
  }
  await withPool(server.address(), {}, async (control) => {
    const rows = await allRows(control);
    assert.deepEqual(await readProgress(control), new Map([[DATE, batches.at(-1)!.to!]]));
    await emptyTables(control);
    const undisturbed = storeOf(control, 10_000, () => {});
    for (const batch of batches) await undisturbed.flush(batch);
    assert.deepEqual(rows, await allRows(control));
  });
}
