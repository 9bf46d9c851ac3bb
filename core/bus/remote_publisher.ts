import type { Logger } from "../log.ts";
import type { BusMessage, BusPublisher } from "../port/bus.ts";
import { type Broker, KEPT, type Place } from "./broker.ts";
import { beatText, messageText, reloadText } from "./envelope.ts";
import { AHEAD_CHARS_MAX, AHEAD_MAX } from "./message_port.ts";
import { SnapshotWriter } from "./snapshot_writer.ts";

/** A publisher that lives says so this often; who comes back from an outage waits for that. */
const BEAT_MS = 250;
/**
 * Least time between two saves of a snapshot while something changes, and the most of it that may go
 * into saving: the copy of all rows holds the engine up for some milliseconds. What comes between two
 * saves the broker keeps.
 */
const SAVE_MS = 5_000;
const SAVE_SHARE = 0.05;

export interface RemotePublisherDeps {
  readonly broker: Broker;
  /** The term under which this process may speak at this moment; null when it may not. */
  readonly term: () => number | null;
  /** Everything, as one message of kind `snapshot`. */
  readonly snapshot: () => BusMessage;
  /** A clock that only goes forward. */
  readonly nowMs: () => number;
  readonly log: Logger;
}

/**
 * The engine's end of a bus between machines. What cannot be sent is left out and counted; a marker
 * for a snapshot then takes its place, as it does for every message that says everything.
 */
export class RemotePublisher implements BusPublisher {
  readonly #deps: RemotePublisherDeps;
  readonly #writer: SnapshotWriter;
  readonly #forget: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #place: Place = { term: 0, n: 0 };
  #isBehind = true;
  /** A server that was started again is made ready first. */
  #isPreparing = false;
  #ahead = { messages: 0, chars: 0 };
  #flushing: Promise<void> | null = null;
  /** Number that the newest snapshot holds everything up to. */
  #savedN = 0;
  #isChanged = false;
  #saving: Promise<void> | null = null;
  #isSaveDue = false;
  #saveAgainMs = -Infinity;
  readonly #counters = { sent: 0, saves: 0, failures: 0, fenced: 0, saveMs: 0 };
  #isClosed = false;
  dropped = 0;

  constructor(deps: RemotePublisherDeps) {
    this.#deps = deps;
    this.#writer = new SnapshotWriter(deps.broker.keys, deps.nowMs);
    this.#timer = setInterval(() => this.tick(), BEAT_MS);
    this.#forget = deps.broker.onReconnect(() => void this.#comeBack());
  }

  publish(message: BusMessage): void {
    const term = this.#mayBeSent();
    if (term === null) {
      this.#isBehind = true;
      this.dropped++;
      return;
    }
    this.#isChanged ||= message.k !== "metrics";
    if (this.#isBehind || term !== this.#place.term || message.k === "snapshot") {
      // Figures are told again in a second; everything else is in the snapshot.
      return this.#sendReload(term);
    }
    const place = this.#next(term);
    const text = messageText(place, message);
    // Bytes are counted only where characters could make too many.
    const { bytesMax } = this.#deps.broker;
    if (text.length * 3 > bytesMax && new TextEncoder().encode(text).length > bytesMax) {
      return this.#sendReload(term);
    }
    this.#send(place, text);
  }

  /** Speaks as soon as it may again, says that it lives, and saves; called by itself each BEAT_MS. */
  tick(): void {
    const term = this.#mayBeSent();
    if (term === null) return;
    if (this.#isBehind || term !== this.#place.term) this.#sendReload(term);
    this.#deps.broker.beat(beatText(this.#place, this.#savedN));
    if (this.#isChanged && this.#deps.nowMs() >= this.#saveAgainMs) this.#save();
  }

  /** Figures since start. */
  metrics(): Readonly<Record<string, number>> {
    const { sent, saves, failures, fenced, saveMs } = this.#counters;
    return {
      bus_sent_total: sent,
      bus_ahead_messages: this.#ahead.messages,
      bus_term: this.#place.term,
      bus_saves_total: saves,
      bus_save_failures_total: failures,
      bus_saves_fenced_total: fenced,
      bus_save_ms: Math.round(saveMs),
    };
  }

  /** Saves the last and speaks no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#forget();
    await this.#saving;
    if (this.#mayBeSent() !== null && this.#isChanged) this.#save();
    await this.#saving;
    await this.#flushing;
  }

  #mayBeSent(): number | null {
    const { messages, chars } = this.#ahead;
    const share = this.#isBehind ? 2 : 1;
    const isFull = messages >= AHEAD_MAX / share || chars >= AHEAD_CHARS_MAX / share;
    const isReady = this.#deps.broker.isConnected && !this.#isPreparing;
    return isReady && !isFull ? this.#deps.term() : null;
  }

  async #comeBack(): Promise<void> {
    this.#isBehind = true;
    if (this.#isPreparing) return;
    this.#isPreparing = true;
    try {
      await this.#deps.broker.prepare();
    } catch (error) {
      this.#deps.log.warn("bus_prepare_failed", { error });
    } finally {
      this.#isPreparing = false;
    }
    if (!this.#isClosed) this.tick();
  }

  #next(term: number): Place {
    return this.#place = { term, n: term === this.#place.term ? this.#place.n + 1 : 1 };
  }

  #sendReload(term: number): void {
    if (term !== this.#place.term) this.#savedN = 0;
    if (this.#isBehind) this.#writer.forget();
    this.#isBehind = false;
    const place = this.#next(term);
    this.#send(place, reloadText(place));
    this.#isChanged = true;
    this.#save();
  }

  #send(place: Place, text: string): void {
    this.#counters.sent++;
    this.#ahead.messages++;
    this.#ahead.chars += text.length;
    this.#deps.broker.send(place, text);
    this.#flushing ??= this.#flush();
  }

  /** One question at a time whether the server has what was sent: no more than AHEAD is ever out. */
  async #flush(): Promise<void> {
    try {
      // Messages of this turn of the event loop share the question.
      await Promise.resolve();
      while (this.#ahead.messages > 0) {
        const { messages, chars } = this.#ahead;
        await this.#deps.broker.flush();
        this.#ahead = {
          messages: this.#ahead.messages - messages,
          chars: this.#ahead.chars - chars,
        };
      }
    } catch (error) {
      this.#deps.log.debug("bus_flush_failed", { error });
      // Of what was on the way nobody knows; a snapshot makes that good.
      this.#isBehind = true;
      this.#ahead = { messages: 0, chars: 0 };
    } finally {
      this.#flushing = null;
    }
  }

  #save(): void {
    this.#isSaveDue = true;
    this.#saving ??= this.#saveAll().finally(() => this.#saving = null);
  }

  async #saveAll(): Promise<void> {
    while (this.#isSaveDue) {
      this.#isSaveDue = false;
      const startMs = this.#deps.nowMs();
      try {
        await this.#saveOnce();
      } catch (error) {
        this.#counters.failures++;
        this.#writer.forget();
        this.#deps.log.warn("bus_save_failed", { error });
      }
      const endMs = this.#deps.nowMs();
      this.#counters.saveMs = endMs - startMs;
      const restMs = (endMs - startMs) / SAVE_SHARE;
      // Never so rarely that the broker no longer keeps what came behind the last one.
      this.#saveAgainMs = endMs + Math.min(Math.max(SAVE_MS, restMs), KEPT.ms / 2);
    }
  }

  async #saveOnce(): Promise<void> {
    // It may publish what it finds; what is numbered so far is in it.
    const snapshot = this.#deps.snapshot();
    if (snapshot.k !== "snapshot") throw new TypeError(`Cannot save a ${snapshot.k}`);
    const place = this.#place;
    this.#isChanged = false;
    if (!await this.#writer.save(place, snapshot)) {
      this.#counters.fenced++;
      this.#isChanged = true;
      this.#deps.log.warn("bus_save_fenced", { term: place.term });
      return;
    }
    this.#counters.saves++;
    if (place.term !== this.#place.term || this.#mayBeSent() === null) return;
    this.#savedN = place.n;
    this.#deps.broker.beat(beatText(this.#place, this.#savedN));
  }
}
