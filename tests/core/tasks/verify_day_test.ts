import assert from "node:assert/strict";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { DAY_END, DAY_START } from "../../../core/tasks/journal_place.ts";
import { journalRows } from "../../../core/tasks/journal_rows.ts";
import { compareDay } from "../../../core/tasks/verify/compare_day.ts";
import { type DayBooks, readBooks } from "../../../core/tasks/verify/day_books.ts";
import { flushBatch } from "../../../db/flush.ts";
import { packDate } from "../../../db/pack.ts";
import { makePartitions } from "../../../db/partitions.ts";
import type { Pool } from "../../../db/pool.ts";
import { testLog, withTables } from "../../db/support/pools.ts";
import { boardOnly, DATE, frames } from "../../simulation/market_frames.ts";
import { databaseTest } from "../../support/postgres.ts";
import { openTestJournal, withFolder } from "../feed/support/journals.ts";

const OPTIONS = engineOptions({ classifier: "feed", spikeMinVnd: 0 });
const PLAY = { seed: 9, scenario: "quiet", from: "14:20:00", until: "15:06:00" } as const;

/** Books of a day in a journal, whose rows are in the database as well. */
async function storedDay(pool: Pool, dir: string): Promise<DayBooks> {
  const journal = await openTestJournal(dir);
  const ingest = createIngest(OPTIONS);
  for (const frame of frames({ ...PLAY, wants: boardOnly })) {
    ingestFrame(ingest, frame);
    const { tradingDate } = ingest.engine.market;
    if (tradingDate !== null) journal.append(tradingDate, 0, frame);
  }
  await journal.close();
  await makePartitions(pool, [DATE]);
  const day = { dir, tradingDate: DATE, from: DAY_START, to: DAY_END };
  const rows = () => journalRows(day, OPTIONS, (event) => assert.fail(event));
  for await (const batch of rows()) {
    await flushBatch(pool, batch, { source: "live", deadlineMs: 10_000, log: testLog() });
  }
  return await readBooks(rows(), () => {});
}

async function differences(pool: Pool, books: DayBooks): Promise<readonly string[]> {
  const read = (work: Parameters<Pool["read"]>[0]) => pool.read(work);
  const store = { read: read as Parameters<typeof compareDay>[2]["read"], onSymbol: () => {} };
  return (await compareDay(books, DATE, store)).differences;
}

databaseTest(
  "A day is right when every trade, candle and the hash are, and what is not is named",
  ({ address }) =>
    withFolder((dir) =>
      withTables(address, async (pool) => {
        const books = await storedDay(pool, dir);
        assert.ok(books.trades.size >= 30 && books.stateHash !== null);
        assert.deepEqual(await differences(pool, books), []);

        await pool.run((sql) =>
          sql`UPDATE trades SET side = 3 - side WHERE side > 0 AND symbol = 'FPT'`
        );
        await pool.run((sql) =>
          sql`DELETE FROM trades WHERE symbol = 'VCB' AND total_vol =
        (SELECT max(total_vol) FROM trades WHERE symbol = 'VCB')`
        );
        await pool.run((sql) => sql`UPDATE candles_1m SET h = h + 5 WHERE symbol = 'HPG'`);
        await pool.run((sql) => sql`UPDATE sessions SET state_hash = 'another'`);
        const found = await differences(pool, books);
        assert.match(found[0]!, /^FPT: \d+ trades of \d+ shares, of which some differ/);
        assert.match(found[1]!, /^HPG: \d+ candles are not those of the journal/);
        assert.match(found[2]!, /^VCB: (\d+) trades of \d+ shares in the journal, \d+ trades/);
        assert.match(found[3]!, /^the state .* by the journal, another in the store/);
        assert.equal(found.length, 4);
      })
    ),
);

databaseTest(
  "A packed day is compared like one of rows",
  ({ address }) =>
    withFolder((dir) =>
      withTables(address, async (pool) => {
        const books = await storedDay(pool, dir);
        await pool.run((sql) => packDate(sql, DATE), 60_000);
        const [plain] = await pool.read((sql) =>
          sql<{ n: number }[]>`SELECT count(*) n FROM trades`
        );
        assert.equal(plain!.n, 0);
        assert.deepEqual(await differences(pool, books), []);
      })
    ),
);
