import { HubPorts } from "./core/bus/hub_ports.ts";
import { createLogger } from "./core/log.ts";
import type { BusMessage } from "./core/port/bus.ts";
import { attachStore, type IngestSide, openIngestSide } from "./core/tasks/ingest_side.ts";
import type { IngestReply, IngestRequest } from "./core/tasks/worker_messages.ts";

// Entry of the ingest worker: feed, journal and engine, away from the thread that serves pages.
const ALIVE_MS = 1_000;

/** Name of the hub at the other end of this worker's own port. */
const OWN_HUB = "main";

let running: Promise<IngestSide | null> = Promise.resolve(null);
/** There once the run is; ports that come sooner wait for it. */
let hubs: HubPorts | null = null;
const waiting = new Map<string, MessagePort>();
const alive = setInterval(() => reply({ kind: "alive" }), ALIVE_MS);

self.addEventListener("message", ({ data }: MessageEvent<IngestRequest | string>) => {
  if (typeof data === "string") return;
  if (data.kind === "start") running = start(data);
  else if (data.kind === "store") void attach(data);
  else if (data.kind === "hub") serveHub(data);
  else void stop();
});

async function start(
  { settings, journal }: IngestRequest & { kind: "start" },
): Promise<IngestSide | null> {
  const nowMs = () => Date.now();
  const log = createLogger({ level: journal.logLevel, nowMs }).bind({ part: "ingest" });
  let side: IngestSide;
  try {
    side = await openIngestSide(settings, journal, {
      bus: openHubs,
      log,
    });
  } catch (error) {
    reply({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    return null;
  }
  await side.run.recover();
  side.run.start();
  return side;
}

function openHubs(snapshot: () => BusMessage): HubPorts {
  hubs = new HubPorts(snapshot);
  hubs.add(OWN_HUB, self);
  for (const [name, port] of waiting) hubs.add(name, port);
  waiting.clear();
  return hubs;
}

function serveHub({ name, port }: IngestRequest & { kind: "hub" }): void {
  if (hubs !== null) return port === null ? hubs.remove(name) : hubs.add(name, port);
  if (port === null) waiting.delete(name);
  else waiting.set(name, port);
}

async function attach({ port, market }: IngestRequest & { kind: "store" }): Promise<void> {
  const side = await running;
  if (side === null) return port.close();
  attachStore(side.run, port, market);
}

async function stop(): Promise<void> {
  const side = await running;
  await side?.stop();
  clearInterval(alive);
  reply({ kind: "stopped" });
  self.close();
}

function reply(message: IngestReply): void {
  self.postMessage(message);
}
