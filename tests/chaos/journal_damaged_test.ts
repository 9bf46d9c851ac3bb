import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import { listSegments, segmentPath } from "../../core/feed/journal_files.ts";
import type { JournalPlace } from "../../core/port/store.ts";
import { DAY_START } from "../../core/tasks/journal_place.ts";
import { JOURNAL_UNREADABLE, journalRows } from "../../core/tasks/journal_rows.ts";
import { MIB, openTestJournal, withFolder } from "../core/feed/support/journals.ts";
import { withPool } from "../db/support/pools.ts";
import { rowsOf } from "../db/support/tables.ts";
import { boardOnly, DATE } from "../simulation/market_frames.ts";
import { databaseTest } from "../support/postgres.ts";
import { PlayedMarket } from "./support/played_market.ts";
import { StoreChain, stored } from "./support/store_chain.ts";
import { STORE_ENGINE } from "./support/stored_day.ts";

/** The segment that is damaged; what comes before and after it is whole. */
const DAMAGED = 2;

/** Keys of the trades that a part of the journal makes. */
async function tradesOf(dir: string, from: JournalPlace, to: JournalPlace): Promise<Set<string>> {
  const keys = new Set<string>();
  const log = (event: string) => assert.notEqual(event, JOURNAL_UNREADABLE);
  for await (
    const { rows } of journalRows({ dir, tradingDate: DATE, from, to }, STORE_ENGINE, log)
  ) {
    for (const { symbol, totalVolume } of rows.trades) keys.add(`${symbol} ${totalVolume}`);
  }
  return keys;
}

/** Turns one bit of a segment over, somewhere in its middle half. */
async function damage(dir: string, seed: number): Promise<void> {
  const path = segmentPath(dir, listSegments(dir, DATE).find((s) => s.number === DAMAGED)!);
  const bytes = await Deno.readFile(path);
  const at = Math.floor(bytes.length * (0.25 + drawUnit(seed, 0, 0) / 2));
  bytes[at]! ^= 1 << Math.floor(8 * drawUnit(seed, 0, 1));
  await Deno.writeFile(path, bytes);
}

/** Keys of each security's newest trade. */
function newest({ ingest }: PlayedMarket): Set<string> {
  const { instruments } = ingest.engine.market;
  return new Set([...instruments.values()].map(({ symbol, tape }) => `${symbol} ${tape.head}`));
}

databaseTest(
  "A journal with a turned bit is read around it, told of and counted, and rows of the market follow (F22)",
  async ({ address }) => {
    const seed = Date.now() % 1_000_000;
    await withFolder(async (dir) => {
      const journal = await openTestJournal(dir, { segmentBytes: 2 * MIB });
      const play = { seed, from: "09:14:00", until: "09:20:00", wants: boardOnly };
      const market = new PlayedMarket(journal, play, 200_000);
      await market.playTo("09:16:00");
      await journal.tidy();
      const attached = journal.position(DATE)!;
      assert.ok(attached.segment > DAMAGED);
      const before = await tradesOf(dir, DAY_START, { segment: DAMAGED, offset: 0 });
      const whole = await tradesOf(dir, DAY_START, attached);
      await damage(dir, seed);
      const old = newest(market);

      const chain = new StoreChain(market.outlet, { address, journalDir: dir });
      await market.playTo("09:17:00");
      await stored(chain, DATE, () => {
        market.outlet.flush();
        return journal.position(DATE);
      });
      await chain.close();
      await journal.close();
      assert.equal(chain.events.filter((event) => event === JOURNAL_UNREADABLE).length, 1);
      assert.equal(chain.writer.metrics().store_reread_damages_total, 1);

      const live = newest(market).difference(old);
      assert.ok(live.size > 20, `${live.size} securities traded since`);
      await withPool(address, {}, async (pool) => {
        const held = new Set(
          (await rowsOf(pool, "trades")).map(({ symbol, total_vol }) => `${symbol} ${total_vol}`),
        );
        const lacks = (keys: Set<string>) => [...keys].filter((key) => !held.has(key));
        assert.deepEqual(lacks(before), [], `before the damage, seed ${seed}`);
        assert.ok(lacks(whole).length > 0, `the damage took trades, seed ${seed}`);
        assert.deepEqual(lacks(live), [], `the newest trades, seed ${seed}`);
        console.log(
          `      ${lacks(whole).length} of ${whole.size} trades unreadable (seed ${seed})`,
        );
      });
    });
  },
);
