import type { Config } from "../config.ts";
import type { ReplayWorkerOptions, SimWorkerRequest } from "../sim/worker_messages.ts";
import { engineOptions, type IngestSettings } from "./ingest.ts";
import type { OwnServicePlan } from "./own_service.ts";
import type { TravelSettings } from "./travel/travel_messages.ts";
import type { JournalSettings } from "./worker_messages.ts";

/** Where the engine side takes its data from, and where it records them. */
export interface DataSource {
  readonly provider: "ssi" | "sim";
  /** A recorded day is played again. */
  readonly isReplay: boolean;
  /** The service that we run ourselves, whose market begins with us; null when it runs elsewhere. */
  readonly service: OwnServicePlan | null;
  /** Folder of its journal. */
  readonly journalDir: string;
  readonly futuresOverride: readonly string[];
  readonly extraSymbols: readonly string[];
}

/** A recorded day to be served in place of the feed. */
export interface Replay extends Omit<ReplayWorkerOptions, "port" | "logLevel"> {
  readonly provider: "ssi" | "sim";
  /** Futures and further securities that the recording followed. */
  readonly futures: readonly string[];
  readonly extraSymbols: readonly string[];
}

/** Folder of the journal of a provider. */
export function journalDirOf({ data }: Config, provider: "ssi" | "sim"): string {
  return `${data.dir}/${provider}/journal`;
}

/** What the settings say: SSI, a simulated service elsewhere, or our own. */
export function configuredSource(config: Config): DataSource {
  const { source, provider, futuresOverride, extraSymbols } = config.feed;
  return {
    provider,
    isReplay: false,
    service: source === "own-sim" ? simulatedExchange(config) : null,
    journalDir: journalDirOf(config, provider),
    futuresOverride,
    extraSymbols,
  };
}

/** A recorded day; what is received of it goes to a folder of its own. */
export function replaySource(config: Config, replay: Replay): DataSource {
  const { provider, futures, extraSymbols, ...day } = replay;
  const startOn = (port: number) => ({
    kind: "start",
    options: { ...day, port, logLevel: config.logLevel } satisfies ReplayWorkerOptions,
  });
  return {
    provider,
    isReplay: true,
    service: {
      name: "replay",
      world: "replay",
      worker: new URL("../sim/replay_worker.ts", import.meta.url),
      port: 0,
      hint: "DATA_DIR",
      startOn,
    },
    journalDir: `${config.data.dir}/replay/journal`,
    // Our clock lists the futures of today, not those of the recorded day.
    futuresOverride: futures,
    extraSymbols: [...new Set([...extraSymbols, ...config.feed.extraSymbols])],
  };
}

/** How the engine side is set up on a source; `url` is that of our own service, if there is one. */
export function ingestSettings(
  { feed }: Config,
  source: DataSource,
  url: string | null,
): IngestSettings {
  const { classifier, spikeMinVnd, carry } = feed;
  const { provider, isReplay, futuresOverride, extraSymbols } = source;
  // A simulated service elsewhere takes the same pair as our own when no key is set.
  const key = url !== null || feed.credentials === null
    ? { consumerId: "demo", consumerSecret: "demo" }
    : { consumerId: feed.credentials.id, consumerSecret: feed.credentials.secret.reveal() };
  return {
    ...{ provider, isReplay, futuresOverride, extraSymbols, classifier, spikeMinVnd, carry },
    baseUrl: url ?? feed.baseUrl,
    streamUrl: url ?? feed.streamUrl,
    ...key,
  };
}

/** Where and how much of a source is recorded; `isFresh` when its market began anew. */
export function journalSettings(
  { data, logLevel }: Config,
  { provider, isReplay, journalDir }: DataSource,
  isFresh: boolean,
): JournalSettings {
  const datesMax = provider === "ssi" && !isReplay ? null : 1;
  return { dir: journalDir, bytesMax: data.journalBytesMax, datesMax, isFresh, logLevel };
}

/** How earlier minutes of what a source recorded are looked at. */
export function travelSettings(
  { feed, logLevel }: Config,
  { provider, journalDir, extraSymbols }: DataSource,
): TravelSettings {
  const { carry } = feed;
  const moment = { provider, extraSymbols, carry };
  return { dir: journalDir, engine: engineOptions(feed), moment, logLevel };
}

function simulatedExchange({ sim, logLevel }: Config): OwnServicePlan {
  return {
    name: "simulated exchange",
    world: `${sim.seed}-${sim.scenario}`,
    worker: new URL("../sim/worker.ts", import.meta.url),
    port: sim.port,
    hint: "SIM_PORT",
    startOn: (port) => {
      return { kind: "start", options: { ...sim, port }, logLevel } satisfies SimWorkerRequest;
    },
  };
}
