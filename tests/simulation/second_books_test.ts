import assert from "node:assert/strict";
import { PRINT_WINDOW_SECONDS } from "../../core/analytics/auction.ts";
import { sumSides } from "../../core/analytics/volume.ts";
import { boardRow } from "../../core/engine/views.ts";
import { BOARD_FIELDS, type Cell } from "../../core/wire/board.ts";
import { DayLaws } from "./day_laws.ts";
import { PARTS, type SecondBook } from "./second_books.ts";
import { playSecondDay, type SecondDay } from "./second_day.ts";
import { BUCKETS } from "../../core/wire/trade_label.ts";

const SEED = 31;

/** What the second set of books expects; a trade that passes for the opening print moves. */
function expectedVolumes(book: SecondBook, exchange: string) {
  const volumes = structuredClone(book.volumes);
  const opened = OPENING_SECOND.get(exchange) ?? Infinity;
  const { first } = book;
  if (first === null || first.secondOfDay < opened) return { volumes, moved: 0 };
  if (first.secondOfDay >= opened + PRINT_WINDOW_SECONDS) return { volumes, moved: 0 };
  volumes.continuous[first.side] -= first.volume;
  volumes.ato.none += first.volume;
  return { volumes, moved: first.volume };
}

/** When the opening auction of a board prints. */
const OPENING_SECOND = new Map([["HOSE", 9 * 3600 + 15 * 60], ["DER", 9 * 3600]]);

/** One day for all tests of this file: it takes a quarter of a minute. */
let played: (SecondDay & { readonly laws: DayLaws }) | null = null;

function theDay() {
  if (played !== null) return played;
  const laws = new DayLaws();
  return played = { ...playSecondDay(SEED, ({ ingest }) => laws.check(ingest)), laws };
}

function rowOf({ ingest }: SecondDay, symbol: string): Record<string, Cell> {
  const cells = boardRow(ingest.engine, symbol);
  return Object.fromEntries(cells.map((cell, i) => [BOARD_FIELDS[i]!, cell]));
}

const points = (priceE2: number) => priceE2 === 0 ? null : priceE2 / 100;

Deno.test("A whole day keeps its laws in every minute: sums, phases, counts, ranges, running totals (I1, I3, F-043)", () => {
  const { laws, day } = theDay();
  assert.equal(day.done, true);
  assert.ok(laws.minutes > 380, `${laws.minutes} minutes were looked at`);
  assert.ok(laws.rows > 400_000, `${laws.rows} rows were looked at`);
});

Deno.test("Open, high, low, last, volume and value of every security are those of a second computation from what happened", () => {
  const second = theDay();
  for (const { symbol } of second.day.instruments) {
    const { openE2, highE2, lowE2, lastE2, volume, valueVnd } = second.books.get(symbol)!;
    const { open, high, low, last, vol, val, missVol } = rowOf(second, symbol);
    assert.deepEqual(
      [open, high, low, last, vol, val, missVol],
      [...[openE2, highE2, lowE2, lastE2].map(points), volume, valueVnd, 0],
      symbol,
    );
  }
});

Deno.test("Buy, sell and neutral volume of every security in every part of the day are those of a second computation (F-042, F-043)", () => {
  const second = theDay();
  const reached = new Set<string>();
  let [moved, total] = [0, 0];
  for (const { symbol, exchange } of second.day.instruments) {
    const { volumes, tape } = second.ingest.engine.market.instruments.get(symbol)!;
    const book = second.books.get(symbol)!;
    const expected = expectedVolumes(book, exchange);
    moved += expected.moved;
    total += book.volume;
    for (const part of PARTS) {
      const { buy, sell, none } = volumes.buckets[part];
      assert.deepEqual({ buy, sell, none }, expected.volumes[part], `${symbol} ${part}`);
      for (const [side, volume] of Object.entries(book.volumes[part])) {
        if (volume > 0) reached.add(`${part} ${side}`);
      }
    }
    assert.equal(sumSides(volumes.buckets.other), 0, symbol);
    const parts = BUCKETS.reduce((sum, bucket) => sum + sumSides(volumes.buckets[bucket]), 0);
    assert.deepEqual([parts, tape.counted], [book.volume, book.volume], symbol);
  }
  // The feed does not say that an auction found no match, so a trade right after it may pass for one.
  assert.ok(moved / total < 1e-4, `${moved} of ${total} passed for an opening print`);
  for (const wanted of ["ato none", "continuous buy", "continuous sell", "atc none", "plo none"]) {
    assert.ok(reached.has(wanted), wanted);
  }
});

Deno.test("Foreign totals and room of every security are those that the exchange last told", () => {
  const second = theDay();
  let told = 0;
  for (const { symbol } of second.day.instruments) {
    const room = second.day.latest("R", symbol)?.record;
    const { foreign } = second.ingest.engine.market.instruments.get(symbol)!;
    if (room === undefined) {
      assert.equal(foreign, null, symbol);
      continue;
    }
    told++;
    const { buyVolume, sellVolume, buyValueVnd, sellValueVnd, currentRoom } = foreign!;
    assert.deepEqual(
      [buyVolume, sellVolume, buyValueVnd, sellValueVnd, currentRoom],
      [room.BuyVol, room.SellVol, room.BuyVal, room.SellVal, room.CurrentRoom],
      symbol,
    );
  }
  assert.ok(told > 1_000);
});

Deno.test("Every index is its members' prices by listed shares, as the feed says and as the engine holds it", () => {
  const second = theDay();
  const { day, books, ingest } = second;
  const shares = new Map(day.instruments.map((i) => [i.symbol, Math.round(i.listedShares / 1000)]));
  for (const { id, members } of day.indices) {
    let [now, base] = [0, 0];
    for (const symbol of members) {
      const referenceE2 = Math.round(Number(day.latest("X-TRADE", symbol)!.record.RefPrice) * 100);
      now += shares.get(symbol)! * (books.get(symbol)!.lastE2 || referenceE2);
      base += shares.get(symbol)! * referenceE2;
    }
    const { IndexValue, PriorIndexValue } = day.latest("MI", id)!.record as Record<string, number>;
    const valueE2 = Math.round(now / base * Math.round(PriorIndexValue! * 100));
    assert.equal(valueE2, Math.round(IndexValue! * 100), `${id} as the feed says`);
    assert.equal(ingest.engine.market.indices.get(id.toUpperCase())!.event.valueE2, valueE2, id);
  }
});

Deno.test("The basis of every contract at the close is its last price less VN30, both as they happened (F-053)", () => {
  const second = theDay();
  const futures = second.day.instruments.filter(({ kind }) => kind === "future");
  assert.ok(futures.length >= 4);
  const spotE2 = Math.round(Number(second.day.latest("MI", "VN30")!.record.IndexValue) * 100);
  for (const { symbol } of futures) {
    const { lastE2 } = second.books.get(symbol)!;
    const { basis } = rowOf(second, symbol);
    assert.equal(basis, lastE2 === 0 ? null : (lastE2 - spotE2) / 100, symbol);
  }
});
