import type { CarryTerms } from "../analytics/fair_value.ts";
import type { Change } from "../engine/change.ts";
import { createIngest, type Ingest, ingestTransport } from "../engine/ingest.ts";
import type { EngineOptions, EngineState } from "../engine/state.ts";
import { step } from "../engine/step.ts";
import type { Checkpoints } from "../feed/checkpoint.ts";
import { type FeedHandle, type FeedState, startFeed } from "../feed/feed.ts";
import { staticUniverse, type Universe } from "../feed/startup.ts";
import { ROWS_MAX } from "../hub/limits.ts";
import type { Logger } from "../log.ts";
import type { OwnEvent } from "../market/event.ts";
import type { BusMessage, BusPublisher } from "../port/bus.ts";
import type { Clock } from "../port/clock.ts";
import type { Journal } from "../port/journal.ts";
import type { JournalPlace } from "../port/store.ts";
import { Secret } from "../secret.ts";
import type { TransportFrame } from "../ssi/frame.ts";
import { CheckpointKeeper } from "./checkpoint_keeper.ts";
import { feedLog } from "./feed_log.ts";
import { feedStatus, isMatching } from "./feed_status.ts";
import { ingestMetrics } from "./ingest_metrics.ts";
import { OwnEvents } from "./own_events.ts";
import { FrameRecorder } from "./recorder.ts";
import { realPacer } from "./pacer.ts";
import { PublishLoop } from "./publish_loop.ts";
import { recoverDay, type Recovery } from "./recovery.ts";
import { BATCH_MS, PENDING_ROWS_MAX, StoreOutlet } from "./store_outlet.ts";

/** How often counters leave for the hub, ms; they are the worker's sign of life too. */
const METRICS_MS = 1_000;
/** Every security that the engine knows has a row. */
const SYMBOLS_MAX = ROWS_MAX;
/** Everything the board needs, in one call; B adds nothing and X repeats the split channels. */
const CHANNELS = "F:ALL,X-TRADE:ALL,X-QUOTE:ALL,R:ALL,MI:ALL";

/** What the engine side needs to know; plain data, so that it can be posted to a worker. */
export interface IngestSettings {
  readonly provider: "ssi" | "sim";
  /** The provider's data are a recorded day that is played again. */
  readonly isReplay: boolean;
  readonly baseUrl: string;
  readonly streamUrl: string;
  readonly consumerId: string;
  readonly consumerSecret: string;
  readonly classifier: "feed" | "quote";
  readonly futuresOverride: readonly string[];
  readonly extraSymbols: readonly string[];
  /** Value in VND from which a trade can be a volume spike; 0 for any. */
  readonly spikeMinVnd: number;
  /** What the fair value of futures is computed with. */
  readonly carry: CarryTerms;
}

export interface IngestDeps {
  readonly bus: BusPublisher;
  readonly journal: Journal;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** A fresh name for an epoch, never given before. */
  readonly newEpoch: () => string;
  readonly log: Logger;
}

/** How the engine of a run is set up. */
export function engineOptions(
  { classifier, spikeMinVnd }: Pick<IngestSettings, "classifier" | "spikeMinVnd">,
): EngineOptions {
  return { classifier, spikeMinVnd, symbolsMax: SYMBOLS_MAX };
}

/** The engine side: feed → journal → engine → tables → bus, driven by what the feed says. */
export class IngestRun {
  readonly #settings: IngestSettings;
  readonly #deps: IngestDeps;
  readonly #ingest: Ingest;
  readonly #recorder: FrameRecorder;
  readonly #keeper: CheckpointKeeper;
  readonly #own: OwnEvents;
  readonly #publishing: PublishLoop;
  /** The way to the store; closed until a store is attached. */
  readonly store: StoreOutlet;
  #feed: FeedHandle | null = null;
  #feedState: FeedState;
  #universe: Universe;
  #metricsTimer: ReturnType<typeof setInterval> | null = null;
  #commitTimer: ReturnType<typeof setTimeout> | null = null;
  #storeTimer: ReturnType<typeof setInterval> | null = null;
  #recovery: Recovery | null = null;

  constructor(settings: IngestSettings, deps: IngestDeps) {
    this.#settings = settings;
    this.#deps = deps;
    const nowMs = deps.clock.nowMs();
    this.#ingest = createIngest(engineOptions(settings));
    this.#recorder = new FrameRecorder(deps.journal, () => this.#ingest.engine.reference);
    this.#keeper = new CheckpointKeeper({
      ...deps,
      ingest: this.#ingest,
      recorder: this.#recorder,
    });
    this.#own = new OwnEvents({
      ...settings,
      ingest: this.#ingest,
      emit: (event) => this.#event(event),
    });
    const reason = "the journal of the day is being read";
    this.#feedState = { state: "connecting", reason, sinceMs: nowMs };
    this.#universe = staticUniverse(settings, nowMs);
    const rows = { extraSymbols: settings.extraSymbols, carry: settings.carry };
    this.#publishing = new PublishLoop(this.#ingest.engine, rows, {
      bus: deps.bus,
      commit: () => {
        deps.journal.commit();
        this.#keeper.tick();
      },
      newEpoch: deps.newEpoch,
      status: () => this.#status(),
      timers: realPacer,
    });
    this.#publishing.rows.setUniverse(this.#universe);
    this.store = new StoreOutlet({
      engine: this.#ingest.engine,
      place: () => this.#journalPlace(),
      nowMs: () => realPacer.nowMs(),
      pendingRowsMax: PENDING_ROWS_MAX,
    });
  }

  /** Rebuilds the newest trading day from its newest checkpoint and the journal. */
  async recover(): Promise<void> {
    const note = this.#publishing.rows.note.bind(this.#publishing.rows);
    this.#recovery = await recoverDay(this.#ingest, { ...this.#deps, note });
    if (this.#recovery === null) return;
    this.#recorder.resume(this.#ingest.engine.market.tradingDate, this.#recovery.records);
    this.#keeper.resume(this.#recovery.replayedChars);
    this.#deps.log.info("day_recovered", { ...this.#recovery });
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
          this.store.feedState(state);
          this.#publishing.ask();
        },
        onUniverse: (universe) => {
          this.#universe = universe;
          this.#publishing.rows.setUniverse(universe);
          this.#own.universe(universe);
          this.#publishing.ask();
        },
        onReference: (event) => this.#own.reference(event),
        onNames: (names) => this.#publishing.names(names),
        isTrading: () => isMatching(this.#ingest.engine),
        tradingDate: () => this.#ingest.engine.market.tradingDate,
      },
      { clock, random, log: feedLog(log) },
    );
    this.#metricsTimer = setInterval(() => {
      this.#own.tick(clock.nowMs());
      this.#everySecond();
    }, METRICS_MS);
    this.#storeTimer = setInterval(() => this.store.flush(), BATCH_MS);
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
    if (this.#storeTimer !== null) clearInterval(this.#storeTimer);
    await this.#feed?.stop();
    // Only now can no frame ask for another commit; the last message commits what is left.
    if (this.#commitTimer !== null) clearTimeout(this.#commitTimer);
    this.#publishing.stop();
    this.store.end();
    await this.#keeper.end();
  }

  #frame(text: string, receivedMs: number, frame: TransportFrame): void {
    const cameMs = realPacer.nowMs();
    const changes = ingestTransport(this.#ingest, frame);
    this.#recorder.record(receivedMs, text, this.#ingest.engine.market.tradingDate);
    this.#tell(changes, cameMs);
  }

  /** Takes an event of ours as replay will: in its place among the frames. */
  #event(event: OwnEvent): void {
    const cameMs = realPacer.nowMs();
    const changes = step(this.#ingest.engine, event);
    const { tradingDate } = this.#ingest.engine.market;
    this.#recorder.recordOwn(this.#deps.clock.nowMs(), event, tradingDate);
    this.#tell(changes, cameMs);
  }

  #tell(changes: readonly Change[], cameMs: number): void {
    // One write per turn of the event loop: a burst shares it, and a kill loses only this turn.
    this.#commitTimer ??= setTimeout(() => {
      this.#commitTimer = null;
      this.#deps.journal.commit();
    }, 0);
    this.#publishing.frame(changes, cameMs);
    this.store.note(changes);
  }

  /** The place behind everything that the engine's day was made of, once the journal has it. */
  #journalPlace(): JournalPlace | null {
    const { journal } = this.#deps;
    const { tradingDate } = this.#ingest.engine.market;
    if (tradingDate === null) return null;
    journal.commit();
    const recovered = this.#recovery;
    const isUntouched = recovered?.date === tradingDate &&
      recovered.records === this.#recorder.records;
    return journal.position(tradingDate) ?? (isUntouched ? recovered.position : null);
  }

  /** The clock alone may change the phase of a board, and figures are the worker's sign of life. */
  #everySecond(): void {
    this.#publishing.ask();
    this.#deps.bus.publish({ k: "metrics", metrics: this.#metrics() });
  }

  #status() {
    return feedStatus(this.#ingest.engine, {
      provider: this.#settings.provider,
      isReplay: this.#settings.isReplay,
      feed: this.#feedState,
      universe: this.#universe,
      isRecorded: this.#deps.journal.stats().writable,
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
      ownEvents: this.#recorder.ownEvents,
      recovery: this.#recovery,
      checkpoints: this.#keeper.metrics(),
      indicesRefused: this.#publishing.rows.indicesRefused,
      rowsRefused: this.#publishing.rows.rowsRefused,
      publishing: this.#publishing.takeMetrics(),
      store: this.store.metrics(),
    });
  }
}
