import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { createIngest, type Ingest, ingestFrame } from "../../../core/engine/ingest.ts";
import type { FileJournal } from "../../../core/feed/journal.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { DAY_END, DAY_START } from "../../../core/tasks/journal_place.ts";
import { journalRows } from "../../../core/tasks/journal_rows.ts";
import type { StoreMessage } from "../../../core/tasks/store_messages.ts";
import { StoreOutlet } from "../../../core/tasks/store_outlet.ts";
import { StoreWriter } from "../../../core/tasks/store_writer.ts";
import { boardOnly, DATE, frames } from "../../simulation/market_frames.ts";
import { ModelStore } from "../../support/model_store.ts";
import { clock, MIB, openTestJournal, until, withFolder } from "../feed/support/journals.ts";

const OPTIONS = engineOptions({ classifier: "feed", spikeMinVnd: 0 });
const PLAY = { seed: 7, scenario: "quiet", from: "13:50:00", until: "14:08:00" } as const;
const FRAMES = [...frames({ ...PLAY, wants: boardOnly })];

/** An engine, its journal and the way to a store, one frame at a time. */
class Market {
  readonly ingest: Ingest = createIngest(OPTIONS);
  readonly outlet: StoreOutlet;
  readonly #journal: FileJournal;
  #at = 0;

  constructor(journal: FileJournal, pendingRowsMax = 200_000) {
    this.#journal = journal;
    let ms = 0;
    this.outlet = new StoreOutlet({
      engine: this.ingest.engine,
      place: () => {
        journal.commit();
        return journal.position(DATE);
      },
      nowMs: () => ms += 1_000,
      pendingRowsMax,
    });
  }

  /** Plays up to a share of the day. */
  async play(share: number): Promise<void> {
    for (; this.#at < FRAMES.length * share; this.#at++) {
      const changes = ingestFrame(this.ingest, FRAMES[this.#at]!);
      const { tradingDate } = this.ingest.engine.market;
      if (tradingDate !== null) this.#journal.append(tradingDate, 0, FRAMES[this.#at]!);
      this.outlet.note(changes);
      if (this.#at % 20 > 0) continue;
      this.outlet.flush();
      // As between two frames of a socket: others have their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.outlet.flush();
  }
}

interface Scene {
  readonly dir: string;
  readonly store: ModelStore;
  readonly market: Market;
  /** A writer that a market is attached to from now on. */
  writer(): StoreWriter;
}

async function scene(play: (scene: Scene) => Promise<void>, pendingRowsMax?: number) {
  await withFolder(async (dir) => {
    const journal = await openTestJournal(dir, { segmentBytes: 4 * MIB });
    const store = new ModelStore();
    const market = new Market(journal, pendingRowsMax);
    const writer = () => {
      const log = () => {};
      const deps = { store, journalDir: dir, engine: OPTIONS, filler: null };
      const made = new StoreWriter({ ...deps, ...clock, log });
      made.connect((answer) => market.outlet.settled(answer));
      const postMessage = (message: StoreMessage) => {
        if (message.kind !== "end") made.take(structuredClone(message));
      };
      market.outlet.attach({ postMessage, close: () => {} }, null);
      return made;
    };
    await play({ dir, store, market, writer });
    const expected = new ModelStore();
    const day = { dir, tradingDate: DATE, from: DAY_START, to: DAY_END };
    for await (const batch of journalRows(day, OPTIONS, () => {})) await expected.flush(batch);
    assert.ok(expected.tables.trades.size > 500);
    assert.deepEqual([...store.tables.trades].sort(), [...expected.tables.trades].sort());
    assert.deepEqual([...store.tables.candles].sort(), [...expected.tables.candles].sort());
    assert.deepEqual([...store.tables.foreign].sort(), [...expected.tables.foreign].sort());
    assert.deepEqual([...store.tables.alerts].sort(), [...expected.tables.alerts].sort());
    await journal.close();
  });
}

function pending({ market }: Scene): number {
  return market.outlet.metrics().store_pending_rows!;
}

/** Ends a writer once it has answered for everything, what it reads from the journal included. */
async function ended(all: Scene, writer: StoreWriter): Promise<void> {
  await until("nothing is owed", () => pending(all) === 0);
  await writer.end();
}

Deno.test("Rows of a running market are all in the store, and each is answered for", async () => {
  await scene(async (all) => {
    const writer = all.writer();
    await all.market.play(1);
    await ended(all, writer);
    assert.equal(pending(all), 0);
    assert.equal(writer.metrics().store_catch_ups_total, 0);
  });
});

Deno.test("A store that was away gets what the pending area held, and what spilled from the journal", async () => {
  await scene(async (all) => {
    const { store, market } = all;
    const writer = all.writer();
    await market.play(0.2);
    store.isAway = true;
    await market.play(0.7);
    assert.ok(writer.metrics().store_flush_failures_total! > 0, "the fault fired");
    assert.ok(market.outlet.metrics().store_spilled_rows_total! > 0, "rows spilled");
    assert.ok(pending(all) <= 500);
    store.isAway = false;
    await until("the held rows are written", () => pending(all) === 0);
    await market.play(1);
    // The place alone tells the store what is missing, should no row follow any more.
    for (let told = 0; told < 3; told++) {
      await until("nothing is owed", () => pending(all) === 0);
      market.outlet.flush();
      market.outlet.flush();
    }
    await ended(all, writer);
    assert.ok(writer.metrics().store_reread_rows_total! > 0);
  }, 500);
});

Deno.test("A writer that died is followed by one that reads what was under way from the journal", async () => {
  await scene(async (all) => {
    const first = all.writer();
    await all.market.play(0.3);
    all.store.isAway = true;
    await all.market.play(0.4);
    await first.abort();
    all.store.isAway = false;
    const second = all.writer();
    await all.market.play(1);
    await ended(all, second);
    assert.ok(second.metrics().store_reread_rows_total! > 0);
  });
});

Deno.test("A store that comes to a journal of some time gets all of it, then what is live", async () => {
  await scene(async (all) => {
    await all.market.play(0.5);
    const writer = all.writer();
    await all.market.play(1);
    await ended(all, writer);
    assert.equal(writer.metrics().store_catch_ups_total, 1);
  });
});

Deno.test("A store that comes after the last row is filled up at once, and not by the next day", async () => {
  await scene(async (all) => {
    await all.market.play(1);
    const writer = all.writer();
    await until("it has what there is", () => writer.metrics().store_reread_rows_total! > 0);
    await ended(all, writer);
  });
});

Deno.test("A journal that lost its last moments takes the progress of the store back with it", async () => {
  await scene(async (all) => {
    const first = all.writer();
    await all.market.play(0.5);
    await ended(all, first);
    all.store.places.set(DATE, { segment: 9_999, offset: 0 });
    const second = all.writer();
    await all.market.play(0.6);
    await until("rows are written", () => pending(all) === 0);
    assert.ok(all.store.places.get(DATE)!.segment < 9_999);
    await all.market.play(1);
    await ended(all, second);
  });
});
