import assert from "node:assert/strict";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { indexRow } from "../../core/engine/index_view.ts";
import type { EngineState } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import { boardRow } from "../../core/engine/views.ts";
import { dressOf, SIM_PROFILES, type SimProfile } from "../../core/exchange/quirks.ts";
import type { SimDay } from "../../core/exchange/types.ts";
import { encodeWire, initFrame, messageFrame } from "../../core/sim/frames.ts";
import { BOARD_FIELDS, type Cell, INDEX_FIELDS } from "../../core/wire/board.ts";
import { everything, smallDayOf } from "../core/exchange/play.ts";
import { parseVnTime } from "../../core/market/time.ts";

const SEED = 7;
const ENGINE = { classifier: "feed", symbolsMax: 8_192 } as const;
const FIELD = Object.fromEntries(BOARD_FIELDS.map((name, i) => [name, i]));
/** Raw words: futures are Active or Normal on the wire and N in the documents. */
const RAW = [FIELD.status!];

/** One engine per profile, all fed the same day in the spelling of theirs. */
const day: SimDay = smallDayOf({ seed: SEED });
const engines = new Map<SimProfile, Ingest>(
  SIM_PROFILES.map((profile) => [profile, createIngest(ENGINE)]),
);
const members = Object.fromEntries(day.indices.map((i) => [i.id.toUpperCase(), i.members]));
for (const ingest of engines.values()) {
  step(ingest.engine, { kind: "reference", members, shares: {} });
  ingestFrame(ingest, initFrame());
}

function feed(until: string): void {
  const untilMs = parseVnTime(until)! * 1000;
  while (!day.done && day.timeOfDayMs < untilMs) {
    const messages = day.step((channel) => channel !== "X" && everything(channel, ""));
    if (messages.length === 0) continue;
    for (const [profile, ingest] of engines) {
      const dress = dressOf(profile, SEED);
      ingestFrame(ingest, messageFrame(1, messages.map((one) => encodeWire(dress(one, false)))));
    }
  }
}

function rows(profile: SimProfile): Map<string, Cell[]> {
  const state = engines.get(profile)!.engine;
  return new Map(day.instruments.map(({ symbol }) => {
    const row = boardRow(state, symbol);
    return [symbol, row.filter((_, i) => !RAW.includes(i))];
  }));
}

/** Cells of an index but for the feed's own counters, which the wild wire leaves at zero. */
function indexCells(engine: EngineState, id: string): Cell[] {
  return indexRow(engine, id.toUpperCase()).filter((_, i) => !/^f[A-Z]/.test(INDEX_FIELDS[i]!));
}

feed("08:50:00");
const morning = rows("wild");
feed("09:40:00");

Deno.test("The board is the same whatever the spelling of the wire (F-016)", () => {
  const expected = rows("clean");
  assert.ok([...expected.values()].filter((row) => row[FIELD.vol!] !== 0).length > 100);
  for (const profile of SIM_PROFILES) {
    const { engine, counters, lastRefusal } = engines.get(profile)!;
    assert.deepEqual([counters.decoded, lastRefusal], [counters.messages, null], profile);
    assert.deepEqual(rows(profile), expected, profile);
    for (const { id } of day.indices) {
      const row = indexCells(engine, id);
      assert.deepEqual(row, indexCells(engines.get("clean")!.engine, id), `${profile} ${id}`);
    }
  }
});

Deno.test("Through the wild wire foreign buying and selling are on the board (B-04)", () => {
  for (const profile of ["wild", "spec"] as const) {
    const { engine } = engines.get(profile)!;
    const { BuyVol, SellVol, CurrentRoom } = day.latest("R", "HPG")!.record;
    const row = boardRow(engine, "HPG");
    assert.ok(Number(BuyVol) > 0 && Number(SellVol) > 0);
    assert.deepEqual([row[FIELD.fBuy!], row[FIELD.fSell!], row[FIELD.room!]], [
      BuyVol,
      SellVol,
      CurrentRoom,
    ]);
  }
});

Deno.test("Through the wild wire nothing has crashed before the first match (B-46)", () => {
  for (const [symbol, row] of morning) {
    const { ref, last, lastVol, high, avg, vol } = FIELD;
    assert.ok(Number(row[ref!]) > 0, symbol);
    assert.deepEqual([last, lastVol, high, avg].map((i) => row[i!]), [null, null, null, null]);
    assert.equal(row[vol!], 0, symbol);
  }
});

Deno.test("Through the wild wire NaN, null and missing fields lose no message (B-47)", () => {
  const { counters, engine } = engines.get("wild")!;
  assert.equal(counters.decoded, counters.messages);
  assert.deepEqual(Object.values(counters.refused).filter((count) => count > 0), []);
  assert.equal(engine.counters.events.trade, engines.get("clean")!.engine.counters.events.trade);
  assert.deepEqual(engine.counters.trades, engines.get("clean")!.engine.counters.trades);
});
