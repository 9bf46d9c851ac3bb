import assert from "node:assert/strict";
import { forEachCandle } from "../../../core/analytics/candles.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { createIngest, type Ingest, ingestFrame } from "../../../core/engine/ingest.ts";
import { drawUnit } from "../../../core/exchange/rng.ts";
import { listSegments, segmentPath } from "../../../core/feed/journal_files.ts";
import { readDay } from "../../../core/feed/journal_reader.ts";
import type { JournalPlace, StoreBatch } from "../../../core/port/store.ts";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { DAY_END, DAY_START, isBefore } from "../../../core/tasks/journal_place.ts";
import { journalRows } from "../../../core/tasks/journal_rows.ts";
import { RowCollector } from "../../../core/tasks/row_collector.ts";
import { boardOnly, DATE, frames } from "../../simulation/market_frames.ts";
import { ModelStore } from "../../support/model_store.ts";
import { MIB, openTestJournal } from "../feed/support/journals.ts";

const OPTIONS = engineOptions({ classifier: "feed", spikeMinVnd: 0 });

/** A whole simulated day of the VN30 board in a journal, and what it left in a store live. */
interface LiveDay {
  readonly dir: string;
  readonly ingest: Ingest;
  readonly store: ModelStore;
  readonly batches: readonly StoreBatch[];
}

async function liveDay(dir: string): Promise<LiveDay> {
  const journal = await openTestJournal(dir, { segmentBytes: 8 * MIB });
  const ingest = createIngest(OPTIONS);
  const collector = new RowCollector(ingest.engine);
  const store = new ModelStore();
  const batches: StoreBatch[] = [];
  let from: JournalPlace = DAY_START;
  const play = { seed: 5, scenario: "quiet", from: "13:30:00", until: "15:06:00" } as const;
  for (const frame of frames({ ...play, wants: boardOnly })) {
    const changes = ingestFrame(ingest, frame);
    const { tradingDate } = ingest.engine.market;
    if (tradingDate === null) continue;
    journal.append(tradingDate, 0, frame);
    collector.note(changes);
    // Taken at odd moments: what is stored must not depend on them.
    if (collector.size < 20 + 400 * drawUnit(5, 0, batches.length)) continue;
    journal.commit();
    const to = journal.position(tradingDate)!;
    for (const { rows, voided } of collector.take()) {
      batches.push({ tradingDate, rows, voided, from, to });
      await store.flush(batches.at(-1)!);
    }
    from = to;
  }
  for (const { rows, voided } of collector.take()) {
    await store.flush({ tradingDate: DATE, rows, voided, from, to: null });
  }
  await journal.close();
  return { dir, ingest, store, batches };
}

const folder = await Deno.makeTempDir({ prefix: "rows-" });
const live = await liveDay(folder);
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Makes rows of a part of the journal into a store. */
async function reread(store: ModelStore, from: JournalPlace, to: JournalPlace): Promise<number> {
  let batches = 0;
  for await (
    const batch of journalRows({ dir: live.dir, tradingDate: DATE, from, to }, OPTIONS, fail)
  ) {
    await store.flush(batch);
    batches++;
  }
  return batches;
}

function fail(event: string): void {
  assert.fail(`logged ${event}`);
}

Deno.test("What is stored of a day is what the engine counted: every trade, candle and figure", () => {
  const { market } = live.ingest.engine;
  const { tables } = live.store;
  const volumes = new Map<string, number>();
  for (const { symbol, volume } of tables.trades.values()) {
    volumes.set(symbol, (volumes.get(symbol) ?? 0) + volume);
  }
  let candles = 0;
  let traded = 0;
  for (const { symbol, tape, candles: held, foreign } of market.instruments.values()) {
    assert.equal(volumes.get(symbol) ?? 0, tape.counted, symbol);
    if (tape.counted > 0) traded++;
    forEachCandle(held, (candle) => {
      assert.deepEqual(tables.candles.get(`${DATE} ${symbol} ${candle.minute}`), {
        ...candle,
        symbol,
      });
      candles++;
    });
    if (foreign === null) continue;
    const slots = [...tables.foreign.values()].filter((row) => row.symbol === symbol);
    assert.equal(slots.at(-1)?.buyVolume, foreign.buyVolume, symbol);
    assert.equal(
      tables.dailyPrices.get(`${DATE} ${symbol}`)?.foreignSellValueVnd,
      foreign.sellValueVnd,
    );
  }
  assert.ok(traded >= 30 && candles > 1_000, `${traded} traded, ${candles} candles`);
  assert.equal(tables.candles.size, candles);
  for (const [code, { candles: held }] of market.indices) {
    for (const candle of held) {
      assert.deepEqual(tables.indexCandles.get(`${code} ${candle.minuteMs}`), { ...candle, code });
    }
  }
  assert.ok(tables.basis.size > 1_000);
  const told = Object.values(market.alerts.counts).reduce((sum, n) => sum + n);
  assert.equal(tables.alerts.size, told);
  const session = tables.sessions.get(DATE);
  assert.equal(
    session?.certificate.quality.counted_volume,
    [...volumes.values()].reduce((a, b) => a + b),
  );
});

Deno.test("The journal alone makes the same rows as the live day, from its beginning and from any place", async () => {
  const whole = new ModelStore();
  assert.ok(await reread(whole, DAY_START, DAY_END) > 10);
  assert.deepEqual(whole.tables, live.store.tables);

  for (const share of [0.3, 0.8]) {
    const cut = Math.floor(live.batches.length * share);
    const store = new ModelStore();
    for (const batch of live.batches.slice(0, cut)) await store.flush(batch);
    const from = live.batches[cut]!.from!;
    assert.deepEqual(store.places.get(DATE), from);
    await reread(store, from, DAY_END);
    assert.deepEqual(store.tables, live.store.tables, `from ${share} on`);
  }
});

Deno.test("A part of the journal ends where it is told to", async () => {
  const cut = Math.floor(live.batches.length / 2);
  const { from, to } = live.batches[cut]!;
  const store = new ModelStore();
  await reread(store, from!, to!);
  assert.deepEqual(store.places.get(DATE), to);
  const expected = new ModelStore();
  await expected.flush(live.batches[cut]!);
  assert.deepEqual([...store.tables.trades.keys()], [...expected.tables.trades.keys()]);
  assert.ok(isBefore(from!, to!));
});

Deno.test("A record that is on its way to the disk behind the end of a part is no damage", async () => {
  let end = DAY_START;
  for await (const { position } of readDay(live.dir, DATE, { onDamage: () => fail("damage") })) {
    end = position;
  }
  const path = segmentPath(live.dir, listSegments(live.dir, DATE).at(-1)!);
  const { size } = await Deno.stat(path);
  await Deno.writeFile(path, new Uint8Array(5), { append: true });
  await reread(new ModelStore(), DAY_START, end);
  await assert.rejects(reread(new ModelStore(), DAY_START, DAY_END), /journal_unreadable/);
  await Deno.truncate(path, size);
});

Deno.test("The hash that an archived session is stored with is that of the state it was archived in", () => {
  const ingest = createIngest(OPTIONS);
  const collector = new RowCollector(ingest.engine);
  let atArchive = "";
  const play = { seed: 5, scenario: "quiet", from: "14:50:00", until: "15:06:00" } as const;
  for (const frame of frames({ ...play, wants: boardOnly })) {
    const changes = ingestFrame(ingest, frame);
    collector.note(changes);
    if (changes.some(({ kind }) => kind === "archive")) atArchive = stateHash(ingest.engine);
  }
  const sessions = collector.take().flatMap(({ rows }) => rows.sessions);
  assert.notEqual(atArchive, "");
  assert.deepEqual(sessions.map(({ stateHash }) => stateHash), [atArchive]);
});
