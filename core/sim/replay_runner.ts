import { createIngest, type Ingest, ingestFrame } from "../engine/ingest.ts";
import { ROWS_MAX } from "../hub/limits.ts";
import type { Logger } from "../log.ts";
import type { Clock } from "../port/clock.ts";
import type { JournalRecord } from "../port/journal.ts";
import type { MarketHub } from "./hub.ts";
import { Pace, type PaceStats } from "./pace.ts";
import { relayedFrame } from "./relayed_frame.ts";
import type { MarketFacts, MarketSource } from "./source.ts";

/** Recorded time per real time, or as fast as the sockets take it. */
export type ReplaySpeed = number | "max";

export interface ReplayOptions {
  readonly facts: MarketFacts;
  /** The journal of the day. */
  readonly records: AsyncIterable<JournalRecord>;
  readonly speed: ReplaySpeed;
  /** Exchange time, Unix ms, up to which all is sent at full speed; null paces from the start. */
  readonly seekMs: number | null;
  readonly clock: Clock;
  readonly sink: Pick<MarketHub, "hasListener" | "congested" | "relay">;
  readonly log: Logger;
}

/** What a replay has done. */
export interface ReplayStats extends PaceStats {
  readonly state: "seeking" | "running" | "ended";
  /** Frames sent, and texts of the journal that are not for the wire. */
  readonly relayed: number;
  readonly withheld: number;
}

/** Work without a look at the sockets and their requests. */
const SLICE_MS = 12;
/** How often is looked for somebody who listens. */
const LISTENER_WAIT_MS = 20;

/**
 * Sends a recorded day once: each frame when its time has come, and never to nobody. At the end the
 * stream stays open.
 */
export class ReplayRunner implements MarketSource {
  /** The recording holds what the hub showed whom it served. */
  readonly cache = null;
  readonly #options: ReplayOptions;
  readonly #pace: Pace;
  /** An engine that says which exchange time is to be believed; null once the seek is over. */
  #probe: Ingest | null;
  /** The pace starts anew at the next frame: at the first one, and when somebody listens again. */
  #isAnchored = false;
  #sliceEndMs = -Infinity;
  #hasEnded = false;
  #stopped = false;
  #relayed = 0;
  #withheld = 0;
  #wake: () => void = () => {};

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#pace = new Pace(options.speed, options.clock);
    const engine = { classifier: "feed", symbolsMax: ROWS_MAX } as const;
    this.#probe = options.seekMs === null ? null : createIngest(engine);
  }

  get facts(): MarketFacts {
    return this.#options.facts;
  }

  stats(): ReplayStats {
    return {
      state: this.#hasEnded ? "ended" : this.#probe === null ? "running" : "seeking",
      relayed: this.#relayed,
      withheld: this.#withheld,
      ...this.#pace.stats(),
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Runs until stopped; rejects when the journal cannot be read. */
  async run(): Promise<void> {
    for await (const { receivedMs, frame } of this.#options.records) {
      const relayed = relayedFrame(frame);
      if (relayed !== null) await this.#turn(receivedMs);
      if (this.#stopped) return;
      if (relayed === null) {
        this.#withheld++;
        continue;
      }
      this.#options.sink.relay(relayed.text, relayed.messages);
      this.#relayed++;
      this.#seek(frame);
    }
    this.#end();
    while (!this.#stopped) await this.#sleep(null);
  }

  /** Waits until a frame is due, somebody listens and the sockets can take it, or for the stop. */
  async #turn(receivedMs: number): Promise<void> {
    const { sink, clock } = this.#options;
    while (!this.#stopped) {
      if (!sink.hasListener) {
        this.#isAnchored = false;
        await this.#sleep(LISTENER_WAIT_MS);
      } else if (sink.congested()) await this.#sleep(1);
      else if (!this.#isDue(receivedMs)) await this.#sleep(this.#pace.waitMs(receivedMs));
      else if (clock.nowMs() < this.#sliceEndMs) return;
      else {
        await this.#sleep(0);
        this.#sliceEndMs = clock.nowMs() + SLICE_MS;
      }
    }
  }

  #isDue(receivedMs: number): boolean {
    if (this.#probe !== null) return true;
    if (!this.#isAnchored) this.#pace.startAt(receivedMs);
    this.#isAnchored = true;
    return receivedMs <= this.#pace.dueMs(receivedMs);
  }

  /** Looks whether the day has reached the time from which on it is paced. */
  #seek(frame: string): void {
    if (this.#probe === null) return;
    ingestFrame(this.#probe, frame);
    const { asOfMs } = this.#probe.engine.market;
    if (asOfMs === null || asOfMs < this.#options.seekMs!) return;
    this.#probe = null;
    this.#options.log.info("replay_seek_reached", { frames: this.#relayed });
  }

  #end(): void {
    const { log } = this.#options;
    if (this.#probe !== null) log.warn("replay_seek_missed", { reason: "the day ended before it" });
    this.#probe = null;
    this.#hasEnded = true;
    const figures = { frames: this.#relayed, withheld: this.#withheld };
    log.info("replay_ended", { ...figures, stream: "stays open and quiet" });
  }

  /** Waits for a time, or for the stop; null waits for that alone. */
  async #sleep(ms: number | null): Promise<void> {
    if (this.#stopped) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (ms !== null) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }
}
