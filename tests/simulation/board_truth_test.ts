import assert from "node:assert/strict";
import { sumSides } from "../../core/analytics/volume.ts";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { indexRow } from "../../core/engine/index_view.ts";
import { step } from "../../core/engine/step.ts";
import { boardRow } from "../../core/engine/views.ts";
import { createDay } from "../../core/exchange/day.ts";
import type { SimChannel, SimDay, TruthTrade } from "../../core/exchange/types.ts";
import { parseVnTime } from "../../core/market/time.ts";
import { BOARD_FIELDS, type Cell, INDEX_FIELDS } from "../../core/wire/board.ts";
import { advance, DATE, listen } from "./market_frames.ts";
import { named } from "../support/named.ts";
import { type Bucket, BUCKETS } from "../../core/wire/trade_label.ts";

/** Everything that the product subscribes to; X and B stay outside and serve as the reference. */
const wants = (channel: SimChannel) => channel !== "X" && channel !== "B";

/** Volume that traded while somebody listened, by symbol and part of the day. */
type Watched = Map<string, Record<Bucket, number>>;

const AUCTION_OF = new Map<number, Bucket>([
  [parseVnTime("09:15:00")!, "ato"],
  [parseVnTime("14:45:00")!, "atc"],
]);

/**
 * Two stretches of one day, each on a connection of its own, with five hours lost in between: the
 * opening and the closing auction, every symbol of every board.
 */
function playDay() {
  const watched: Watched = new Map();
  let isListening = false;
  const onTrade = ({ symbol, volume, aggressor, secondOfDay }: TruthTrade) => {
    if (!isListening) return;
    const held = watched.get(symbol) ?? { ato: 0, continuous: 0, atc: 0, plo: 0, other: 0 };
    // Only auctions and matching at the closing price have no aggressor.
    const bucket = aggressor !== "auction" ? "continuous" : AUCTION_OF.get(secondOfDay) ?? "plo";
    held[bucket] += volume;
    watched.set(symbol, held);
  };
  const day = createDay({ seed: 5, scenario: "sell-off", date: DATE, onTrade });
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  step(ingest.engine, {
    kind: "reference",
    members: Object.fromEntries(day.indices.map(({ id, members }) => [id.toUpperCase(), members])),
    shares: Object.fromEntries(day.instruments.map((one) => [one.symbol, one.listedShares])),
  });
  const hear = (until: string) => {
    isListening = true;
    for (const frame of listen(day, until, wants)) ingestFrame(ingest, frame);
    isListening = false;
  };
  return { day, ingest, watched, hear };
}

function rowOf(ingest: Ingest, symbol: string): Record<string, Cell> {
  return named(BOARD_FIELDS, boardRow(ingest.engine, symbol));
}

/** The wire writes 0 for what is not there. */
const present = (value: unknown) => value === 0 || value === "" ? null : value as Cell;

/** What a board must show of a security, from the combined record and the room of the exchange. */
function expectedRow(day: SimDay, symbol: string): Record<string, Cell> {
  const x = day.latest("X", symbol)!.record as Record<string, number>;
  const room = day.latest("R", symbol)?.record as Record<string, number> | undefined;
  const multiplier = symbol.startsWith("41I1") ? 100_000 : 1;
  const averageE2 = Math.round(x.TotalVal! / multiplier / x.TotalVol! * 100);
  const book: Record<string, Cell> = {};
  for (const level of [1, 2, 3]) {
    for (const [side, word] of [["b", "Bid"], ["a", "Ask"]] as const) {
      book[`${side}${level}p`] = present(x[`${word}Price${level}`]);
      book[`${side}${level}v`] = present(x[`${word}Vol${level}`]);
    }
  }
  return {
    exchange: day.latest("X", symbol)!.record.Exchange as string,
    ref: x.RefPrice!,
    ceil: x.Ceiling!,
    floor: x.Floor!,
    last: present(x.LastPrice),
    lastVol: present(x.LastVol),
    high: present(x.High),
    low: present(x.Low),
    avg: x.TotalVol === 0 ? null : averageE2 / 100,
    vol: x.TotalVol!,
    val: x.TotalVal!,
    ...book,
    fBuy: room?.BuyVol ?? null,
    fSell: room?.SellVol ?? null,
    room: room?.CurrentRoom ?? null,
  };
}

function checkBoard(day: SimDay, ingest: Ingest): void {
  for (const { symbol } of day.instruments) {
    const row = rowOf(ingest, symbol);
    const expected = expectedRow(day, symbol);
    const shown = Object.fromEntries(Object.keys(expected).map((key) => [key, row[key]]));
    assert.deepEqual(shown, expected, symbol);
    const sides = [row.buyVol, row.sellVol, row.neutVol] as number[];
    assert.equal(sides.reduce((sum, volume) => sum + volume, 0), row.vol, symbol);
    const { avg, low, high } = row as Record<string, number | null>;
    if (avg !== null) assert.ok(avg! >= low! && avg! <= high!, `${symbol}: mean ${avg}`);
  }
}

function checkIndices(day: SimDay, ingest: Ingest): void {
  const vn30 = rowOf.bind(null, ingest);
  for (const { id, members } of day.indices) {
    const mi = day.latest("MI", id)!.record as Record<string, number>;
    const cells = indexRow(ingest.engine, id.toUpperCase());
    const row = Object.fromEntries(cells.map((cell, i) => [INDEX_FIELDS[i]!, cell]));
    assert.deepEqual(
      [row.value, row.prior, row.vol, row.val, row.ptVol, row.ptVal],
      [
        mi.IndexValue,
        mi.PriorIndexValue,
        mi.TotalQtty,
        mi.TotalValue,
        mi.TotalQttyPt,
        mi.TotalValuePt,
      ],
      id,
    );
    const isUp = (symbol: string) => vn30(symbol).last! > vn30(symbol).ref!;
    assert.equal(row.up, members.filter(isUp).length, `${id} up`);
    assert.equal(row.members, members.length, id);
    // The simulated market weighs by listed shares alone, so its index is the sum of its parts.
    assert.ok(Math.abs(row.resid as number) <= 0.011, `${id}: residual ${row.resid}`);
  }
  const front = day.instruments.find(({ kind }) => kind === "future")!.symbol;
  const last = rowOf(ingest, front).last as number;
  const value = day.latest("MI", "VN30")!.record.IndexValue as number;
  assert.equal(rowOf(ingest, front).basis, Math.round((last - value) * 100) / 100);
}

/** What was heard is in its part of the day, what was not is missing; nothing else exists. */
function checkVolumes(day: SimDay, ingest: Ingest, watched: Watched): void {
  for (const { symbol } of day.instruments) {
    const { volumes, tape, totalVolume } = ingest.engine.market.instruments.get(symbol)!;
    const heard = watched.get(symbol);
    for (const bucket of BUCKETS) {
      assert.equal(sumSides(volumes.buckets[bucket]), heard?.[bucket] ?? 0, `${symbol} ${bucket}`);
    }
    assert.equal(tape.missing, totalVolume! - sumSides(volumes), symbol);
    for (const bucket of ["ato", "atc", "plo"] as const) {
      const { buy, sell } = volumes.buckets[bucket];
      assert.equal(buy + sell, 0, `${symbol} ${bucket} has no aggressor`);
    }
  }
}

Deno.test("The board of every security and index is what the simulated exchange holds, through auctions, a lost afternoon and the close", () => {
  const { day, ingest, watched, hear } = playDay();
  advance(day, "09:14:00");
  hear("09:16:00");
  checkBoard(day, ingest);
  checkIndices(day, ingest);
  checkVolumes(day, ingest, watched);
  const opened = day.instruments.filter(({ symbol, exchange }) =>
    exchange === "HOSE" && day.latest("X", symbol)!.record.LastPrice !== 0
  );
  assert.ok(opened.length > 300, "the opening auction printed");
  for (const { symbol } of opened) {
    const { open, missVol } = rowOf(ingest, symbol);
    assert.deepEqual([open, missVol], [day.latest("X", symbol)!.record.Open, 0], symbol);
  }

  advance(day, "14:43:30");
  hear("15:06:00");
  assert.equal(day.done, true);
  checkBoard(day, ingest);
  checkIndices(day, ingest);
  checkVolumes(day, ingest, watched);
  const heard = (bucket: Bucket) =>
    [...watched.values()].filter((volumes) => volumes[bucket] > 0).length;
  assert.deepEqual(BUCKETS.map((bucket) => heard(bucket) > 100), [true, true, true, true, false]);
});
