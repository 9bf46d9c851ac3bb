import { jsonAnswer } from "../gateway/answer.ts";
import { figureFamilies } from "../gateway/metrics_text.ts";
import { type HttpPort, openHttpPort } from "../http_port.ts";
import type { Logger } from "../log.ts";
import { METRICS_TYPE, prometheusText } from "../metrics.ts";
import type { IngestNode, IngestNodeHealth } from "./ingest_node.ts";

/** Answers /livez, /readyz and /metrics, to this machine only; throws when the port is taken. */
export function serveIngestHealth(
  port: number,
  node: () => IngestNode | null,
  log: Logger,
): HttpPort {
  return openHttpPort({ hostname: "127.0.0.1", port }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/livez") return jsonAnswer({ status: "alive" });
    if (pathname === "/readyz") return readiness(node()?.health() ?? null);
    if (pathname !== "/metrics") return new Response("Not found\n", { status: 404 });
    const headers = { "content-type": METRICS_TYPE, "cache-control": "no-store" };
    return new Response(prometheusText(figureFamilies(node()?.metrics() ?? {})), { headers });
  }, log);
}

/** A standby is ready: it has nothing to do, and can begin. A silent feed is no reason either. */
function readiness(health: IngestNodeHealth | null): Response {
  const reasons: string[] = [];
  if (health === null || !health.busConnected) reasons.push("the broker cannot be reached");
  if (health?.role === "starting") reasons.push("the journal of the day is being read");
  if (health?.role === "active" && health.term === null) reasons.push("the lease has run out");
  if (health?.journalWritable === false) reasons.push("the journal cannot be written");
  const body = { role: health?.role ?? "standby", term: health?.term ?? null };
  if (reasons.length === 0) return jsonAnswer({ status: "ready", ...body });
  return jsonAnswer({ status: "not ready", ...body, reasons }, { status: 503 });
}
