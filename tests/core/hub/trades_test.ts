import assert from "node:assert/strict";
import { ROWS_MAX } from "../../../core/hub/limits.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus, Replica } from "../../../core/hub/replica.ts";
import { TRADES_PER_TICK_MAX } from "../../../core/hub/trade_feed.ts";
import { type TradeEntry, TRADES_IN_SNAPSHOT, TRADES_KEPT } from "../../../core/wire/trade.ts";
import { cellsOf, liveStatus, ROWS } from "./world.ts";

const entryOf = (total: number): TradeEntry => [1_000, 10.5, 100, "buy", "feed", total, 0];

function pair(): { publisher: Publisher; replica: Replica } {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  publisher.setRows(ROWS, { name: "e1", tradingDate: "2026-08-03" });
  const replica = new Replica(connectingStatus("ssi", 0));
  replica.apply(publisher.tick(1)!);
  return { publisher, replica };
}

/** Adds the entries `from` up to `to` of one security. */
function trade(publisher: Publisher, ticker: string, from: number, to: number): void {
  for (let n = from; n < to; n++) publisher.trade(ticker, entryOf(n));
}

const totalsOf = (replica: Replica, ticker: string) => {
  const { from, entries } = replica.log(`trades:${ticker}`)!.from(0);
  return [from, entries.map((entry) => (entry as TradeEntry)[5])];
};

Deno.test("Trades reach a hub one by one with the tick, each security numbered by itself", () => {
  const { publisher, replica } = pair();
  trade(publisher, "FPT", 0, 2);
  trade(publisher, "ACB", 0, 1);
  const message = publisher.tick(2);
  assert.ok(message?.k === "delta");
  assert.deepEqual(message.trades.map(({ ticker, from }) => [ticker, from]), [
    ["FPT", 0],
    ["ACB", 0],
  ]);
  replica.apply(message);
  trade(publisher, "FPT", 2, 3);
  replica.apply(publisher.tick(3)!);
  assert.equal(publisher.tick(4), null);
  assert.deepEqual(totalsOf(replica, "FPT"), [0, [0, 1, 2]]);
  assert.equal(replica.position("trades:FPT"), 3);
  assert.equal(replica.position("trades:ACB"), 1);
});

Deno.test("A security without a trade has an empty log, one that is not known has none", () => {
  const { replica } = pair();
  assert.equal(replica.position("trades:VNM"), 0);
  assert.deepEqual(replica.log("trades:VNM")!.from(5), { from: 0, entries: [] });
  assert.equal(replica.log("trades:NONE"), null);
  assert.equal(replica.position("trades:NONE"), null);
  assert.equal(replica.position("status"), null);
  assert.equal(new Replica(liveStatus()).position("trades:VNM"), null);
});

Deno.test("A snapshot brings the newest trades under their true numbers, a hub keeps what it has of the epoch", () => {
  const { publisher, replica } = pair();
  const count = TRADES_IN_SNAPSHOT + 50;
  trade(publisher, "FPT", 0, count);
  replica.apply(publisher.tick(2)!);
  trade(publisher, "FPT", count, count + 1);
  // In the middle of a tick, so that the next delta repeats the last entry.
  replica.apply(publisher.snapshot());
  const late = new Replica(liveStatus());
  late.apply(publisher.snapshot());
  const message = publisher.tick(3)!;
  for (const hub of [replica, late]) assert.equal(hub.apply(message), "changed");
  const numbers = Array.from({ length: count + 1 }, (_, n) => n);
  assert.deepEqual(totalsOf(replica, "FPT"), [0, numbers]);
  assert.deepEqual(totalsOf(late, "FPT"), [51, numbers.slice(51)]);
});

Deno.test("A hub keeps the newest trades of a security and no more", () => {
  const { publisher, replica } = pair();
  for (let from = 0; from < TRADES_KEPT + 200; from += 100) {
    trade(publisher, "FPT", from, from + 100);
    replica.apply(publisher.tick(from + 2)!);
  }
  const log = replica.log("trades:FPT")!;
  assert.deepEqual([log.first(), log.next()], [200, TRADES_KEPT + 200]);
});

Deno.test("A new epoch of a day keeps the numbers, a new day begins with 0", () => {
  const { publisher, replica } = pair();
  trade(publisher, "FPT", 0, 3);
  replica.apply(publisher.tick(2)!);
  publisher.setRows(ROWS, { name: "e2", tradingDate: "2026-08-03" });
  replica.apply(publisher.tick(3)!);
  assert.deepEqual(totalsOf(replica, "FPT"), [0, [0, 1, 2]]);
  publisher.beginDay();
  trade(publisher, "FPT", 70, 71);
  publisher.setRows(ROWS, { name: "e3", tradingDate: "2026-08-04" });
  replica.apply(publisher.tick(4)!);
  assert.deepEqual(totalsOf(replica, "FPT"), [0, [70]]);
  trade(publisher, "FPT", 71, 72);
  replica.apply(publisher.tick(5)!);
  assert.deepEqual(totalsOf(replica, "FPT"), [0, [70, 71]]);
});

Deno.test("A trade between a snapshot that was asked for and the epoch's own gives it another seq", () => {
  const { publisher, replica } = pair();
  publisher.setRows(ROWS, { name: "e2", tradingDate: "2026-08-03" });
  replica.apply(publisher.snapshot());
  trade(publisher, "FPT", 0, 1);
  assert.equal(publisher.tick(2)?.k, "snapshot");
  // That message was lost, and this one shows it.
  trade(publisher, "FPT", 1, 2);
  assert.equal(replica.apply(publisher.tick(3)!), "gap");
});

Deno.test("Entries that came before this process did count, and an older position is a gap", () => {
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  publisher.beginDay();
  trade(publisher, "FPT", 40, 42);
  publisher.countTrades("FPT", 42);
  publisher.countTrades("ACB", 7);
  publisher.setRows(ROWS, { name: "e1", tradingDate: "2026-08-03" });
  const replica = new Replica(liveStatus());
  replica.apply(publisher.tick(1)!);
  assert.deepEqual(totalsOf(replica, "FPT"), [40, [40, 41]]);
  assert.deepEqual([replica.log("trades:ACB")!.first(), replica.position("trades:ACB")], [7, 7]);
  trade(publisher, "ACB", 7, 8);
  replica.apply(publisher.tick(2)!);
  assert.deepEqual(totalsOf(replica, "ACB"), [7, [7]]);
});

Deno.test("A tick tells so many trades at most; the rest is counted and shows as a hole", () => {
  const { publisher, replica } = pair();
  trade(publisher, "FPT", 0, TRADES_PER_TICK_MAX + 2);
  replica.apply(publisher.tick(2)!);
  assert.equal(publisher.tradesCut, 2);
  assert.equal(replica.position("trades:FPT"), TRADES_PER_TICK_MAX);
  trade(publisher, "FPT", TRADES_PER_TICK_MAX + 2, TRADES_PER_TICK_MAX + 3);
  replica.apply(publisher.tick(3)!);
  const last = TRADES_PER_TICK_MAX + 2;
  assert.deepEqual(totalsOf(replica, "FPT"), [last, [last]]);
});

Deno.test("Securities beyond the rows of a table have no trades, and that is counted", () => {
  const { publisher } = pair();
  for (let at = 0; at <= ROWS_MAX; at++) publisher.trade(`S${at}`, entryOf(0));
  assert.equal(publisher.tradesCut, 1);
  const message = publisher.tick(2);
  assert.ok(message?.k === "delta");
  assert.equal(message.trades.length, ROWS_MAX);
});

Deno.test("The book of a security is a row of its own, empty again with a new epoch", () => {
  const { publisher, replica } = pair();
  const book = publisher.snapshot().tables.find(({ name }) => name === "book")!;
  assert.deepEqual(book.symbols, ["ACB", "FPT", "VNM", "41I1G8000"]);
  publisher.put("book", "FPT", cellsOf("book", { b1p: 10, a10v: 300 }));
  replica.apply(publisher.tick(2)!);
  const { table, rows, seq } = replica.rows("book:FPT")!;
  assert.deepEqual([rows, seq], [[1], 1]);
  assert.deepEqual(table.deltaSince(0, rows), [0, 1 + 2 ** 39, 10, 300]);
  assert.deepEqual(replica.rows("book:NONE")!.symbols, []);
  publisher.setRows(ROWS, "e2");
  replica.apply(publisher.tick(3)!);
  assert.ok(replica.rows("book:FPT")!.table.row(1).every((cell) => cell === null));
});
