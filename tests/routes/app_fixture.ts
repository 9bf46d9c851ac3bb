import { App, type Context, HttpError } from "fresh";
import { handler as middlewares } from "../../routes/_middleware.ts";
import { handler as asyncApi } from "../../routes/api/asyncapi.json.ts";
import { handler as calendar } from "../../routes/api/calendar.ics.ts";
import { handler as symbols } from "../../routes/api/symbols.ts";
import { handler as vn30 } from "../../routes/api/vn30-components.ts";
import { handler as pastAlerts } from "../../routes/api/history/alerts.ts";
import { handler as pastSessions } from "../../routes/api/history/sessions.ts";
import { handler as contract } from "../../routes/api/history/derivatives/[contract].ts";
import { handler as index } from "../../routes/api/history/index/[name]/index.ts";
import { handler as indexCandles } from "../../routes/api/history/index/[name]/candles.ts";
import { handler as candles } from "../../routes/api/history/[symbol]/candles.ts";
import { handler as ticks } from "../../routes/api/history/[symbol]/ticks.ts";
import { handler as volumePrices } from "../../routes/api/history/[symbol]/volume-prices.ts";
import { handler as daily } from "../../routes/api/history/[symbol]/daily.ts";
import { handler as foreign } from "../../routes/api/history/[symbol]/foreign/index.ts";
import { handler as foreignDaily } from "../../routes/api/history/[symbol]/foreign/daily.ts";
import { handler as alerts } from "../../routes/api/market/alerts.ts";
import { handler as auction } from "../../routes/api/market/auction.ts";
import { handler as basisTrend } from "../../routes/api/market/basis-trend.ts";
import { handler as breadth } from "../../routes/api/market/breadth.ts";
import { handler as contributions } from "../../routes/api/market/contributions.ts";
import { handler as foreignDetail } from "../../routes/api/market/foreign-detail.ts";
import { handler as indexIntraday } from "../../routes/api/market/index-intraday.ts";
import { handler as limits } from "../../routes/api/market/limits.ts";
import { handler as session } from "../../routes/api/market/session.ts";
import { handler as snapshot } from "../../routes/api/market/snapshot.ts";
import { handler as sparklines } from "../../routes/api/market/sparklines.ts";
import { handler as volumeStats } from "../../routes/api/market/volume-stats.ts";
import { handler as channel } from "../../routes/api/channels/[channel].ts";
import { handler as channels } from "../../routes/api/channels/index.ts";
import { handler as stream } from "../../routes/api/stream/[channel].ts";
import { handler as wsHealth } from "../../routes/api/ws/health.ts";
import { handler as health } from "../../routes/health.ts";
import { handler as livez } from "../../routes/livez.ts";
import { handler as metrics } from "../../routes/metrics.ts";
import { handler as readyz } from "../../routes/readyz.ts";
import { handler as ws } from "../../routes/ws.ts";
import { handler as wsAlerts } from "../../routes/ws/alerts.ts";
import { handler as wsForeign } from "../../routes/ws/foreign.ts";
import { handler as wsIndex } from "../../routes/ws/index/index.ts";
import { handler as wsMarket } from "../../routes/ws/market.ts";
import { handler as wsTicket } from "../../routes/ws/ticket.ts";
import { handler as wsStock } from "../../routes/ws/stocks/[ticker].ts";
import type { ServeConfig } from "../../core/gateway/services.ts";
import type { HistoryStore } from "../../core/port/history.ts";
import type { State } from "../../utils.ts";
import { Publisher } from "../../core/hub/publisher.ts";
import { liveStatus, ROWS } from "../core/hub/world.ts";
import { testServices } from "../core/gateway/test_server.ts";

type Route = (ctx: Context<State>) => Response | Promise<Response>;

const ROUTES: Readonly<Record<string, Route>> = {
  "/health": health,
  "/livez": livez,
  "/readyz": readyz,
  "/metrics": metrics,
  "/api/market/alerts": alerts,
  "/api/market/auction": auction,
  "/api/market/basis-trend": basisTrend,
  "/api/market/breadth": breadth,
  "/api/market/contributions": contributions,
  "/api/market/foreign-detail": foreignDetail,
  "/api/market/index-intraday": indexIntraday,
  "/api/market/limits": limits,
  "/api/market/session": session,
  "/api/market/snapshot": snapshot,
  "/api/market/sparklines": sparklines,
  "/api/market/volume-stats": volumeStats,
  "/api/history/alerts": pastAlerts,
  "/api/history/sessions": pastSessions,
  "/api/history/derivatives/:contract": contract,
  "/api/history/index/:name": index,
  "/api/history/index/:name/candles": indexCandles,
  "/api/history/:symbol/candles": candles,
  "/api/history/:symbol/ticks": ticks,
  "/api/history/:symbol/volume-prices": volumePrices,
  "/api/history/:symbol/daily": daily,
  "/api/history/:symbol/foreign": foreign,
  "/api/history/:symbol/foreign/daily": foreignDaily,
  "/api/asyncapi.json": asyncApi,
  "/api/channels": channels,
  "/api/channels/:channel": channel,
  "/api/stream/:channel": stream,
  "/api/ws/health": wsHealth,
  "/api/calendar.ics": calendar,
  "/api/symbols": symbols,
  "/api/vn30-components": vn30,
  "/ws": ws,
  "/ws/market": wsMarket,
  "/ws/foreign": wsForeign,
  "/ws/index": wsIndex,
  "/ws/alerts": wsAlerts,
  "/ws/stocks/:ticker": wsStock,
  "/ws/ticket": wsTicket,
  "/page": () => new Response("<p>", { headers: { "content-type": "text/html; charset=utf-8" } }),
  "/api/broken": () => Promise.reject(new Error("the inside of the server")),
  "/api/refused": () => Promise.reject(new HttpError(400, "Expected something else")),
};

/** The routes behind their middleware, as the file router would mount them. */
export function testApp(config: Partial<ServeConfig> = {}, history?: HistoryStore) {
  const nowMs = Date.parse("2026-08-03T09:30:00+07:00");
  const clock = { nowMs: () => nowMs };
  const { services, lines } = testServices(config, clock, history);
  const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
  const app = new App<State>();
  app.use((ctx) => {
    ctx.state.services = services;
    return ctx.next();
  });
  app.use(...middlewares);
  for (const [path, route] of Object.entries(ROUTES)) app.all(path, route);
  const handler = app.handler();
  return {
    services,
    lines,
    publisher,
    handler,
    /** Gives the hub its first snapshot. */
    start() {
      publisher.setRows(ROWS, "e1");
      services.hub.apply(publisher.tick(nowMs)!, nowMs);
    },
    ask: (path: string, init?: RequestInit) =>
      handler(new Request(`http://localhost${path}`, init)),
    /** The same from another machine. */
    askFrom: (hostname: string, path: string, init?: RequestInit) =>
      handler(new Request(`http://localhost${path}`, init), {
        remoteAddr: { transport: "tcp", hostname, port: 1 },
        completed: Promise.resolve(),
      }),
  };
}
