import assert from "node:assert/strict";
import type { Fetch } from "../../../core/feed/http.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";
import { listedVn30Futures } from "../../../core/market/futures.ts";
import { vnDate } from "../../../core/market/time.ts";
import { FakeSsi } from "./support/fake_ssi.ts";
import { FAST, startTestFeed, stateOf } from "./support/feeds.ts";
import { frameOf, until } from "./support/journals.ts";

Deno.test("feed - loads the members, connects, subscribes once and hands on every frame (F-015)", async () => {
  await using ssi = new FakeSsi();
  const feed = startTestFeed(ssi);
  await until("the feed is live", () => stateOf(feed) === "live");
  assert.deepEqual(feed.universes[0]?.vn30, ["FPT", "HPG", "VCB"]);
  assert.equal(feed.universes[0]?.source, "feed");
  assert.deepEqual(ssi.connections.map((c) => c.channels), [["F:ALL,X-TRADE:ALL,MI:ALL"]]);
  assert.equal(ssi.connections[0]?.cookie, "affinity=node-7");
  for (const call of ["negotiate", "connect", "start", "indexcomponents"]) {
    assert.equal(ssi.authorizations[call], `Bearer ${ssi.token}`, call);
  }
  for (let n = 1; n <= 500; n++) ssi.send(frameOf(n));
  await until("all frames are there", () => feed.frames.includes(frameOf(500)));
  assert.deepEqual(feed.frames.slice(-501), [...Array(501).keys()].map(frameOf));
  assert.match(feed.frames[0] ?? "", /"S":1/);
  await feed.handle.stop();
  assert.equal(ssi.calls.abort, 1);
  assert.equal(ssi.calls.accesstoken, 1);
  assert.deepEqual(feed.states.map((s) => s.state), ["connecting", "connecting", "live"]);
});

Deno.test("feed - takes the futures that SSI lists, and says when the rule expected others (F-017)", async () => {
  await using ssi = new FakeSsi();
  const expected = listedVn30Futures(vnDate(Date.now())).map((contract) => contract.code);
  ssi.futures = [...expected.slice(1), "41I2GC000", "VN30F1M"];
  const feed = startTestFeed(ssi);
  await until("the listing was read", () => feed.universes.length === 2);
  assert.deepEqual(feed.universes.map((u) => u.futures), [expected, expected.slice(1)]);
  assert.ok(feed.logs.some((line) => line.startsWith("futures_differed")));
  await feed.handle.stop();
});

Deno.test("feed - takes the futures of the setting and asks nobody (F-017)", async () => {
  await using ssi = new FakeSsi();
  const feed = startTestFeed(ssi, { futuresOverride: ["VN30F2612"] });
  await until("the feed is live", () => stateOf(feed) === "live");
  assert.deepEqual(feed.universes.map((u) => u.futures), [["VN30F2612"]]);
  assert.equal(ssi.calls.securities, undefined);
  await feed.handle.stop();
});

Deno.test("feed - without members connects all the same on the dated list, and loads them later (B-30)", async () => {
  await using ssi = new FakeSsi();
  ssi.scripts.indexcomponents = () =>
    Response.json({ data: null, message: "No data", status: "Success" });
  const feed = startTestFeed(ssi);
  await until("the feed is live", () => stateOf(feed) === "live");
  assert.equal(feed.universes[0]?.source, "static");
  assert.deepEqual(feed.universes[0]?.vn30, VN30_SEED);
  delete ssi.scripts.indexcomponents;
  await until("the members are loaded", () => feed.universes.at(-1)?.source === "feed");
  await feed.handle.stop();
});

Deno.test("feed - does not wait long for members that do not come", async () => {
  await using ssi = new FakeSsi();
  let answer: (response: Response) => void = () => {};
  const late = new Promise<Response>((resolve) => answer = resolve);
  const held: Fetch = (url, init) => url.includes("IndexComponents") ? late : fetch(url, init);
  const feed = startTestFeed(ssi, { limits: { ...FAST, membersFirstMs: 50 } }, { fetch: held });
  await until("the feed is live", () => stateOf(feed) === "live");
  assert.equal(feed.universes.length, 0);
  answer(Response.json({ data: [{ IndexComponent: [{ StockSymbol: "ACB" }] }] }));
  await until("the members are loaded", () => feed.universes.length > 0);
  assert.deepEqual(feed.universes[0]?.vn30, ["ACB"]);
  await feed.handle.stop();
});

Deno.test("feed - at seven in the morning it loads the members again and connects on a new token", async () => {
  await using ssi = new FakeSsi();
  let nowMs = Date.UTC(2026, 10, 19, 23, 59);
  const feed = startTestFeed(ssi, {}, { clock: { nowMs: () => nowMs } });
  await until("the feed is live", () => stateOf(feed) === "live");
  ssi.members = ["ACB", "VCB"];
  nowMs += 60_000;
  await until("the new members are there", () => feed.universes.at(-1)?.vn30.length === 2);
  await until(
    "a second connection is live",
    () => ssi.open.length === 1 && ssi.connections.length === 2,
  );
  assert.equal(ssi.calls.accesstoken, 2);
  await feed.handle.stop();
});

Deno.test("feed - loads members and futures again when the feed's own date runs ahead of the clock", async () => {
  await using ssi = new FakeSsi();
  ssi.futures = listedVn30Futures("2026-12-16").map(({ code }) => code);
  const feed = startTestFeed(ssi, {}, { clock: { nowMs: () => Date.UTC(2026, 10, 20, 3) } });
  await until("the feed is live", () => stateOf(feed) === "live");
  await until("the futures are listed", () => feed.universes.at(-1)?.futures.length === 4);
  // The day after the front contract expired, by the feed's frames alone.
  ssi.futures = listedVn30Futures("2026-12-18").map(({ code }) => code);
  feed.tradingDate = "2026-12-18";
  await until(
    "the new listing is there",
    () => feed.universes.at(-1)?.futures.join() === ssi.futures.join(),
  );
  assert.equal(ssi.connections.length, 1, "the connection is kept");
  await feed.handle.stop();
});

Deno.test("feed - stops at once in any stage and leaves nothing behind", async () => {
  for (const call of ["accesstoken", "indexcomponents", "negotiate", "connect", "start"]) {
    await using ssi = new FakeSsi();
    let asked = false;
    let release: (response: Response) => void = () => {};
    const never = new Promise<Response>((resolve) => release = resolve);
    ssi.holds[call] = () => {
      asked = true;
      return never;
    };
    const feed = startTestFeed(ssi);
    await until(`${call} is under way`, () => asked);
    await feed.handle.stop();
    release(new Response("late", { status: 503 }));
    assert.notEqual(stateOf(feed), "live");
  }
});
