import { createIngest, type Ingest, ingestFrame, ingestTransport } from "../engine/ingest.ts";
import type { EngineState } from "../engine/state.ts";
import { type FeedHandle, type FeedState, startFeed } from "../feed/feed.ts";
import { staticUniverse, type Universe } from "../feed/startup.ts";
import type { CarryTerms } from "../engine/derivative_view.ts";
import { ROWS_MAX } from "../hub/limits.ts";
import type { Logger } from "../log.ts";
import type { BusMessage, BusPublisher } from "../port/bus.ts";
import type { Clock } from "../port/clock.ts";
import type { Journal } from "../port/journal.ts";
import { Secret } from "../secret.ts";
import type { TransportFrame } from "../ssi/frame.ts";
import { feedLog } from "./feed_log.ts";
import { feedStatus, isMatching } from "./feed_status.ts";
import { ingestMetrics } from "./ingest_metrics.ts";
import { FrameRecorder } from "./recorder.ts";
import { realPacer } from "./pacer.ts";
import { PublishLoop } from "./publish_loop.ts";

/** How often counters leave for the hub, ms; they are the worker's sign of life too. */
const METRICS_MS = 1_000;
/** Every security that the engine knows has a row. */
const SYMBOLS_MAX = ROWS_MAX;
/** Everything the board needs, in one call; B adds nothing and X repeats the split channels. */
const CHANNELS = "F:ALL,X-TRADE:ALL,X-QUOTE:ALL,R:ALL,MI:ALL";

/** Terms of the fair value of a future. */
const CARRY_DEFAULT: CarryTerms = { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 };

/** What the engine side needs to know; plain data, so that it can be posted to a worker. */
export interface IngestSettings {
  readonly provider: "ssi" | "sim";
  readonly baseUrl: string;
  readonly streamUrl: string;
  readonly consumerId: string;
  readonly consumerSecret: string;
  readonly classifier: "feed" | "quote";
  readonly futuresOverride: readonly string[];
  readonly extraSymbols: readonly string[];
}

export interface IngestDeps {
  readonly bus: BusPublisher;
  readonly journal: Journal;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** A fresh name for an epoch, never given before. */
  readonly newEpoch: () => string;
  readonly log: Logger;
}

/** The engine side: feed → journal → engine → tables → bus, driven by what the feed says. */
export class IngestRun {
  readonly #settings: IngestSettings;
  readonly #deps: IngestDeps;
  readonly #ingest: Ingest;
  readonly #recorder: FrameRecorder;
  readonly #publishing: PublishLoop;
  #feed: FeedHandle | null = null;
  #feedState: FeedState;
  #universe: Universe;
  #metricsTimer: ReturnType<typeof setInterval> | null = null;
  #commitTimer: ReturnType<typeof setTimeout> | null = null;
  #recovered = 0;

  constructor(settings: IngestSettings, deps: IngestDeps) {
    this.#settings = settings;
    this.#deps = deps;
    const nowMs = deps.clock.nowMs();
    this.#ingest = createIngest({ classifier: settings.classifier, symbolsMax: SYMBOLS_MAX });
    this.#recorder = new FrameRecorder(deps.journal);
    const reason = "the journal of the day is being read";
    this.#feedState = { state: "connecting", reason, sinceMs: nowMs };
    this.#universe = staticUniverse(settings, nowMs);
    const rows = { extraSymbols: settings.extraSymbols, carry: CARRY_DEFAULT };
    this.#publishing = new PublishLoop(this.#ingest.engine, rows, {
      bus: deps.bus,
      commit: () => deps.journal.commit(),
      newEpoch: deps.newEpoch,
      status: () => this.#status(),
      timers: realPacer,
    });
    this.#publishing.rows.setUniverse(this.#universe);
  }

  /** Rebuilds the newest trading day from the journal, by the same step as live frames. */
  async recover(): Promise<void> {
    const date = (await this.#deps.journal.dates()).at(-1);
    if (date === undefined) return;
    const startedMs = this.#deps.clock.nowMs();
    for await (const { frame } of this.#deps.journal.read(date)) {
      this.#publishing.rows.note(ingestFrame(this.#ingest, frame));
      this.#recovered++;
    }
    const tookMs = this.#deps.clock.nowMs() - startedMs;
    this.#deps.log.info("day_recovered", { date, frames: this.#recovered, tookMs });
  }

  /** Connects, and publishes from now on. */
  start(): void {
    const { clock, random, log } = this.#deps;
    const { baseUrl, streamUrl, consumerId, consumerSecret, futuresOverride } = this.#settings;
    this.#feed = startFeed(
      {
        baseUrl,
        streamUrl,
        consumerId,
        consumerSecret: new Secret(consumerSecret),
        channels: CHANNELS,
        futuresOverride,
      },
      {
        onFrame: (text, receivedMs, frame) => this.#frame(text, receivedMs, frame),
        onState: (state) => {
          this.#feedState = state;
          this.#publishing.ask();
        },
        onUniverse: (universe) => {
          this.#universe = universe;
          this.#publishing.rows.setUniverse(universe);
          this.#publishing.ask();
        },
        isTrading: () => isMatching(this.#ingest.engine),
        tradingDate: () => this.#ingest.engine.market.tradingDate,
      },
      { clock, random, log: feedLog(log) },
    );
    this.#metricsTimer = setInterval(() => this.#everySecond(), METRICS_MS);
    this.#publishing.flush();
    this.#everySecond();
  }

  /** The state that frames have built; its hash is what two runs of one day share. */
  get engine(): EngineState {
    return this.#ingest.engine;
  }

  /** Everything, for a hub that (re)subscribes. */
  snapshot(): BusMessage {
    return this.#publishing.snapshot();
  }

  /** Ends the feed and publishes what is left; the journal stays open for its owner to close. */
  async stop(): Promise<void> {
    if (this.#metricsTimer !== null) clearInterval(this.#metricsTimer);
    await this.#feed?.stop();
    // Only now can no frame ask for another commit; the last message commits what is left.
    if (this.#commitTimer !== null) clearTimeout(this.#commitTimer);
    this.#publishing.stop();
  }

  #frame(text: string, receivedMs: number, frame: TransportFrame): void {
    const cameMs = realPacer.nowMs();
    const changes = ingestTransport(this.#ingest, frame);
    this.#recorder.record(receivedMs, text, this.#ingest.engine.market.tradingDate);
    // One write per turn of the event loop: a burst shares it, and a kill loses only this turn.
    this.#commitTimer ??= setTimeout(() => {
      this.#commitTimer = null;
      this.#deps.journal.commit();
    }, 0);
    this.#publishing.frame(changes, cameMs);
  }

  /** The clock alone may change the phase of a board, and figures are the worker's sign of life. */
  #everySecond(): void {
    this.#publishing.ask();
    this.#deps.bus.publish({ k: "metrics", metrics: this.#metrics() });
  }

  #status() {
    return feedStatus(this.#ingest.engine, {
      provider: this.#settings.provider,
      feed: this.#feedState,
      universe: this.#universe,
      nowMs: this.#deps.clock.nowMs(),
    });
  }

  #metrics(): Readonly<Record<string, number>> {
    return ingestMetrics({
      ingest: this.#ingest,
      feed: this.#feed?.stats() ?? null,
      journal: this.#deps.journal.stats(),
      busDropped: this.#deps.bus.dropped,
      undatedDropped: this.#recorder.dropped,
      recovered: this.#recovered,
      indicesRefused: this.#publishing.rows.indicesRefused,
      rowsRefused: this.#publishing.rows.rowsRefused,
      publishing: this.#publishing.takeMetrics(),
    });
  }
}
