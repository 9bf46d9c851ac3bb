import type { Health } from "../wire/health.ts";
import { dataStatus } from "../wire/status.ts";
import { feedOut, isoVn } from "../wire/snapshot.ts";
import type { Services } from "./services.ts";

/** What `/health` says to everybody: the process answers, so it is ok. */
export function briefHealth({ store }: Services) {
  const database = store.health().state === "ready" ? "connected" : "unavailable";
  return { status: "ok", database } as const;
}

/** Body of `/health` for who may know what is behind it. */
export function healthOf(services: Services): Health {
  const { hub, clock, startedMs, version } = services;
  const { status, asOfMs } = hub.view();
  const engine = hub.engineMetrics();
  const of = (name: string): number | null => engine[name] ?? null;
  const writable = of("journal_writable");
  return {
    ...briefHealth(services),
    provider: status.provider,
    data_status: dataStatus(status),
    feed: { ...feedOut(status), as_of: isoVn(asOfMs) },
    journal: {
      frames: of("journal_frames_total"),
      bytes: of("journal_bytes_total"),
      damaged: of("journal_damaged_total"),
      write_errors: of("journal_write_errors_total"),
      writable: writable === null ? null : writable === 1,
    },
    store: storeOut(services),
    uptime_seconds: Math.max(0, Math.floor((clock.nowMs() - startedMs) / 1000)),
    memory_bytes: Deno.memoryUsage().rss,
    version,
    deno_version: Deno.version.deno,
    metrics: services.metrics(),
  };
}

/** The store for an operator: which server, what it can do, and why it is not ready. */
function storeOut({ store }: Services): Health["store"] {
  const { state, reason, backend, facts, backfill } = store.health();
  return {
    state,
    reason,
    backend,
    server_version: facts?.version ?? null,
    timescale_version: facts?.timescale?.version ?? null,
    timescale_license: facts?.timescale ? (facts.timescale.isFull ? "timescale" : "apache") : null,
    schema: facts?.schema ?? null,
    layout: facts?.layout ?? null,
    stray_rows: facts?.strayRows ?? null,
    backfill,
  };
}

/** Why the process should get no traffic; empty when it should. A silent feed is no reason. */
export function notReadyReasons({ hub, isDraining }: Services): string[] {
  const reasons: string[] = [];
  if (isDraining) reasons.push("the server is stopping");
  if (!hub.ready()) reasons.push("no data from the engine yet");
  return reasons;
}
