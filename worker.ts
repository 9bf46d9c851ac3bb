import { PortPublisher } from "./core/bus/message_port.ts";
import { CHECKPOINT_BYTES, Checkpoints } from "./core/feed/checkpoint.ts";
import { type FileJournal, openJournal, SEGMENT_BYTES } from "./core/feed/journal.ts";
import { createLogger } from "./core/log.ts";
import { feedLog } from "./core/tasks/feed_log.ts";
import { engineOptions, IngestRun } from "./core/tasks/ingest.ts";
import { stateTag } from "./core/tasks/state_tag.ts";
import type { IngestReply, IngestRequest } from "./core/tasks/worker_messages.ts";

// Entry of the ingest worker: feed, journal and engine, away from the thread that serves pages.
const ALIVE_MS = 1_000;

interface Running {
  readonly run: IngestRun;
  readonly journal: FileJournal;
}

let running: Promise<Running | null> = Promise.resolve(null);
const alive = setInterval(() => reply({ kind: "alive" }), ALIVE_MS);

self.addEventListener("message", ({ data }: MessageEvent<IngestRequest | string>) => {
  if (typeof data === "string") return;
  if (data.kind === "start") running = start(data);
  else void stop();
});

async function start(
  { settings, journal: where }: IngestRequest & { kind: "start" },
): Promise<Running | null> {
  const clock = { nowMs: () => Date.now() };
  const log = createLogger({ level: where.logLevel, nowMs: clock.nowMs }).bind({ part: "ingest" });
  let journal: FileJournal;
  try {
    journal = await openJournal({
      dir: where.dir,
      maxBytes: where.bytesMax,
      segmentBytes: SEGMENT_BYTES,
      keepDates: where.datesMax,
      clock,
      log: feedLog(log),
    });
  } catch (error) {
    reply({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    return null;
  }
  if (where.isFresh) journal.wipe();
  const start = crypto.randomUUID().slice(0, 8);
  let epochs = 0;
  const bus: PortPublisher = new PortPublisher(self, () => run.snapshot());
  const run: IngestRun = new IngestRun(settings, {
    bus,
    journal,
    checkpoints: new Checkpoints({
      dir: where.dir,
      tag: stateTag(engineOptions(settings)),
      journal,
      everyBytes: CHECKPOINT_BYTES,
      nowMs: () => performance.now(),
      log: feedLog(log),
    }),
    clock,
    random: Math.random,
    newEpoch: () => `${start}-${epochs++}`,
    log,
  });
  await run.recover();
  run.start();
  return { run, journal };
}

async function stop(): Promise<void> {
  const now = await running;
  await now?.run.stop();
  await now?.journal.close();
  clearInterval(alive);
  reply({ kind: "stopped" });
  self.close();
}

function reply(message: IngestReply): void {
  self.postMessage(message);
}
