import { openStore, type PostgresStore } from "../../db/store.ts";
import { createLogger } from "../log.ts";
import { openStartFiller } from "./backfill/open_filler.ts";
import type { StartFiller } from "./backfill/start_filler.ts";
import { feedLog } from "./feed_log.ts";
import type { StoreMessage } from "./store_messages.ts";
import { storeHealth } from "./store_health.ts";
import { storeMetrics } from "./store_metrics.ts";
import { StoreUpkeep } from "./store_upkeep.ts";
import { StoreWriter } from "./store_writer.ts";
import {
  addressOf,
  type StoreReply,
  type StoreRequest,
  type StoreSettings,
} from "./store_worker_messages.ts";

// Entry of the store worker: the writer of history, away from the feed and from the pages.
const TELL_MS = 1_000;
/** Longest wait for the last rows of an engine side that stops as well. */
const LAST_ROWS_MS = 1_000;

interface Running {
  readonly database: PostgresStore;
  readonly filler: StartFiller | null;
  readonly writer: StoreWriter;
  readonly upkeep: StoreUpkeep;
}

let running: Running | null = null;
let feed: MessagePort | null = null;
/** The engine side has sent its last rows. */
let feedEnded = Promise.withResolvers<void>();
const telling = setInterval(tell, TELL_MS);

self.addEventListener("message", ({ data }: MessageEvent<StoreRequest>) => {
  if (data.kind === "start") running = start(data.settings);
  else if (data.kind === "feed") connect(data.port);
  else void stop();
});

function start(settings: StoreSettings): Running {
  const clock = { nowMs: () => Date.now() };
  const { address, backend, provider, poolMin, poolMax, journalDir, engine, retention } = settings;
  const log = createLogger({ level: settings.logLevel, ...clock }).bind({ part: "store" });
  const where = addressOf(address);
  const database = openStore({
    address: where,
    ...{ backend, provider, poolMin, poolMax, clock, log },
    onStatus({ state }) {
      if (state === "ready") running?.filler?.wake();
      tell();
    },
  });
  const filler = settings.backfill === null ? null : openStartFiller(settings.backfill, {
    ...{ address: where, provider, log },
    runningDay: () => writer.tradingDate,
  });
  const writer: StoreWriter = new StoreWriter({
    store: database,
    ...{ journalDir, engine, filler, log: feedLog(log) },
    nowMs: () => performance.now(),
  });
  const layout = () =>
    database.status.state === "ready" ? database.status.facts?.layout ?? null : null;
  const upkeep = new StoreUpkeep({ address: where, retention, layout, ...clock, log });
  return { database, filler, writer, upkeep };
}

function connect(port: MessagePort): void {
  const { writer } = running!;
  feed?.close();
  feed = port;
  feedEnded = Promise.withResolvers();
  writer.connect((answer) => port.postMessage(answer));
  port.onmessage = ({ data }: MessageEvent<StoreMessage>) =>
    data.kind === "end" ? feedEnded.resolve() : writer.take(data);
}

async function stop(): Promise<void> {
  await running?.filler?.close();
  // Their port is another one than that of the word to stop, and may be later.
  if (feed !== null) {
    const timer = setTimeout(feedEnded.resolve, LAST_ROWS_MS);
    await feedEnded.promise;
    clearTimeout(timer);
  }
  await running?.writer.end();
  await running?.upkeep.close();
  await running?.database.close();
  clearInterval(telling);
  reply({ kind: "stopped" });
  self.close();
}

function tell(): void {
  if (running === null) return reply({ kind: "alive" });
  const { database, filler, writer, upkeep } = running;
  const metrics = {
    ...storeMetrics(database, writer),
    ...upkeep.metrics(),
    ...filler?.metrics(),
  };
  reply({ kind: "store", health: storeHealth(database, writer, filler), metrics });
}

function reply(message: StoreReply): void {
  self.postMessage(message);
}
