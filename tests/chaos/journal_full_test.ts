import assert from "node:assert/strict";
import { openTestJournal } from "../core/feed/support/journals.ts";
import { until } from "../core/sim/support/until.ts";
import { boardOnly, DATE } from "../simulation/market_frames.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import { fillDisk, smallDiskTest } from "../support/small_disk.ts";
import { goesOn, withIngestChain } from "./support/ingest_chain.ts";
import { PlayedMarket } from "./support/played_market.ts";
import { StoreChain, stored } from "./support/store_chain.ts";
import { assertStored, controlDay } from "./support/stored_day.ts";

const DISK_MIB = 64;

smallDiskTest(
  "While the journal's disk is full the board says that nothing is recorded, the database gets its rows, and all goes on by itself (F16)",
  DISK_MIB,
  async (journalDir) => {
    const seed = Date.now() % 1_000_000;
    const server = await startDebianPostgres();
    const options = { address: server.address(), seed, journalDir, speed: 1 } as const;
    await withIngestChain(options, async ({ rig, chain }) => {
      const { journal, messages, run } = rig;
      const storedRows = () => chain.writer.metrics().store_rows_total!;
      await until(() => storedRows() > 0, "the first rows");
      messages.length = 0;
      const filler = fillDisk(journalDir);
      await until(() => !journal.stats().writable, "the journal is full");
      const before = storedRows();
      await goesOn(run.engine, 20);
      await until(() => storedRows() > before + 20, "rows are stored all the same");
      const isTold = (recorded: boolean) => () =>
        messages.some((message) => message.k === "status" && message.status.recorded === recorded);
      await until(isTold(false), "the board says that nothing is recorded");
      assert.ok(!journal.stats().writable);
      messages.length = 0;
      await Deno.remove(filler);
      await until(isTold(true), "the board says that all is recorded");
      await goesOn(run.engine, 20);
      assert.equal(journal.stats().lost, 0, `seed ${seed}`);
      assert.equal(run.store.metrics().store_unrecorded_rows_total, 0);
    });
    await server.close();
  },
);

smallDiskTest(
  "Rows that neither the full journal nor a database that is away could take at the time are stored when both are back (F16)",
  DISK_MIB,
  async (journalDir) => {
    const seed = Date.now() % 1_000_000;
    const server = await startDebianPostgres();
    const journal = await openTestJournal(journalDir);
    const play = { seed, from: "09:14:00", until: "09:20:00", wants: boardOnly };
    const market = new PlayedMarket(journal, play, 1_000);
    const chain = new StoreChain(market.outlet, { address: server.address(), journalDir });
    const settle = () =>
      stored(chain, DATE, () => {
        market.outlet.flush();
        return journal.position(DATE);
      });
    await market.playTo("09:16:00");
    await settle();
    const filler = fillDisk(journalDir);
    await server.kill();
    await market.playTo("09:16:30");
    assert.ok(!journal.stats().writable, "the journal is full");
    assert.ok(market.outlet.metrics().store_unrecorded_rows_total! > 0, "rows found no place");
    await Deno.remove(filler);
    await until(() => journal.stats().writable, "the journal writes again");
    assert.equal(journal.stats().lost, 0);
    await server.restart();
    await until(() => market.pending === 0, "the rows that were held are stored");
    await market.playTo("09:17:00");
    await settle();
    await chain.close();
    await journal.close();
    await assertStored(server.address(), await controlDay(journalDir, DATE), `seed ${seed}`);
    await server.close();
  },
);
