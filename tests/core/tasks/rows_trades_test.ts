import assert from "node:assert/strict";
import { ingestFrame } from "../../../core/engine/ingest.ts";
import { restoreIngest } from "../../../core/engine/restore.ts";
import { TABLES } from "../../../core/wire/channel.ts";
import { named } from "../../support/named.ts";
import { frame, quoteRecord, tradeRecord } from "../../support/ssi_frames.ts";
import { type Rig, rig } from "./rows_rig.ts";

/** What a hub that asks now is given of the trades of a security. */
const tradesOf = ({ publisher }: Rig, ticker: string) =>
  publisher.snapshot().trades.find((slice) => slice.ticker === ticker);

/** A trade of 100 shares of AAA, so many seconds past ten. */
const hundred = (second: number, TotalVol: number) =>
  tradeRecord({ Time: `10:00:0${second}`, LastVol: 100, TotalVol, TotalVal: TotalVol * 10_000 });

Deno.test("Every counted trade is an entry of its security, and a total taken back is one that voids them", () => {
  const one = rig();
  // The first message of a connection is no trade.
  one.tick(hundred(0, 100), hundred(1, 200));
  one.tick(hundred(2, 400), { ...hundred(1, 300), Side: "SD" });
  one.tick(hundred(3, 350), hundred(4, 350), hundred(5, 350), hundred(6, 350), hundred(7, 450));
  const at = (second: number) => Date.parse(`2026-11-16T10:00:0${second}+07:00`);
  assert.deepEqual(tradesOf(one, "AAA"), {
    ticker: "AAA",
    from: 0,
    entries: [
      [at(1), 10_050, 100, "buy", "feed", 200, 0],
      [at(2), 10_050, 100, "buy", "feed", 400, 0],
      [at(1), 10_050, 100, "sell", "feed", 300, 1],
      [at(6), null, 0, "none", "void", 350, 0],
      [at(7), 10_050, 100, "buy", "feed", 450, 0],
    ],
  });
});

Deno.test("Trades keep their numbers over a new list of members and begin anew with the day", () => {
  const one = rig();
  one.tick(hundred(0, 100), hundred(1, 200));
  one.rows.setUniverse({ vn30: ["AAA"], futures: [], source: "feed" });
  one.tick(hundred(2, 300));
  assert.equal(tradesOf(one, "AAA")!.entries.length, 2);
  const morning = { ...hundred(1, 100), TradingDate: "17/11/2026", Time: "09:10:01" };
  one.tick(morning, { ...morning, TotalVol: 200, Time: "09:10:02" });
  const { from, entries } = tradesOf(one, "AAA")!;
  assert.deepEqual([from, entries.map((entry) => entry[5])], [0, [200]]);
});

Deno.test("After a recovery from a checkpoint trades go on under the numbers of the day", () => {
  const before = rig();
  before.tick(hundred(0, 100), hundred(1, 200), hundred(2, 300), hundred(3, 400));
  const after = rig();
  after.rows.note(restoreIngest(after.ingest, before.ingest));
  // The journal behind the checkpoint, all of it before anything is published.
  after.rows.note(ingestFrame(after.ingest, frame(hundred(4, 500))));
  after.tick(hundred(5, 600));
  const { from, entries } = tradesOf(after, "AAA")!;
  assert.deepEqual([from, entries.map((entry) => entry[5])], [3, [500, 600]]);
  const quiet = rig();
  quiet.rows.note(restoreIngest(quiet.ingest, after.ingest));
  quiet.tick();
  assert.deepEqual(tradesOf(quiet, "AAA"), { ticker: "AAA", from: 5, entries: [] });
});

Deno.test("After a recovery from a checkpoint those who come have the price paths of the whole day (B-33)", () => {
  const before = rig();
  before.tick(hundred(0, 100), hundred(1, 200), { ...hundred(1, 300), Time: "10:05:00" });
  const after = rig();
  after.rows.note(restoreIngest(after.ingest, structuredClone(before.ingest)));
  after.tick({ ...hundred(1, 400), Time: "10:11:00", LastPrice: 10_100 }, {
    ...hundred(1, 500),
    Time: "10:16:00",
  });
  const { from, entries } = after.publisher.snapshot().logs.find(({ name }) => name === "prices")!;
  const at = (time: string) => Date.parse(`2026-11-16T${time}+07:00`);
  assert.deepEqual([from, entries], [0, [
    [at("10:05:00"), ["AAA"], [1_005_000]],
    [at("10:15:00"), ["AAA"], [1_010_000]],
  ]]);
});

Deno.test("A book has all the levels that the feed sends, and is put again only when the feed sends one", () => {
  const one = rig();
  let puts = 0;
  const put = one.publisher.put.bind(one.publisher);
  one.publisher.put = (...args) => {
    if (args[0] === "book") puts++;
    return put(...args);
  };
  const bookOf = () => {
    const { symbols, rows } = one.publisher.snapshot().tables.find(({ name }) => name === "book")!;
    return named(TABLES.book, rows[symbols.indexOf("AAA")]!);
  };
  const levels = Array.from({ length: 10 }, (_, at) => [
    [`BidPrice${at + 1}`, 10_000 - 10 * at],
    [`BidVol${at + 1}`, 100 + at],
    [`AskPrice${at + 1}`, 10_050 + 10 * at],
    [`AskVol${at + 1}`, 200 + at],
  ]).flat();
  one.tick(quoteRecord({ Symbol: "AAA", ...Object.fromEntries(levels) }));
  const { b1p, b10p, b10v, a1p, a10p, a10v, time } = bookOf();
  assert.deepEqual([b1p, b10p, b10v, a1p, a10p, a10v], [10_000, 9_910, 109, 10_050, 10_140, 209]);
  assert.match(String(time), /^\d\d:\d\d:\d\d$/);
  const before = puts;
  one.tick(hundred(0, 100), hundred(1, 200));
  assert.equal(puts, before);
  one.tick(quoteRecord({ Symbol: "AAA", BidPrice1: 10_040, Time: "10:20:00" }));
  assert.equal(puts, before + 1);
  assert.deepEqual([bookOf().b1p, bookOf().b10p, bookOf().time], [10_040, null, "10:20:00"]);
});
