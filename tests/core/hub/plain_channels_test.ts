import assert from "node:assert/strict";
import * as z from "zod";
import type { PlainContract } from "../../../core/hub/plain_channels.ts";
import type { Cell } from "../../../core/wire/board.ts";
import type { RowSetName } from "../../../core/wire/channel.ts";
import { ForeignSummarySchema } from "../../../core/wire/foreign_schema.ts";
import { type FakeLink, liveStatus, ROWS, World } from "./world.ts";

// deno-lint-ignore no-explicit-any -- tests look into it by name
type Message = any;

const CHANNELS: readonly PlainContract[] = ["market", "foreign", "index", "alerts", "stocks/FPT"];

function messages(link: FakeLink): Message[] {
  return link.sent.splice(0).map((text) => JSON.parse(text));
}

/** A market with rows in every table. */
function market(): World {
  const world = new World();
  world.startEpoch({
    ...ROWS,
    index: ["VN30", "VNINDEX", "HNXINDEX"],
    foreign: ["ACB", "FPT", "VNM"],
    volume: ["ACB", "FPT", "VNM", "41I1G8000"],
    flow: ["VN30", "ALL", "HOSE", "HNX", "UPCOM", "sector:banks"],
    derivatives: ["41I1G8000"],
  }, "e1");
  world.put("stock", "FPT", { last: 101_000, ref: 100_000, time: "09:30:01", fBuy: 5 });
  world.put("index", "VN30", { value: 1_900.5, prior: 1_890, up: 20, down: 8, time: "09:30:02" });
  world.put("index", "HNXINDEX", { value: 250 });
  world.tick();
  return world;
}

/** A client of a channel after its welcome, in a quiet moment. */
function listener(world: World, contract: PlainContract): FakeLink {
  const link = world.join(contract);
  world.wait(1_000);
  link.sent.length = 0;
  return link;
}

function change(
  world: World,
  name: RowSetName | "stock",
  symbol: string,
  values: Record<string, Cell>,
): void {
  world.put(name, symbol, values);
  world.tick();
}

const Stamp = {
  as_of: z.iso.datetime({ offset: true }),
  seq: z.int(),
  epoch: z.string(),
  data_status: z.literal("live"),
};
const num = z.number().nullable();
Deno.test("The foreign channel sends the summary of foreign flow and nothing else (F-105)", () => {
  const world = market();
  world.put("foreign", "FPT", { netVol: 900, netVal: 9e7 });
  world.put("foreign", "ACB", { netVol: -300, netVal: -8e6 });
  world.put("flow", "VN30", {
    buyVol: 1_000,
    sellVol: 400,
    netVol: 600,
    buySpeed: 12.5,
    symbols: 2,
  });
  world.put("flow", "ALL", { buyVol: 5_000, symbols: 9 });
  world.tick();
  const [status, summary] = messages(world.join("foreign"));
  assert.equal(status.type, "status");
  ForeignSummarySchema.parse(summary);
  assert.deepEqual([summary.total_buy_volume, summary.buy_speed], [1_000, 12.5]);
  assert.deepEqual(
    [summary.top_buy, summary.top_sell].map((list) => list.map((m: Message) => m.symbol)),
    [["FPT"], ["ACB"]],
  );
  assert.equal(summary.market.ALL.buy_volume, 5_000);
  assert.ok(!("quotes" in summary) && !("indices" in summary));
});

Deno.test("The index channel carries VN30 and VNINDEX only, however many indices the feed sends (F-106, B-39)", () => {
  const world = market();
  const link = world.join("index");
  const [, payload] = messages(link);
  assert.deepEqual(Object.keys(payload.indices), ["VN30", "VNINDEX"]);
  assert.equal(payload.indices.VNINDEX, null);
  const { value, change: moved, advances, declines } = payload.indices.VN30;
  assert.deepEqual([value, moved, advances, declines], [1_900.5, 10.5, 20, 8]);
  world.wait(1_000);
  change(world, "index", "HNXINDEX", { value: 251 });
  assert.deepEqual(messages(link), []);
  change(world, "index", "VNINDEX", { value: 1_700 });
  assert.equal(messages(link)[0].indices.VNINDEX.value, 1_700);
});

Deno.test("The channel of a ticker carries its book, price, foreign flow and volume (F-108)", () => {
  const world = market();
  world.put("volume", "FPT", { contBuy: 70, contSell: 20, contNone: 10 });
  world.put("foreign", "FPT", { buyVol: 9, sellVol: 4, netVol: 5, room: 1_000 });
  world.tick();
  const link = world.join("stocks/FPT");
  const [, payload] = messages(link);
  z.strictObject({
    type: z.literal("stock"),
    ticker: z.literal("FPT"),
    timestamp: z.iso.datetime({ offset: true }),
    data: z.strictObject({
      quote: z.looseObject({ bid_price_1: num }),
      price: z.looseObject({ last: num, change_pct: num }),
      foreign: z.looseObject({ buy_volume: num, net_volume: num, current_room: num }),
      volume: z.looseObject({ mua_chu_dong_volume: num, ban_chu_dong_volume: num }),
    }),
    ...Stamp,
  }).parse(payload);
  assert.equal(payload.timestamp, "2026-08-03T09:30:01.000+07:00");
  assert.deepEqual([payload.data.price.last, payload.data.price.change_pct], [101_000, 1]);
  assert.deepEqual(
    [payload.data.volume.mua_chu_dong_volume, payload.data.foreign.net_volume],
    [70, 5],
  );
  world.wait(1_000);
  change(world, "stock", "ACB", { last: 1 });
  assert.deepEqual(messages(link), []);
  change(world, "volume", "FPT", { contBuy: 80 });
  assert.equal(messages(link)[0].data.volume.mua_chu_dong_volume, 80);
});

Deno.test("An unknown ticker is told so once there is data, and closed with 1008 (F-108)", () => {
  const world = market();
  const link = world.join("stocks/NOPE");
  const [, error] = messages(link);
  assert.deepEqual([error.type, error.code], ["error", "BAD_CHANNEL"]);
  assert.equal(link.closeCode(), 1008);
  assert.equal(world.hub.links, 0);
  const early = new World();
  const waiting = early.join("stocks/NOPE");
  assert.equal(waiting.closeCode(), null);
  early.startEpoch(ROWS, "e1");
  early.tick();
  assert.equal(waiting.closeCode(), 1008);
});

Deno.test("A ticker that is known is not thrown out when a new day has nothing of it yet", () => {
  const world = market();
  change(world, "stock", "HUT", { last: 1 });
  const link = listener(world, "stocks/HUT");
  world.startEpoch(ROWS, "e2", "2026-08-04");
  world.tick();
  assert.deepEqual([messages(link), link.closeCode()], [[], null]);
  world.wait(1_000);
  change(world, "stock", "HUT", { last: 2 });
  assert.equal(messages(link)[0].data.price.last, 2);
});

Deno.test("Every channel has its own listeners and counts (F-116, F-144, F-160)", () => {
  const world = market();
  const links = CHANNELS.map((contract) => world.join(contract));
  const second = world.join("stocks/ACB");
  const metrics = world.hub.metrics();
  const counts = ["market", "foreign", "index", "alerts", "stocks"].map((name) =>
    metrics[`hub_links_${name}`]
  );
  assert.deepEqual(counts, [1, 1, 1, 1, 2]);
  assert.equal(metrics.hub_links_v1, 0);
  world.hub.leave(links[2]!, "index");
  world.hub.leave(second, "stocks/ACB");
  const left = world.hub.metrics();
  assert.deepEqual([left.hub_links_index, left.hub_links_stocks, left.hub_links_market], [0, 1, 1]);
  assert.equal(left.hub_writes_stocks_total, 4);
  assert.equal(left.hub_links_peak, 6);
});

Deno.test("A change reaches the channels that show it and no other (F-031, F-033, B-11)", () => {
  const cases: readonly [RowSetName | "stock", string, Record<string, Cell>, string[]][] = [
    ["stock", "FPT", { last: 9 }, ["market", "stocks/FPT"]],
    ["stock", "ACB", { fBuy: 9 }, ["market"]],
    ["stock", "41I1G8000", { basis: -2 }, ["market"]],
    ["stock", "HUT", { last: 9 }, []],
    ["foreign", "FPT", { netVol: 9 }, ["foreign", "stocks/FPT"]],
    ["flow", "ALL", { buyVol: 9 }, ["foreign"]],
    ["index", "VN30", { value: 9 }, ["market", "index"]],
    ["index", "HNXINDEX", { value: 9 }, ["market"]],
    ["volume", "FPT", { buy: 9 }, ["stocks/FPT"]],
  ];
  for (const [table, symbol, values, wanted] of cases) {
    const world = market();
    const links = CHANNELS.map((contract) => listener(world, contract));
    change(world, table, symbol, values);
    const reached = CHANNELS.filter((_, at) => links[at]!.sent.length > 0);
    assert.deepEqual(reached, wanted, `${table} ${symbol}`);
  }
});

Deno.test("Channels are throttled each on its own (F-136)", () => {
  const world = market();
  const [stocks, index] = [listener(world, "market"), listener(world, "index")];
  change(world, "stock", "FPT", { last: 1 });
  world.wait(300);
  change(world, "index", "VN30", { value: 1 });
  assert.equal(index.sent.length, 1);
  assert.equal(stocks.sent.length, 1);
  world.wait(200);
  assert.deepEqual([stocks.sent.length, index.sent.length], [2, 1]);
});

Deno.test("Nothing is built for a channel without listeners (F-126, F-133, F-139)", () => {
  const world = market();
  const link = listener(world, "index");
  const before = world.hub.metrics().hub_frames_built_total;
  for (let price = 1; price <= 20; price++) {
    change(world, "stock", "FPT", { last: price });
    change(world, "foreign", "FPT", { netVol: price });
    world.wait(600);
  }
  assert.equal(world.hub.metrics().hub_frames_built_total, before);
  assert.deepEqual(messages(link), []);
});

Deno.test("News of the feed reach every channel at once, with its payload (F-022, B-21)", () => {
  const world = market();
  const links = CHANNELS.map((contract) => listener(world, contract));
  world.hub.markStale("worker died", world.nowMs);
  for (const [at, link] of links.entries()) {
    const [status, payload] = messages(link);
    assert.deepEqual([status.type, status.connected, status.state], ["status", false, "stale"]);
    if (CHANNELS[at] !== "alerts") assert.equal(payload.data_status, "stale");
  }
  world.hub.apply({ k: "status", epoch: "e1", status: liveStatus() }, world.nowMs);
  for (const link of links) assert.equal(messages(link)[0].connected, true);
});

Deno.test("Every time of every plain message is ISO 8601 with the offset of Viet Nam (B-15)", () => {
  const world = market();
  world.raise(1);
  const links = CHANNELS.map((contract) => world.join(contract));
  world.tick();
  let seen = 0;
  const look = (value: unknown, key: string): void => {
    if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) look(inner, name);
    } else if (["as_of", "since", "timestamp"].includes(key) && value !== null) {
      seen++;
      assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+07:00$/, key);
    }
  };
  for (const link of links) for (const message of messages(link)) look(message, "");
  assert.ok(seen >= 2 * CHANNELS.length, `${seen} times`);
});

Deno.test("A hub that closes ends every channel as going away and holds nothing of it (F-131, F-115)", () => {
  const world = market();
  const links = CHANNELS.map((contract) => world.join(contract));
  world.hub.closeAll(() => 0);
  assert.deepEqual(links.map((link) => link.closeCode()), CHANNELS.map(() => 1001));
  assert.equal(world.hub.links, 0);
  for (const [at, link] of links.entries()) world.hub.leave(link, CHANNELS[at]!);
  assert.equal(world.hub.links, 0);
});
