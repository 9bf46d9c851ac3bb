import type { Change } from "../engine/change.ts";
import type { LastSession } from "../engine/last_session.ts";
import { certificateOf } from "../engine/session_view.ts";
import type { EngineState } from "../engine/state.ts";
import { Publisher } from "../hub/publisher.ts";
import type { BusMessage, BusPublisher } from "../port/bus.ts";
import type { NameEntry } from "../wire/names.ts";
import { type FeedStatus, statusKey } from "../wire/status.ts";
import { DelayHistogram } from "./delay_histogram.ts";
import { Pacer, type PacerDeps } from "./pacer.ts";
import { BoardRows, type RowSettings } from "./rows.ts";

/** Least time between two messages to the hub: 330 a second at most. */
export const PUBLISH_GAP_MS = 3;
/** Frames whose wait is measured one by one between two messages; further ones count as the last. */
const WAITING_MAX = 1_024;

export interface PublishDeps {
  readonly bus: BusPublisher;
  /** Makes sure that nothing is told which a crash could take back. */
  readonly commit: () => void;
  /** A fresh name for an epoch, never given before. */
  readonly newEpoch: () => string;
  readonly status: () => FeedStatus;
  readonly timers: PacerDeps;
}

/**
 * From changes of the engine to messages of the bus: soon after a frame, never without a change, and
 * never before the frame is in the journal.
 */
export class PublishLoop {
  readonly rows: BoardRows;
  readonly #engine: EngineState;
  readonly #deps: PublishDeps;
  readonly #publisher: Publisher;
  readonly #pacer: Pacer;
  readonly #delays = new DelayHistogram();
  /** When the frames came that no message has told of. */
  readonly #waiting: number[] = [];
  #waitingMore = 0;
  #statusKey = "";
  #toldSession: LastSession | null = null;
  #published = 0;

  constructor(engine: EngineState, settings: RowSettings, deps: PublishDeps) {
    this.#engine = engine;
    this.#deps = deps;
    this.#publisher = new Publisher({ epoch: deps.newEpoch(), status: deps.status() });
    this.rows = new BoardRows(engine, this.#publisher, settings);
    this.#pacer = new Pacer(PUBLISH_GAP_MS, () => this.#publish(), deps.timers);
  }

  /** Takes what one frame changed; `cameMs` is when it came, by the clock of the timers. */
  frame(changes: readonly Change[], cameMs: number): void {
    if (changes.length === 0) return;
    this.rows.note(changes);
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(cameMs);
    else this.#waitingMore++;
    this.#pacer.ask();
  }

  /** Tells names of securities; they are facts beside the rows and wait for no frame. */
  names(names: readonly NameEntry[]): void {
    if (names.length > 0) this.#deps.bus.publish(this.#publisher.names(names));
  }

  /** Something other than a frame may have news: the feed's state, the clock, the rows. */
  ask(): void {
    this.#pacer.ask();
  }

  /** Publishes what there is, at once. */
  flush(): void {
    this.#pacer.run();
  }

  /** Everything, for a hub that (re)subscribes. */
  snapshot(): BusMessage {
    this.#put();
    return this.#publisher.snapshot();
  }

  /** Publishes the last, and nothing from then on. */
  stop(): void {
    this.flush();
    this.#pacer.stop();
  }

  /** Figures since start; the quantiles are those since the last call. */
  takeMetrics(): Record<string, number> {
    return {
      published_messages_total: this.#published,
      published_trades_cut_total: this.#publisher.tradesCut,
      ...this.#delays.takeFigures("publish_delay_ms"),
    };
  }

  #publish(): void {
    const { bus, timers } = this.#deps;
    this.#put();
    const message = this.#publisher.tick(this.#engine.market.asOfMs);
    if (message !== null) {
      bus.publish(message);
      this.#published++;
      this.#measure(timers.nowMs());
    }
    this.#waiting.length = 0;
    this.#waitingMore = 0;
    this.#tellStatus();
  }

  /** Brings the publisher up to the engine; the journal is first. */
  #put(): void {
    this.#deps.commit();
    this.#tellSession();
    if (this.rows.needNewEpoch()) this.rows.startEpoch(this.#deps.newEpoch());
    this.rows.publishDirty();
  }

  #measure(nowMs: number): void {
    for (const cameMs of this.#waiting) this.#delays.add(nowMs - cameMs);
    for (let more = this.#waitingMore; more > 0; more--) {
      this.#delays.add(nowMs - this.#waiting.at(-1)!);
    }
  }

  /** Says that a session was archived, when there is one that was not said. */
  #tellSession(): void {
    const { lastSession } = this.#engine;
    if (lastSession === this.#toldSession || lastSession === null) return;
    this.#toldSession = lastSession;
    this.#deps.bus.publish(this.#publisher.session(certificateOf(lastSession)));
  }

  /** Says the feed's state when anything but its exchange time changed. */
  #tellStatus(): void {
    const status = this.#deps.status();
    const key = statusKey(status);
    if (key === this.#statusKey) return;
    this.#statusKey = key;
    this.#deps.bus.publish(this.#publisher.status(status));
  }
}
