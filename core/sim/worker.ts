import { createLogger } from "../log.ts";
import { type SimService, startSimService } from "./service.ts";
import type { SimWorkerReply, SimWorkerRequest } from "./worker_messages.ts";

// Entry of a Web Worker that holds one simulated service. Requests are handled in order: `close`
// that arrives while the service starts waits for it.
let service: SimService | null = null;
let queue = Promise.resolve();

self.onmessage = (event: MessageEvent<SimWorkerRequest>) => {
  queue = queue.then(() => handle(event.data));
};

async function handle(request: SimWorkerRequest): Promise<void> {
  if (request.kind === "start") return await start(request);
  if (service === null) return fail(`Cannot ${request.kind}: the service has not started`);
  switch (request.kind) {
    case "dropSockets":
      return service.dropSockets();
    case "mute":
      return service.mute(request.mode);
    case "revokeTokens":
      return service.revokeTokens();
    case "setAuth":
      return service.setAuth(request.mode);
    case "pause":
      return service.pause();
    case "resume":
      return service.resume();
    case "stats":
      return reply({ kind: "stats", stats: service.stats() });
    case "close":
      await service.close();
      reply({ kind: "closed" });
      self.close();
  }
}

async function start(
  { options, logLevel }: SimWorkerRequest & { kind: "start" },
): Promise<void> {
  const log = createLogger({ level: logLevel, nowMs: () => Date.now(), bind: { part: "sim" } });
  try {
    service = await startSimService({ ...options, log });
    reply({ kind: "ready", url: service.url, date: service.date() });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(message: string): void {
  reply({ kind: "failed", message });
  self.close();
}

function reply(message: SimWorkerReply): void {
  self.postMessage(message);
}
