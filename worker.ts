import { PortPublisher } from "./core/bus/message_port.ts";
import { createLogger } from "./core/log.ts";
import { attachStore, type IngestSide, openIngestSide } from "./core/tasks/ingest_side.ts";
import type { IngestReply, IngestRequest } from "./core/tasks/worker_messages.ts";

// Entry of the ingest worker: feed, journal and engine, away from the thread that serves pages.
const ALIVE_MS = 1_000;

let running: Promise<IngestSide | null> = Promise.resolve(null);
const alive = setInterval(() => reply({ kind: "alive" }), ALIVE_MS);

self.addEventListener("message", ({ data }: MessageEvent<IngestRequest | string>) => {
  if (typeof data === "string") return;
  if (data.kind === "start") running = start(data);
  else if (data.kind === "store") void attach(data);
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
      bus: (snapshot) => new PortPublisher(self, snapshot),
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
