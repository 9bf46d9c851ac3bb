import assert from "node:assert/strict";
import type * as z from "zod";
import { ALERT_SEVERITIES, ALERT_TYPES } from "../../core/wire/alert.ts";
import { AlertPageSchema } from "../../core/wire/alert_schema.ts";
import { DerivativesHistorySchema } from "../../core/wire/derivative_schema.ts";
import { ForeignDetailSchema } from "../../core/wire/foreign_schema.ts";
import {
  AuctionPathsSchema,
  ContributionsSchema,
  IndexBreadthSchema,
  IndexIntradaySchema,
} from "../../core/wire/index_schema.ts";
import { LimitStatsSchema } from "../../core/wire/limit_schema.ts";
import { SessionPayloadSchema } from "../../core/wire/session_schema.ts";
import { MarketSnapshotSchema } from "../../core/wire/snapshot_schema.ts";
import { SymbolListSchema } from "../../core/wire/symbols_schema.ts";
import { SparklinesSchema } from "../../core/wire/sparklines_schema.ts";
import { VolumeStatsSchema } from "../../core/wire/volume_schema.ts";
import { WsHealthSchema } from "../../core/wire/ws_health_schema.ts";
import { cellsOf } from "../core/hub/world.ts";
import { testApp } from "./app_fixture.ts";

const FUTURE = "41I1G8000";
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  "/api/market/alerts": AlertPageSchema,
  "/api/market/basis-trend": DerivativesHistorySchema,
  "/api/market/contributions": ContributionsSchema,
  "/api/market/foreign-detail": ForeignDetailSchema,
  "/api/market/index-intraday": IndexIntradaySchema,
  "/api/market/limits": LimitStatsSchema,
  "/api/market/session": SessionPayloadSchema,
  "/api/market/snapshot": MarketSnapshotSchema,
  "/api/market/sparklines": SparklinesSchema,
  "/api/market/auction": AuctionPathsSchema,
  "/api/market/breadth": IndexBreadthSchema,
  "/api/market/volume-stats": VolumeStatsSchema,
  "/api/symbols": SymbolListSchema,
};

function startedApp() {
  const app = testApp();
  app.start();
  app.publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 101, ref: 100 }));
  app.publisher.put("board:der", FUTURE, cellsOf("board:der", { last: 1_905, basis: 5 }));
  app.services.hub.apply(app.publisher.tick(1)!, 1);
  return app;
}

/** Status, parameter and wanted form of the answer to a path. */
async function refusal(path: string, app = startedApp()) {
  const response = await app.ask(`/api/market/${path}`);
  const { code, parameter, wanted } = await response.json();
  return [response.status, code, parameter, wanted];
}

async function statusOf(path: string): Promise<number> {
  const response = await startedApp().ask(`/api/market/${path}`);
  await response.body?.cancel();
  return response.status;
}

for (const [path, schema] of Object.entries(SCHEMAS)) {
  Deno.test(`${path} is refused before there is data and has its promised shape after (F-084…F-088)`, async () => {
    const early = await testApp().ask(path);
    assert.deepEqual([early.status, (await early.json()).code], [503, "NOT_READY"]);
    assert.equal(early.headers.get("retry-after"), "1");
    const response = await startedApp().ask(path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "no-store");
    const payload = await response.json();
    schema.parse(payload);
    const { seq, epoch, data_status } = payload;
    assert.deepEqual([seq, epoch, data_status], [1, "e1", "live"]);
  });
}

Deno.test("Foreign detail takes its scope and the series only when asked for (F-085)", async () => {
  const app = startedApp();
  const ask = async (query: string) => {
    const response = await app.ask(`/api/market/foreign-detail${query}`);
    return ForeignDetailSchema.parse(await response.json());
  };
  assert.equal((await ask("")).summary.scope, "vn30");
  assert.equal((await ask("?scope=all")).summary.scope, "all");
  assert.equal((await ask("")).series, undefined);
  assert.deepEqual((await ask("?series=1m")).series!.points, []);
  const wanted = "one of vn30, all";
  assert.deepEqual(await refusal("foreign-detail?scope=VN30"), [
    400,
    "BAD_PARAMETER",
    "scope",
    wanted,
  ]);
  assert.deepEqual((await refusal("foreign-detail?series=1s")).slice(1), [
    "BAD_PARAMETER",
    "series",
    "one of 1m",
  ]);
  for (const top of ["0", "501", "x"]) {
    assert.deepEqual((await refusal(`foreign-detail?top=${top}`)).slice(1, 3), [
      "BAD_PARAMETER",
      "top",
    ]);
  }
});

Deno.test("Volume statistics take a scope or 1 to 100 symbols, not both (F-086)", async () => {
  const symbols = (count: number) =>
    Array.from({ length: count }, (_, i) => `A${String(i).padStart(2, "0")}`).join(",");
  assert.equal(await statusOf(`volume-stats?symbols=${symbols(100)}`), 200);
  const wanted = "1 to 100 tickers such as FPT,VNM, separated by commas";
  for (const bad of [symbols(101), "", "FPT,", "F", "FPT;VNM", "A".repeat(21), "%00"]) {
    assert.deepEqual(await refusal(`volume-stats?symbols=${bad}`), [
      400,
      "BAD_PARAMETER",
      "symbols",
      wanted,
    ]);
  }
  assert.deepEqual(await refusal("volume-stats?symbols=FPT&scope=all"), [
    400,
    "BAD_PARAMETER",
    "scope",
    "symbols or scope, not both",
  ]);
  const response = await startedApp().ask("/api/market/volume-stats?symbols=fpt,FPT");
  assert.deepEqual((await response.json()).missing_symbols, ["FPT"]);
});

Deno.test("The snapshot may be asked for some symbols only (F-084)", async () => {
  const response = await startedApp().ask(`/api/market/snapshot?symbols=FPT,${FUTURE}`);
  const market = MarketSnapshotSchema.parse(await response.json());
  assert.deepEqual(Object.keys(market.prices), ["FPT", FUTURE]);
  assert.equal((await refusal("snapshot?symbols=-"))[2], "symbols");
});

Deno.test("The basis trend covers 30 minutes unless told otherwise, 1 to 120 (F-087, U-14)", async () => {
  const response = await startedApp().ask("/api/market/basis-trend");
  const history = DerivativesHistorySchema.parse(await response.json());
  assert.deepEqual([history.minutes, history.contract], [30, FUTURE]);
  for (const good of [1, 2, 119, 120]) {
    assert.equal(await statusOf(`basis-trend?minutes=${good}`), 200);
  }
  for (const bad of ["0", "121", "-1", "1.5", "1e2", "", "x", "%2030"]) {
    assert.equal((await refusal(`basis-trend?step=${bad === "121" ? "601" : bad}`))[2], "step");
    assert.deepEqual(await refusal(`basis-trend?minutes=${bad}`), [
      400,
      "BAD_PARAMETER",
      "minutes",
      "a whole number from 1 to 120",
    ]);
  }
});

Deno.test("An unknown contract is not found, and the answer lists those that are (F-087)", async () => {
  assert.equal(await statusOf(`basis-trend?contract=${FUTURE}`), 200);
  assert.equal(await statusOf("basis-trend?contract=vn30f1m"), 200);
  assert.deepEqual(await refusal("basis-trend?contract=41I1G9000"), [
    404,
    "NOT_FOUND",
    "contract",
    `one of ${FUTURE}, VN30F1M, VN30F2M, VN30F1Q, VN30F2Q`,
  ]);
  const [status, , parameter] = await refusal("basis-trend?contract=a-b");
  assert.deepEqual([status, parameter], [400, "contract"]);
});

Deno.test("The list of alerts holds 1 to 200, and takes every type and severity (F-088, U-15)", async () => {
  for (const good of [1, 199, 200]) assert.equal(await statusOf(`alerts?limit=${good}`), 200);
  for (const bad of ["0", "201", "-5", "all", ""]) {
    assert.deepEqual(await refusal(`alerts?limit=${bad}`), [
      400,
      "BAD_PARAMETER",
      "limit",
      "a whole number from 1 to 200",
    ]);
  }
  for (const type of ALERT_TYPES) assert.equal(await statusOf(`alerts?type=${type}`), 200);
  for (const severity of ALERT_SEVERITIES) {
    assert.equal(await statusOf(`alerts?severity=${severity}&limit=5`), 200);
  }
  assert.deepEqual(await refusal("alerts?type=spike"), [
    400,
    "BAD_PARAMETER",
    "type",
    `one of ${ALERT_TYPES.join(", ")}`,
  ]);
  assert.equal(await statusOf("alerts?symbol=fpt"), 200);
  assert.equal((await refusal("alerts?symbol=a-b"))[3], "a ticker, a futures code or a board");
  assert.deepEqual((await refusal("alerts?severity=high"))[3], "one of info, warning, critical");
});

Deno.test("A cursor that is none, or is of another day, is refused with what is wanted (F-102, C-19)", async () => {
  assert.deepEqual(await refusal("alerts?cursor=abc"), [
    400,
    "BAD_PARAMETER",
    "cursor",
    "a next_cursor of this list",
  ]);
  assert.deepEqual(await refusal("alerts?cursor=2020-01-02-3"), [
    400,
    "BAD_PARAMETER",
    "cursor",
    "a next_cursor of the current trading day",
  ]);
});

Deno.test("Each symbol of the list has the names that the feed told, null without any", async () => {
  const app = startedApp();
  app.services.hub.apply(app.publisher.names([["FPT", "Công ty <b>FPT", null]]), 2);
  const { symbols } = SymbolListSchema.parse(await (await app.ask("/api/symbols")).json());
  const names = symbols.map(({ symbol, name_vi, name_en }) => [symbol, name_vi, name_en]);
  assert.deepEqual(names.filter(([symbol]) => symbol === "FPT" || symbol === FUTURE), [
    [FUTURE, null, null],
    ["FPT", "Công ty <b>FPT", null],
  ]);
});

Deno.test("Intraday and contributions know two indices and their bounds", async () => {
  for (const path of ["index-intraday?minutes=380", "index-intraday?index=VNINDEX&minutes=1"]) {
    assert.equal(await statusOf(path), 200);
  }
  for (const path of ["contributions?limit=1", "contributions?index=VNINDEX&limit=50"]) {
    assert.equal(await statusOf(path), 200);
  }
  assert.equal((await refusal("index-intraday?minutes=381"))[3], "a whole number from 1 to 380");
  assert.equal((await refusal("index-intraday?index=HNX30"))[3], "one of VN30, VNINDEX");
  assert.equal((await refusal("contributions?limit=51"))[3], "a whole number from 1 to 50");
  assert.equal((await refusal("contributions?index=vn30"))[2], "index");
});

Deno.test("An unknown parameter and one given twice are named, with what there is", async () => {
  assert.deepEqual(await refusal("alerts?ticker=FPT"), [
    400,
    "UNKNOWN_PARAMETER",
    "ticker",
    "one of limit, type, severity, symbol, cursor",
  ]);
  assert.deepEqual((await refusal("alerts?limit=1&limit=2")).slice(0, 3), [
    400,
    "REPEATED_PARAMETER",
    "limit",
  ]);
});

Deno.test("Stale data is still answered and says that it is stale (N-18)", async () => {
  const app = startedApp();
  app.services.hub.markStale("worker died", 2);
  for (const path of Object.keys(SCHEMAS)) {
    const response = await app.ask(path);
    assert.equal((await response.json()).data_status, "stale", path);
  }
});

Deno.test("The socket health answers before there is data, and says so (F-099)", async () => {
  const early = WsHealthSchema.parse(await (await testApp().ask("/api/ws/health")).json());
  assert.deepEqual([early.status, early.reasons], ["not ready", ["no data from the engine yet"]]);
  const later = WsHealthSchema.parse(await (await startedApp().ask("/api/ws/health")).json());
  assert.deepEqual([later.status, later.data_status], ["ok", "live"]);
});
