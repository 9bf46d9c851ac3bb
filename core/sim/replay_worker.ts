import { readDay } from "../feed/journal_reader.ts";
import { createLogger } from "../log.ts";
import { recordedFacts } from "./recorded_facts.ts";
import { startReplayService } from "./replay_service.ts";
import type {
  ReplayWorkerOptions,
  ReplayWorkerRequest,
  SimWorkerReply,
} from "./worker_messages.ts";

// Entry of a Web Worker that serves one recorded day.
let starting: ReturnType<typeof start> | null = null;

self.onmessage = ({ data }: MessageEvent<ReplayWorkerRequest>) => {
  if (data.kind === "start") starting = start(data.options);
  else void stop();
};

async function start({ dir, listing, logLevel, ...options }: ReplayWorkerOptions) {
  const clock = { nowMs: () => Date.now() };
  const log = createLogger({ level: logLevel, nowMs: clock.nowMs }).bind({ part: "replay" });
  const records = readDay(dir, listing.date, {
    onDamage: ({ number }, damage) => log.warn("journal_damage_found", { segment: number, damage }),
  });
  try {
    const facts = recordedFacts(listing);
    const service = await startReplayService({ ...options, records, facts, clock, log });
    reply({ kind: "ready", url: service.url, date: listing.date });
    return service;
  } catch (error) {
    reply({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    self.close();
    return null;
  }
}

async function stop(): Promise<void> {
  const service = await starting;
  await service?.close();
  reply({ kind: "closed" });
  self.close();
}

function reply(message: SimWorkerReply): void {
  self.postMessage(message);
}
