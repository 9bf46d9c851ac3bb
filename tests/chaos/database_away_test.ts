import assert from "node:assert/strict";
import { CHECKPOINT_BYTES, Checkpoints } from "../../core/feed/checkpoint.ts";
import type { FileJournal } from "../../core/feed/journal.ts";
import { listSegments, segmentPath } from "../../core/feed/journal_files.ts";
import { parseVnTime } from "../../core/market/time.ts";
import { stateTag } from "../../core/tasks/state_tag.ts";
import { MIB, openTestJournal, withFolder } from "../core/feed/support/journals.ts";
import { until } from "../core/sim/support/until.ts";
import { DATE } from "../simulation/market_frames.ts";
import { startDebianPostgres } from "../support/postgres.ts";
import type { TestServer } from "../support/postgres_server.ts";
import { PlayedMarket } from "./support/played_market.ts";
import { StoreChain, stored } from "./support/store_chain.ts";
import { assertStored, type ControlDay, controlDay, STORE_ENGINE } from "./support/stored_day.ts";

/** Few enough to be full after seconds of the market. */
const PENDING_ROWS_MAX = 1_500;
/** How much faster than the market the store must make good what it missed. */
const CATCH_UP_FACTOR = 5;
/** What rows are made of; books are three quarters of a stream and make none. */
const ROWS = ["X-TRADE", "F", "R", "MI"];
const seed = Date.now() % 1_000_000;

interface Scene {
  readonly dir: string;
  readonly server: TestServer;
  readonly journal: FileJournal;
  readonly market: PlayedMarket;
  readonly chain: StoreChain;
}

/** A whole market from 09:14 on, its journal and a server that a test may end. */
async function scene(play: (scene: Scene) => Promise<ControlDay>): Promise<void> {
  const server = await startDebianPostgres();
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 2 * MIB });
    const wants = (channel: string) => ROWS.includes(channel);
    const market = new PlayedMarket(
      journal,
      { seed, from: "09:14:00", until: "09:35:00", wants },
      PENDING_ROWS_MAX,
    );
    const chain = new StoreChain(market.outlet, { address: server.address(), journalDir: dir });
    try {
      const control = await play({ dir, server, journal, market, chain });
      await assertStored(server.address(), control, `seed ${seed}`);
    } finally {
      await chain.close();
      await journal.close();
    }
  });
  await server.close();
}

/** Plays while the database is away; it must spill to the journal and hold no more than it may. */
async function playAway({ server, market, chain }: Scene, to: string): Promise<void> {
  const before = market.frames;
  await server.kill();
  await market.playTo(to);
  const { store_spilled_rows_total: spilled, store_unrecorded_rows_total: unrecorded } = market
    .outlet.metrics();
  assert.ok(market.frames - before > 1_000, "the market went on");
  assert.ok(spilled! > 10 * PENDING_ROWS_MAX, `${spilled} rows spilled, seed ${seed}`);
  assert.equal(unrecorded, 0);
  assert.ok(market.pending <= PENDING_ROWS_MAX);
  assert.ok(chain.writer.metrics().store_flush_failures_total! > 0, "the fault fired");
}

/** Brings the database back; resolves with the time until nothing is missing, ms. */
async function catchUp(all: Scene): Promise<number> {
  await all.server.restart();
  await until(() => all.chain.isReady, "the store is back");
  const startMs = performance.now();
  await settle(all);
  return performance.now() - startMs;
}

/** Waits until all rows up to now are stored; the place alone tells the store what it lacks. */
async function settle({ market, chain, journal }: Scene): Promise<void> {
  await stored(chain, DATE, () => {
    market.outlet.flush();
    return journal.position(DATE)!;
  });
}

function assertFast(tookMs: number, from: string, to: string): void {
  const marketMs = (parseVnTime(to)! - parseVnTime(from)!) * 1_000;
  const factor = marketMs / tookMs;
  console.log(`      caught up ${Math.round(factor)} x as fast as the market (seed ${seed})`);
  assert.ok(factor >= CATCH_UP_FACTOR, `${factor} x, seed ${seed}`);
}

Deno.test("A database that is away for the first 15 minutes gets all of them from the journal (F15)", async () => {
  await scene(async (all) => {
    await playAway(all, "09:29:00");
    assertFast(await catchUp(all), "09:14:00", "09:29:00");
    await all.market.playTo("09:30:00");
    await settle(all);
    return await controlDay(all.dir, DATE);
  });
});

Deno.test("A database that goes away for 15 minutes gets them from a checkpoint and the journal behind it (F15)", async () => {
  await scene(async (all) => {
    const { dir, journal, market } = all;
    await market.playTo("09:16:00");
    await settle(all);
    const checkpoints = new Checkpoints({
      ...{ dir, journal, tag: stateTag(STORE_ENGINE), everyBytes: CHECKPOINT_BYTES },
      nowMs: () => performance.now(),
      log: () => {},
    });
    assert.ok(checkpoints.take(DATE, market.frames, market.ingest));
    await checkpoints.settled();
    const kept = journal.position(DATE)!.segment;
    await market.playTo("09:16:30");
    await settle(all);
    await playAway(all, "09:31:30");
    const control = await controlDay(dir, DATE);
    // Nobody can make the state from the beginning any more: it must come from the checkpoint.
    const gone = listSegments(dir, DATE).filter(({ number }) => number < kept);
    assert.ok(gone.length > 0);
    for (const segment of gone) await Deno.remove(segmentPath(dir, segment));
    assertFast(await catchUp(all), "09:16:30", "09:31:30");
    await settle(all);
    return control;
  });
});
