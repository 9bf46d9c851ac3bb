import { openHttpPort } from "../../../core/http_port.ts";
import { createLogger } from "../../../core/log.ts";
import { startSimService } from "../../../core/sim/service.ts";
import { serveIngestHealth } from "../../../core/tasks/ingest_health.ts";
import { type Adapter, TestServer } from "./test_server.ts";

/** Listens in one of the ways in which the product does; its test gives it few descriptors. */

// As every program of the product does at its start; Deno 2.9 panics when it comes to it too late.
Deno.addSignalListener("SIGTERM", () => Deno.exit());
console.log(`port ${await portOf(Deno.args[0] as Way)}`);

/** What listens: pages, a simulated exchange, the health of an ingest node, or a gateway. */
type Way = "pages" | "sim" | "health" | Adapter;

async function portOf(way: Way): Promise<number | string> {
  const log = createLogger({ level: "info", nowMs: Date.now });
  const address = { hostname: "127.0.0.1", port: 0 };
  switch (way) {
    case "pages":
      return openHttpPort(address, () => new Response("here"), log).addr.port;
    case "sim": {
      const market = { seed: 1, scenario: "normal", speed: 1, start: "open" } as const;
      return new URL((await startSimService({ ...market, port: 0, paused: true })).url).port;
    }
    case "health":
      return serveIngestHealth(0, () => null, log).addr.port;
    default:
      return (await TestServer.startedOn(way)).port;
  }
}
