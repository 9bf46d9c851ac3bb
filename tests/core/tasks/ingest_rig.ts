import { vnSecondOfDay } from "../../../core/market/time.ts";
import { CHECKPOINT_BYTES, Checkpoints } from "../../../core/feed/checkpoint.ts";
import { type FileJournal, openJournal, SEGMENT_BYTES } from "../../../core/feed/journal.ts";
import { createLogger } from "../../../core/log.ts";
import type { BusMessage } from "../../../core/port/bus.ts";
import type { SimService } from "../../../core/sim/service.ts";
import { engineOptions, IngestRun } from "../../../core/tasks/ingest.ts";
import { stateTag } from "../../../core/tasks/state_tag.ts";
import { until } from "../sim/support/until.ts";
import { second } from "../sim/support/with_service.ts";

const clock = { nowMs: () => Date.now() };

export interface Rig {
  readonly run: IngestRun;
  readonly journal: FileJournal;
  readonly messages: BusMessage[];
}

/** The engine side as the worker wires it, over a journal folder and a running service. */
export async function rig(
  service: Pick<SimService, "url" | "streamUrl">,
  dir: string,
  epoch: string,
  everyBytes: number = CHECKPOINT_BYTES,
): Promise<Rig> {
  const journal = await openJournal({
    dir,
    maxBytes: 4 * SEGMENT_BYTES,
    segmentBytes: SEGMENT_BYTES,
    keepDates: 1,
    clock,
    log: () => {},
  });
  const messages: BusMessage[] = [];
  let epochs = 0;
  const run = new IngestRun({
    provider: "sim",
    isReplay: false,
    baseUrl: service.url,
    streamUrl: service.streamUrl,
    consumerId: "demo",
    consumerSecret: "demo",
    classifier: "feed",
    spikeMinVnd: 0,
    futuresOverride: [],
    extraSymbols: ["ACB"],
    carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.1 },
  }, {
    bus: { dropped: 0, publish: (message) => messages.push(message) },
    journal,
    checkpoints: new Checkpoints({
      dir,
      tag: stateTag(engineOptions({ classifier: "feed", spikeMinVnd: 0 })),
      journal,
      everyBytes,
      nowMs: () => performance.now(),
      log: () => {},
    }),
    clock,
    random: Math.random,
    newEpoch: () => `${epoch}-${epochs++}`,
    log: createLogger({ level: "error", nowMs: clock.nowMs, write: () => {} }),
  });
  return { run, journal, messages };
}

export async function end({ run, journal }: Rig): Promise<void> {
  await run.stop();
  await journal.close();
}

/** Resolves when the engine has reached a time of a trading date. */
export async function reached({ run }: Rig, date: string, time: string): Promise<void> {
  await until(() => {
    const { asOfMs, tradingDate } = run.engine.market;
    return tradingDate === date && asOfMs !== null && vnSecondOfDay(asOfMs) >= second(time);
  }, `${date} ${time}`);
}
