import assert from "node:assert/strict";
import { derivativeRow } from "../../../../core/engine/derivative_view.ts";
import { FLOW_SCOPES, flowRow, foreignRow } from "../../../../core/engine/foreign_view.ts";
import { indexRow } from "../../../../core/engine/index_view.ts";
import { createIngest, type Ingest, ingestFrame } from "../../../../core/engine/ingest.ts";
import { logFrom } from "../../../../core/engine/logs.ts";
import { boardRow, bookRow } from "../../../../core/engine/views.ts";
import { volumeRow } from "../../../../core/engine/volume_view.ts";
import { spanOf } from "../../../../core/tasks/travel/day_span.ts";
import type { Cell } from "../../../../core/wire/board.ts";
import type { TableName } from "../../../../core/wire/channel.ts";
import { LOG_NAMES } from "../../../../core/wire/log.ts";
import { DATE } from "../../../simulation/market_frames.ts";
import {
  at,
  CARRY,
  FROM,
  instant,
  OPTIONS,
  partTexts,
  record,
  replayOf,
  rowsOf,
  type Snapshot,
  storedIn,
} from "./recorded_part.ts";

const texts = partTexts("14:20:00");
const folder = await Deno.makeTempDir({ prefix: "travel-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await record(folder, texts);

/** The engine as it was live at an instant: what had come when its clock passed it is not in it. */
function engineAt(time: string): Ingest {
  const clock = createIngest(OPTIONS);
  const passing = texts.findIndex((text) => {
    ingestFrame(clock, text);
    return (clock.engine.market.asOfMs ?? 0) > instant(time);
  });
  const ingest = createIngest(OPTIONS);
  for (const text of texts.slice(0, passing)) ingestFrame(ingest, text);
  return ingest;
}

function assertIsLive(shown: Snapshot, time: string): void {
  const { engine } = engineAt(time);
  const { market } = engine;
  const symbols = [...market.instruments.keys()];
  const expected = (name: TableName, keys: readonly string[], row: (key: string) => Cell[]) => {
    const rows = keys.map((key) => [key, row(key)] as const)
      .filter(([, cells]) => cells.some((cell) => cell !== null));
    assert.deepEqual(rowsOf(shown, name), Object.fromEntries(rows), `${name} at ${time}`);
  };
  assert.equal(shown.asOfMs, market.asOfMs);
  assert.equal(shown.tradingDate, DATE);
  expected("stock", symbols, (symbol) => [...boardRow(engine, symbol)]);
  expected("book", symbols, (symbol) => [...bookRow(engine, symbol)]);
  expected("index", [...market.indices.keys()], (id) => [...indexRow(engine, id)]);
  expected("foreign", symbols, (symbol) => [...foreignRow(engine, symbol)]);
  expected("flow", FLOW_SCOPES, (scope) => [...flowRow(engine, scope as "VN30" | "ALL")]);
  expected("volume", symbols, (symbol) => [...volumeRow(engine, symbol)]);
  const futures = symbols.filter((symbol) => market.instruments.get(symbol)!.underlying !== null);
  expected("derivatives", futures, (symbol) => [...derivativeRow(engine, symbol, CARRY)]);
  for (const name of LOG_NAMES) {
    assert.deepEqual(shown.logs.find((log) => log.name === name), logFrom(engine, name, 0));
  }
  for (const { ticker, from, entries } of shown.trades) {
    assert.equal(from + entries.length, market.instruments.get(ticker)!.tradeEntries);
    assert.ok(entries.every(([timeMs]) => timeMs <= instant(time)));
  }
}

Deno.test("An earlier minute is what the live engine had then: every row, log and count, forth and back (N-15)", async () => {
  const replay = replayOf(folder);
  for (const time of ["14:08:00", "14:12:00", "14:13:00", "14:07:00", "14:18:00", "14:06:00"]) {
    assertIsLive(await at(replay, time), time);
  }
  await replay.close();
});

Deno.test("The same minute is the same on every way to it, with the newest trades of each security (N-15)", async () => {
  const [straight, round] = [replayOf(folder), replayOf(folder)];
  const plain = await at(straight, "14:11:00");
  await at(round, "14:18:00");
  await at(round, "14:06:00");
  const back = await at(round, "14:11:00");
  assert.deepEqual(rowsOf(back, "stock"), rowsOf(plain, "stock"));
  const trades = ({ trades }: Snapshot) =>
    Object.fromEntries(trades.map(({ ticker, ...slice }) => [ticker, slice]));
  assert.deepEqual(trades(back), trades(plain));
  assert.ok(plain.trades.some(({ entries }) => entries.length === 30));
  await Promise.all([straight.close(), round.close()]);
});

Deno.test("Before the recording there is an empty market, labelled as a replay (N-15)", async () => {
  const replay = replayOf(folder);
  await at(replay, "14:08:00");
  const before = await at(replay, "13:00:00");
  assert.deepEqual(rowsOf(before, "stock"), {});
  assert.equal(before.asOfMs, null);
  assert.deepEqual([before.status.provider, before.status.replay], ["sim", true]);
  assert.equal(before.status.phases.HOSE, "continuous");
  assertIsLive(await at(replay, "14:08:00"), "14:08:00");
  await replay.close();
});

Deno.test("A day tells the minutes between which it was recorded (N-15)", async () => {
  const span = await spanOf(folder, DATE);
  assert.ok(span !== null);
  // The cache that a connection begins with is of earlier minutes; the market is whole behind it.
  assert.ok(Math.abs(span.firstMs - instant(FROM)) < 10_000, String(span.firstMs));
  assert.ok(Math.abs(span.lastMs - instant("14:20:00")) < 10_000, String(span.lastMs));
  assert.equal(await spanOf(folder, "2026-11-19"), null);
});

Deno.test("A journal that is replaced while it is replayed is not mixed with the one before (N-15)", async () => {
  const dir = await Deno.makeTempDir({ prefix: "travel-" });
  try {
    await record(dir, texts);
    const replay = replayOf(dir);
    await at(replay, "14:08:00");
    await replay.close();
    Deno.removeSync(`${dir}/${DATE}`, { recursive: true });
    await record(dir, texts.slice(0, 200));
    await assert.rejects(
      () => at(replay, "14:10:00"),
      /the journal that it was begun from is gone/,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("A day that its server removes while it is read is not shown as an empty market (N-15)", async () => {
  const dir = await Deno.makeTempDir({ prefix: "travel-" });
  try {
    await record(dir, texts);
    const stored = storedIn(dir);
    const replay = replayOf(dir, stored);
    // Asked for when the first minute of the day has been read, and nothing else of it.
    const { newest } = stored;
    stored.newest = (...asked) => {
      Deno.removeSync(`${dir}/${DATE}`, { recursive: true });
      return newest.apply(stored, asked);
    };
    assert.equal(await replay.at(instant("14:10:00"), "at"), null);
    await replay.close();
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
