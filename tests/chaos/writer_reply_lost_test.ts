import assert from "node:assert/strict";
import { drawUnit } from "../../core/exchange/rng.ts";
import type { Store, StoreBatch } from "../../core/port/store.ts";
import type { Pool } from "../../db/pool.ts";
import { openTestJournal, withFolder } from "../core/feed/support/journals.ts";
import { withPool } from "../db/support/pools.ts";
import { boardOnly, DATE } from "../simulation/market_frames.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import { TcpFaultProxy } from "../support/tcp_fault_proxy.ts";
import { PlayedMarket } from "./support/played_market.ts";
import { besides, StoreChain, stored } from "./support/store_chain.ts";
import { assertStored, controlDay } from "./support/stored_day.ts";

/** Share of batches of which a reply gets lost. */
const LOST = 0.3;
/** A loss hits one of the first statements of a batch. */
const STATEMENTS = 4;
/** What PostgreSQL says when an INSERT is committed, which it is before it says so. */
const COMMITTED = "INSERT 0 ";

interface Figures {
  batches: number;
  /** Batches that failed and of which the first trade was stored all the same. */
  alreadyStored: number;
}

/** Loses the way back of some batches; looks at the database beside the line when one has failed. */
function lossy(target: Store, { proxy, pool, seed, figures }: LossyOptions): Store {
  return besides(target, async (batch) => {
    const n = figures.batches++;
    const isLost = drawUnit(seed, 0, n) < LOST;
    let commits = isLost ? 1 + Math.floor(STATEMENTS * drawUnit(seed, 1, n)) : 0;
    proxy.isReplyLost = (chunk) =>
      commits > 0 && new TextDecoder("latin1").decode(chunk).includes(COMMITTED) && --commits === 0;
    try {
      await target.flush(batch);
    } catch (error) {
      if (await isStored(pool, batch)) figures.alreadyStored++;
      throw error;
    }
  });
}

interface LossyOptions {
  readonly proxy: TcpFaultProxy;
  readonly pool: Pool;
  readonly seed: number;
  readonly figures: Figures;
}

async function isStored(pool: Pool, { rows: { trades } }: StoreBatch): Promise<boolean> {
  if (trades.length === 0) return false;
  const { symbol, totalVolume } = trades[0]!;
  const held = await pool.read((sql) =>
    sql`SELECT FROM trades WHERE symbol = ${symbol} AND total_vol = ${totalVolume}`
  );
  return held.length > 0;
}

Deno.test("Replies that are lost after the commit make nothing double and lose nothing (F13)", async () => {
  const seed = Date.now() % 1_000_000;
  const figures = { batches: 0, alreadyStored: 0 };
  const server = await startDebianPostgres({ tcp: true });
  const address = server.address();
  await using proxy = new TcpFaultProxy({ hostname: address.host, port: address.port });
  await withPool(address, {}, async (pool) => {
    await withFolder(async (journalDir) => {
      const journal = await openTestJournal(journalDir);
      const play = { seed, from: "09:14:00", until: "09:20:00", wants: boardOnly };
      const market = new PlayedMarket(journal, play, 200_000);
      const chain = new StoreChain(market.outlet, {
        address: { ...address, host: "127.0.0.1", port: proxy.port },
        journalDir,
        wrap: (target) => lossy(target, { proxy, pool, seed, figures }),
      });
      await market.playTo("09:20:00");
      await stored(chain, DATE, () => {
        market.outlet.flush();
        return journal.position(DATE);
      });
      await chain.close();
      await journal.close();
      const about = `seed ${seed}: ${JSON.stringify({ ...figures, lost: proxy.lost })}`;
      assert.ok(proxy.lost >= 5 && figures.alreadyStored >= 3, about);
      assert.equal(chain.writer.metrics().store_given_up_rows_total, 0);
      await assertStored(address, await controlDay(journalDir, DATE), about);
      console.log(`      ${about}`);
    });
  });
  await server.close();
});
