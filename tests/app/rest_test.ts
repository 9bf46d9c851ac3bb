import assert from "node:assert/strict";
import type * as z from "zod";
import { AlertPageSchema } from "../../core/wire/alert_schema.ts";
import { DerivativesHistorySchema } from "../../core/wire/derivative_schema.ts";
import { ForeignDetailSchema } from "../../core/wire/foreign_schema.ts";
import {
  AuctionPathsSchema,
  ContributionsSchema,
  IndexBreadthSchema,
  IndexIntradaySchema,
} from "../../core/wire/index_schema.ts";
import { SUBPROTOCOL } from "../../core/wire/frames.ts";
import { LimitStatsSchema } from "../../core/wire/limit_schema.ts";
import { MarketSnapshotSchema } from "../../core/wire/snapshot_schema.ts";
import { SparklinesSchema } from "../../core/wire/sparklines_schema.ts";
import { VolumeStatsSchema } from "../../core/wire/volume_schema.ts";
import { SessionPayloadSchema } from "../../core/wire/session_schema.ts";
import { WsHealthSchema } from "../../core/wire/ws_health_schema.ts";
import { withApp } from "../support/app.ts";
import { until } from "../support/program.ts";

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  "/api/market/snapshot": MarketSnapshotSchema,
  "/api/market/foreign-detail?series=1m": ForeignDetailSchema,
  "/api/market/foreign-detail?scope=all&series=1m": ForeignDetailSchema,
  "/api/market/sparklines?scope=all": SparklinesSchema,
  "/api/market/auction": AuctionPathsSchema,
  "/api/market/breadth": IndexBreadthSchema,
  "/api/market/volume-stats": VolumeStatsSchema,
  "/api/market/volume-stats?scope=all": VolumeStatsSchema,
  "/api/market/basis-trend?minutes=120": DerivativesHistorySchema,
  "/api/market/alerts?limit=200": AlertPageSchema,
  "/api/market/index-intraday": IndexIntradaySchema,
  "/api/market/contributions?index=VNINDEX": ContributionsSchema,
  "/api/market/limits": LimitStatsSchema,
  "/api/market/session": SessionPayloadSchema,
  "/api/ws/health": WsHealthSchema,
};

Deno.test("A running server answers every address in its promised shape (F-084…F-088, F-099)", async (t) => {
  await withApp({ SIM_START: "10:00" }, async ({ url, lines }) => {
    for (const [path, schema] of Object.entries(SCHEMAS)) {
      await t.step(path, async () => {
        const response = await fetch(`${url}${path}`);
        assert.equal(response.status, 200);
        const payload = await response.json();
        schema.parse(payload);
        assert.equal(payload.data_status, "simulated");
        assert.match(payload.as_of, /T(09:59|10:0\d):\d\d\.\d{3}\+07:00$/);
      });
    }
    await t.step("/metrics", async () => {
      // The engine side tells its figures once a second.
      const text = await until("the figures of the engine side", async () => {
        const figures = await (await fetch(`${url}/metrics`)).text();
        return /^ssi_messages_received_total [1-9]/m.test(figures) ? figures : null;
      });
      assert.match(text, /^http_requests_total\{route="\/api\/market\/alerts",status="200"\} 1$/m);
    });
    assert.deepEqual(lines, []);
  });
});

Deno.test("With a token set the page works by its ticket, and nothing else without the token (F-101)", async () => {
  await withApp({ SIM_START: "10:00", WS_AUTH_TOKEN: "a.long-token_1" }, async ({ url }) => {
    const status = async (path: string, token?: string) => {
      const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}${path}`, { headers });
      await response.body?.cancel();
      return response.status;
    };
    for (const path of ["/api/market/snapshot", "/%61pi/market/snapshot", "/metrics"]) {
      assert.notEqual(await status(path), 200, path);
    }
    assert.equal(await status("/metrics", "a.long-token_1"), 200);
    for (const path of ["/livez", "/readyz", "/health"]) assert.equal(await status(path), 200);
    const page = await fetch(url);
    const html = await page.text();
    assert.equal(page.status, 200);
    const [, ticket] = /"([\w-]{43}\.[\w-]{43})"/.exec(html)!;
    assert.equal(await status("/api/market/snapshot", ticket), 200);
    const bearer = `base64url.bearer.vnstock.${btoa(ticket!).replaceAll("=", "")}`;
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, [SUBPROTOCOL, bearer]);
    const hello = await new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
      socket.onclose = ({ code }) => resolve(`closed with ${code}`);
    });
    assert.match(hello, /"k":"hello"/);
    socket.close();
  });
});
