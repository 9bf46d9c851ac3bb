import assert from "node:assert/strict";
import { storeHealth } from "../../core/tasks/store_health.ts";
import { DatabaseError } from "../../db/database_error.ts";
import { startEmbedded } from "../../db/embedded/embedded.ts";
import type { Pool } from "../../db/pool.ts";
import { withFolder } from "../core/feed/support/journals.ts";
import { until } from "../core/sim/support/until.ts";
import { testLog, withPool } from "../db/support/pools.ts";
import { until as repeat } from "../support/program.ts";
import { fillDisk, smallDiskTest } from "../support/small_disk.ts";
import { goesOn, withIngestChain } from "./support/ingest_chain.ts";

/** Programs and an empty cluster take 100 of them. */
const DISK_MIB = 160;
/** Trades of the market that must be counted while the database takes none. */
const TRADES_MEANWHILE = 500;

/** Makes the database begin another file of its log. */
async function useUpLog(pool: Pool): Promise<void> {
  try {
    await pool.run((sql) =>
      sql`SELECT pg_logical_emit_message(false, 'chaos', 'full'), pg_switch_wal()`
    );
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  }
}

smallDiskTest(
  "While the database's disk is full the board goes on and the store says why it takes nothing; it resumes by itself (F16)",
  DISK_MIB,
  async (disk) => {
    const seed = Date.now() % 1_000_000;
    const downs: string[] = [];
    const started = await startEmbedded({
      dir: `${disk}/postgres`,
      log: testLog(),
      onDown: (reason) => void downs.push(reason),
      onUp: () => {},
    });
    assert.ok(started.ok);
    const { server } = started;
    await withFolder(async (journalDir) => {
      await withIngestChain({ address: server, seed, journalDir }, async ({ rig, chain }) => {
        const { database, writer } = chain;
        const figures = () => writer.metrics();
        const reason = () => storeHealth(database, writer, null).reason;
        await until(() => figures().store_rows_total! > 0, "the first rows");
        const filler = fillDisk(disk);
        await until(() => /No space left on device/.test(reason() ?? ""), "the store says why");
        await goesOn(rig.run.engine, TRADES_MEANWHILE);
        await resumes(filler);

        // The log of the database itself finds no room: it ends, and cannot be started.
        const full = fillDisk(disk);
        await withPool(server, {}, async (pool) => {
          await repeat("the database ends", async () => {
            await useUpLog(pool);
            return downs.length > 0 || null;
          });
        });
        await until(() => !chain.isReady, "the store is away");
        await goesOn(rig.run.engine, TRADES_MEANWHILE);
        await resumes(full);
        console.log(
          `      seed ${seed}: ${JSON.stringify({ downs, ...database.counters!.failures })}`,
        );

        async function resumes(filler: string): Promise<void> {
          const before = figures().store_rows_total!;
          await Deno.remove(filler);
          await until(() => figures().store_rows_total! > before, "rows are stored again");
          await until(() => reason() === null, "the store has nothing to complain of");
        }
      });
    });
    await server.close();
  },
);
