import { openStore, type PostgresStore } from "../../db/store.ts";
import { createLogger } from "../log.ts";
import { feedLog } from "./feed_log.ts";
import type { StoreMessage } from "./store_messages.ts";
import { storeMetrics } from "./store_metrics.ts";
import { StoreWriter } from "./store_writer.ts";
import {
  addressOf,
  type StoreReply,
  type StoreRequest,
  type StoreSettings,
} from "./store_worker_messages.ts";

// Entry of the store worker: the writer of history, away from the feed and from the pages.
const TELL_MS = 1_000;

interface Running {
  readonly database: PostgresStore;
  readonly writer: StoreWriter;
}

let running: Running | null = null;
let feed: MessagePort | null = null;
const telling = setInterval(tell, TELL_MS);

self.addEventListener("message", ({ data }: MessageEvent<StoreRequest>) => {
  if (data.kind === "start") running = start(data.settings);
  else if (data.kind === "feed") connect(data.port);
  else void stop();
});

function start(settings: StoreSettings): Running {
  const clock = { nowMs: () => Date.now() };
  const { address, backend, provider, poolMin, poolMax, journalDir, engine } = settings;
  const log = createLogger({ level: settings.logLevel, ...clock }).bind({ part: "store" });
  const database = openStore({
    address: addressOf(address),
    ...{ backend, provider, poolMin, poolMax, clock, log },
    onStatus: tell,
  });
  const writer = new StoreWriter({
    store: database,
    ...{ journalDir, engine, log: feedLog(log) },
    nowMs: () => performance.now(),
  });
  return { database, writer };
}

function connect(port: MessagePort): void {
  const { writer } = running!;
  feed?.close();
  feed = port;
  writer.connect((answer) => port.postMessage(answer));
  port.onmessage = ({ data }: MessageEvent<StoreMessage>) => writer.take(data);
}

async function stop(): Promise<void> {
  await running?.writer.end();
  await running?.database.close();
  clearInterval(telling);
  reply({ kind: "stopped" });
  self.close();
}

function tell(): void {
  if (running === null) return reply({ kind: "alive" });
  const { database, writer } = running;
  reply({ kind: "store", health: database.status, metrics: storeMetrics(database, writer) });
}

function reply(message: StoreReply): void {
  self.postMessage(message);
}
