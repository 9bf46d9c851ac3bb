import assert from "node:assert/strict";
import { MarketSnapshotSchema } from "../../core/wire/snapshot_schema.ts";
import { cellsOf } from "../core/hub/world.ts";
import { testApp } from "./app_fixture.ts";

/** Addresses that take no parameters. */
const BARE_PATHS = [
  "/health",
  "/livez",
  "/readyz",
  "/metrics",
  "/api/vn30-components",
  "/api/ws/health",
];
const DATA_PATHS = [
  ...BARE_PATHS,
  "/api/market/alerts",
  "/api/market/auction",
  "/api/market/basis-trend",
  "/api/market/breadth",
  "/api/market/contributions",
  "/api/market/foreign-detail",
  "/api/market/index-intraday",
  "/api/market/session",
  "/api/market/snapshot",
  "/api/market/sparklines",
  "/api/market/volume-stats",
  "/api/symbols",
];

Deno.test("Health is ok while the process answers, and says what is behind it (F-082, F-083)", async () => {
  const app = testApp();
  const before = await (await app.ask("/health")).json();
  assert.deepEqual([before.status, before.database], ["ok", "unavailable"]);
  assert.deepEqual([before.feed.state, before.journal.writable], ["connecting", null]);
  app.start();
  const metrics = { journal_frames_total: 12, journal_writable: 1 };
  app.services.hub.apply({ k: "metrics", metrics }, 0);
  const after = await (await app.ask("/health")).json();
  assert.deepEqual([after.provider, after.data_status, after.feed.state], ["ssi", "live", "live"]);
  assert.deepEqual([after.journal.frames, after.journal.writable], [12, true]);
  assert.deepEqual([after.version, after.uptime_seconds], ["1.2.3", 0]);
  assert.equal(after.metrics.hub_bus_messages_total, 2);
});

Deno.test("The process is alive at once, and ready from the first snapshot until it stops", async () => {
  const app = testApp();
  const ready = async () => {
    const response = await app.ask("/readyz");
    return [response.status, (await response.json()).reasons];
  };
  assert.equal((await app.ask("/livez")).status, 200);
  assert.deepEqual(await ready(), [503, ["no data from the engine yet"]]);
  app.start();
  assert.deepEqual(await ready(), [200, undefined]);
  app.services.hub.markStale("worker died", 0);
  assert.deepEqual(await ready(), [200, undefined]);
  app.services.isDraining = true;
  assert.deepEqual(await ready(), [503, ["the server is stopping"]]);
});

Deno.test("The market snapshot has its promised shape, and is refused before there is data (F-084)", async () => {
  const app = testApp();
  const early = await app.ask("/api/market/snapshot");
  assert.deepEqual([early.status, (await early.json()).code], [503, "NOT_READY"]);
  assert.equal(early.headers.get("retry-after"), "1");
  app.start();
  app.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 101, ref: 100 }));
  app.services.hub.apply(app.publisher.tick(1)!, 1);
  const response = await app.ask("/api/market/snapshot");
  const market = MarketSnapshotSchema.parse(await response.json());
  assert.deepEqual([market.prices.FPT!.change_pct, market.seq, market.epoch], [1, 1, "e1"]);
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
});

Deno.test("The VN30 list says where it comes from (U-10)", async () => {
  const app = testApp();
  const before = await (await app.ask("/api/vn30-components")).json();
  assert.deepEqual([before.symbols.length, before.source], [30, "static"]);
  assert.match(before.list_date, /^\d{4}-\d{2}-\d{2}$/);
  app.start();
  const list = await (await app.ask("/api/vn30-components")).json();
  assert.deepEqual([list.symbols, list.source], [["ACB", "FPT", "VNM"], "static"]);
  const { status } = app.services.hub.view();
  const feed = { ...status, membership: "feed" as const };
  app.services.hub.apply({ k: "status", epoch: "e1", status: feed }, 0);
  const fromFeed = await (await app.ask("/api/vn30-components")).json();
  assert.deepEqual([fromFeed.source, fromFeed.list_date], ["feed", "2026-08-03"]);
});

Deno.test("HEAD answers like GET without the body", async () => {
  const app = testApp();
  app.start();
  for (const path of DATA_PATHS) {
    const [get, head] = [await app.ask(path), await app.ask(path, { method: "HEAD" })];
    assert.equal(head.status, get.status);
    assert.equal(head.headers.get("content-type"), get.headers.get("content-type"));
    assert.equal(await head.text(), "");
    assert.notEqual(await get.text(), "");
  }
});

Deno.test("Other methods are refused with the methods that are allowed", async () => {
  const app = testApp();
  for (const path of DATA_PATHS) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
      const response = await app.ask(path, { method });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), "GET, HEAD");
      assert.equal((await response.json()).code, "METHOD_NOT_ALLOWED");
    }
  }
});

Deno.test("An unknown query parameter is named, its value never repeated", async () => {
  const app = testApp();
  app.start();
  for (const path of BARE_PATHS) {
    const response = await app.ask(`${path}?limit=zq7zq7`);
    const text = await response.text();
    const problem = JSON.parse(text);
    assert.equal(response.status, 400);
    assert.equal(response.headers.get("content-type"), "application/problem+json; charset=utf-8");
    assert.deepEqual([problem.code, problem.parameter, problem.wanted], [
      "UNKNOWN_PARAMETER",
      "limit",
      "no parameters",
    ]);
    assert.ok(!text.includes("zq7zq7"));
  }
  const odd = await (await app.ask("/livez?%3Cscript%3E=1")).json();
  assert.equal(odd.parameter, "(not printable)");
});

Deno.test("An address that does not exist is a problem with the id of the request", async () => {
  const app = testApp();
  for (
    const path of ["/api", "/api/nothing", "/api/market/snapshot/x", "/ws/nothing", "/health/x"]
  ) {
    const response = await app.ask(path);
    const problem = await response.json();
    assert.deepEqual([response.status, problem.code, problem.type], [
      404,
      "NOT_FOUND",
      "about:blank",
    ]);
    assert.equal(problem.request_id, response.headers.get("x-request-id"));
  }
});

Deno.test("An error on our side shows nothing of the inside, and stands in the log with its id", async () => {
  const app = testApp();
  const response = await app.ask("/api/broken");
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.ok(!text.includes("inside"));
  const { request_id } = JSON.parse(text);
  const line = app.lines.find((entry) => entry.includes("request_failed"));
  assert.ok(line?.includes(request_id) && line.includes("the inside of the server"));
});

Deno.test("A refusal on the way to a route says its own reason", async () => {
  const app = testApp();
  for (
    const [path, wanted] of [
      ["/api/refused", "expected something else"],
      ["/api/history/%E1/ticks", "the address holds a broken percent sign"],
    ] as const
  ) {
    const { status, code, detail } = await (await app.ask(path)).json();
    assert.deepEqual([status, code, detail], [400, "BAD_REQUEST", wanted]);
  }
});
