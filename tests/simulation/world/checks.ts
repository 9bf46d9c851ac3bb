import assert from "node:assert/strict";
import { sumSides } from "../../../core/analytics/volume.ts";
import type { Change } from "../../../core/engine/change.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { counters } from "../../../core/engine/ingest.ts";
import { boardRow } from "../../../core/engine/views.ts";
import { BOARD_FIELDS, type Cell, INDEX_FIELDS } from "../../../core/wire/board.ts";
import { type SimClient, WATCHED } from "./client.ts";
import type { Faults } from "./faults.ts";
import type { Listed } from "./listing.ts";
import type { Server } from "./server.ts";

const sum = (record: Readonly<Record<string, number>>) =>
  Object.values(record).reduce((total, count) => total + count, 0);

/** I1: what was counted and what is missing make the head, and every volume has a side or none. */
export function checkSums(server: Server): void {
  for (const { symbol, tape, volumes } of server.ingest.engine.market.instruments.values()) {
    const { head, counted, missing } = tape;
    assert.equal(counted + missing, head, `I1: ${symbol} counted ${counted}, missing ${missing}`);
    assert.ok(counted >= 0 && missing >= 0, `I1: ${symbol} is below zero`);
    assert.equal(sumSides(volumes), counted, `I1: ${symbol} sides`);
  }
}

/** I3: every frame and every message is in exactly one counter. */
export function checkCounts(server: Server): void {
  const counts = counters(server.ingest);
  const { frames, messages, unread } = server.tally;
  const { connected, reference: _, clock: __, ...market } = counts.events;
  assert.equal(sum(counts.frames), frames, "I3: frames");
  assert.equal(connected, counts.frames.init, "I3: connections");
  assert.equal(counts.messages, messages, "I3: messages");
  assert.equal(counts.decoded + sum(counts.refused), messages + unread, "I3: refused");
  assert.equal(sum(market), counts.decoded, "I3: events");
  assert.equal(sum(counts.trades), market.trade, "I3: trades");
  const { accepted, duplicates, conflicts, trades } = counts;
  const others = trades.baseline + trades["older-date"] + trades["far-date"] + trades["far-time"] +
    trades["over-limit"] + trades["older-time"] + trades["unused-bar"];
  assert.equal(accepted + duplicates + conflicts + others, market.trade, "I3: verdicts");
}

/** What a hub sends on subscribing is the past: it moves the head and is never a trade (B-44). */
export function checkSnapshot(changes: readonly Change[]): void {
  assert.ok(!changes.some(({ kind }) => kind === "trade"), "B-44: a snapshot became a trade");
}

/** I2: the newest frame again changes nothing. One that begins a connection is no data. */
export function checkRepeat(server: Server): void {
  const text = server.newest;
  if (text === "" || text.includes('"S":1')) return;
  const { engine } = server.ingest;
  const before = stateHash(engine);
  server.takeAgain(text);
  assert.equal(stateHash(engine), before, `I2: ${text.slice(0, 400)}`);
}

/** Faults after which volume may be missing for good. */
const LOSSES = ["disconnect", "crash", "garble", "merge", "unsize", "oversize", "unprice"] as const;

/** After the faults: the books of venue, engine and store agree. */
export function checkBooks(server: Server, listed: readonly Listed[], faults: Faults): void {
  const { instruments } = server.ingest.engine.market;
  assert.equal(server.unwritten, 0, "everything is written");
  for (const s of listed) {
    const tape = instruments.get(s.symbol)?.tape;
    if (tape === undefined) continue;
    // Rows of trades that were taken back stay in the store; nobody says which they are.
    if (tape.rebasedMs === 0) {
      assert.equal(server.store.volumeOf(s.symbol), tape.counted, `I1: ${s.symbol} in the store`);
    }
    if (s.isCorrected) continue;
    assert.equal(tape.head, s.totalVolume, `I1: ${s.symbol} head`);
    assert.ok(!server.store.contradictions.includes(s.symbol), `${s.symbol}: one key, two trades`);
    // Without LastVol a late trade has no range, so it fills no hole either.
    const isWhole = !faults.had(...LOSSES);
    if (isWhole) assert.equal(tape.missing, 0, `I1: ${s.symbol} misses nothing on a clean day`);
  }
  checkRows(server, listed, faults);
}

/** Every row of the store is a trade that the venue made. */
function checkRows(server: Server, listed: readonly Listed[], faults: Faults): void {
  const bySymbol = new Map(listed.map((s) => [s.symbol, s]));
  const isSized = !faults.had("unsize", "oversize");
  for (const { symbol, totalVolume, volume, priceE2 } of server.store.rows()) {
    const s = bySymbol.get(symbol)!;
    if (s.isCorrected || s.isDoubtful) continue;
    const print = s.prints.get(totalVolume);
    assert.equal(priceE2, print?.priceE2, `${symbol} at ${totalVolume}: price`);
    if (isSized) assert.equal(volume, print?.volume, `${symbol} at ${totalVolume}: volume`);
  }
}

/** I5: every client shows what the server has, and the server what the engine has. */
export function checkViews(server: Server, clients: readonly SimClient[]): void {
  const { engine } = server.ingest;
  const view = server.hub.view();
  for (const table of WATCHED) {
    const held = view.rows(table as "index") as readonly Readonly<Record<string, Cell>>[];
    const symbols = held.map((row) => row.symbol as string);
    const fields: readonly string[] = table === "index" ? INDEX_FIELDS : BOARD_FIELDS;
    const rows = JSON.stringify(held.map((row) => fields.map((field) => row[field])));
    if (table !== "index") {
      const fresh = symbols.map((symbol) => boardRow(engine, symbol));
      assert.equal(rows, JSON.stringify(fresh), `I5: ${table} of the server`);
    }
    for (const { tables } of clients) {
      const shown = tables.get(table);
      assert.deepEqual([shown?.epoch, shown?.symbols], [view.epoch, symbols], `I5: ${table}`);
      assert.equal(JSON.stringify(shown!.rows), rows, `I5: ${table} of a client`);
    }
  }
}
