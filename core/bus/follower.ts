import type { Logger } from "../log.ts";
import type { BusMessage } from "../port/bus.ts";
import type { FeedStatus } from "../wire/status.ts";
import { type Broker, KEPT, type Place } from "./broker.ts";
import { type Envelope, parseEnvelope } from "./envelope.ts";
import { Silence } from "./silence.ts";
import { readSnapshot } from "./snapshot_reader.ts";

/** Without a word from the publisher a failed step is tried again after this. */
const RETRY_MS = 1_000;
/** Held back while a snapshot is read: as much as the broker keeps, which bridges what is beyond. */
const HELD_MAX = KEPT.messages;
const HELD_CHARS_MAX = 32 * 1_024 * 1_024;

export interface FollowerDeps {
  readonly broker: Broker;
  readonly clock: { nowMs(): number };
  readonly log: Logger;
  readonly onMessage: (message: BusMessage) => void;
}

export interface FollowerCounters {
  heard: number;
  malformed: number;
  /** Messages of a publisher that was replaced. */
  fenced: number;
  gaps: number;
  /** Gaps that kept messages bridged. */
  bridged: number;
  snapshots: number;
  failures: number;
  silences: number;
  /** Messages let go because too many came while a snapshot was read. */
  overflows: number;
}

type Step = "taken" | "gap" | "reload";

/**
 * Follows a publisher from a snapshot on: in order, without holes, and never one that was replaced.
 * What it misses it fetches from what the broker keeps, and when that is not enough it begins with
 * the newest snapshot again.
 */
export class Follower {
  readonly #deps: FollowerDeps;
  readonly counters: FollowerCounters;
  /** Everything up to here was handed on; null before the first snapshot. */
  #place: Place | null = null;
  #term = 0;
  /** The least place that the next snapshot must have; null while none is needed. */
  #wanted: Place | null = { term: 0, n: 0 };
  #isLive = false;
  #held: Envelope[] = [];
  #heldChars = 0;
  #wake = () => {};
  /** The newest state of the feed, as its publisher told it. */
  #told: { readonly epoch: string; readonly status: FeedStatus } | null = null;
  #isFailing = false;
  readonly #silence: Silence;
  #isClosed = false;
  #stopListening = () => {};

  constructor(deps: FollowerDeps, counters: FollowerCounters) {
    this.#deps = deps;
    this.counters = counters;
    this.#silence = new Silence(deps.clock, (isSilent) => this.#silenceChanged(isSilent));
    void this.#begin();
  }

  close(): void {
    this.#isClosed = true;
    this.#silence.close();
    this.#stopListening();
    this.#wake();
  }

  async #begin(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const stop = await this.#deps.broker.listen((text) => this.#take(text));
        if (this.#isClosed) return stop();
        this.#stopListening = stop;
        return await this.#catchUp();
      } catch (error) {
        this.#failed(error);
        await this.#word();
      }
    }
  }

  #take(text: string): void {
    if (this.#isClosed) return;
    const envelope = parseEnvelope(text);
    if (envelope === null) {
      this.counters.malformed++;
      return;
    }
    // After a silence nobody is left who could be fenced off: the broker may have forgotten the terms.
    if (envelope.term < this.#term && !this.#silence.isSilent) {
      this.counters.fenced++;
      return;
    }
    this.counters.heard++;
    this.#silence.heard();
    if (envelope.term !== this.#term) this.#follow(envelope.term);
    if (this.#isLive) {
      const step = this.#step(envelope);
      if (step === "taken" || this.#isClosed) return;
      this.#isLive = false;
      this.#hold(envelope);
      void this.#catchUp();
      return;
    }
    this.#hold(envelope);
    // Between two saves there is no news for who waits for a snapshot.
    if (envelope.kind === "beat" && envelope.savedN >= (this.#wanted?.n ?? 0)) this.#wake();
  }

  /** A publisher begins: what its predecessor had under way is over. */
  #follow(term: number): void {
    this.#term = term;
    this.#let();
    this.#wanted = { term, n: 1 };
    if (!this.#isLive) return;
    this.#isLive = false;
    void this.#catchUp();
  }

  #hold(envelope: Envelope): void {
    const chars = envelope.kind === "message" ? envelope.chars : 0;
    if (this.#held.length >= HELD_MAX || this.#heldChars + chars > HELD_CHARS_MAX) {
      this.counters.overflows += this.#held.length;
      this.#let();
    }
    this.#held.push(envelope);
    this.#heldChars += chars;
  }

  #let(): void {
    this.#held = [];
    this.#heldChars = 0;
  }

  /** Takes what follows the place; a beat tells of what should have come. */
  #step(envelope: Envelope): Step {
    const { term, n } = this.#place!;
    if (envelope.term !== term) return envelope.term < term ? "taken" : "gap";
    if (envelope.kind === "beat") return envelope.n > n ? "gap" : "taken";
    if (envelope.n <= n) return "taken";
    if (envelope.n > n + 1) return "gap";
    if (envelope.kind === "reload") return "reload";
    this.#place = { term, n: envelope.n };
    const message = this.#read(envelope);
    if (message !== null) this.#tell(message);
    return "taken";
  }

  /** Null for one that cannot be read: the hub sees the hole that it leaves and asks for a snapshot. */
  #read(envelope: Envelope & { kind: "message" }): BusMessage | null {
    try {
      return envelope.message();
    } catch (error) {
      this.counters.malformed++;
      this.#deps.log.error("bus_message_malformed", { error });
      return null;
    }
  }

  /** Reads and fetches until messages can be taken as they come. One at a time. */
  async #catchUp(): Promise<void> {
    while (!this.#isClosed && !this.#isLive) {
      try {
        if (this.#wanted !== null && !await this.#load(this.#wanted)) await this.#word();
        else await this.#bridge();
      } catch (error) {
        this.#failed(error);
        await this.#word();
      }
    }
  }

  /**
   * Begins with the newest snapshot and what the broker kept behind it, in one turn: clients that come
   * from another node are further on than the snapshot. False when it is not new enough yet.
   */
  async #load(wanted: Place): Promise<boolean> {
    const { broker } = this.#deps;
    const saved = await readSnapshot(broker.keys, wanted);
    if (saved === null) return false;
    const texts = await broker.kept(saved.place);
    // A publisher that came up meanwhile wants a snapshot of its own.
    if (this.#isClosed || wanted !== this.#wanted) return false;
    this.#wanted = null;
    this.#isFailing = false;
    this.#term = saved.place.term;
    this.#place = saved.place;
    this.counters.snapshots++;
    this.#tell(saved.snapshot);
    this.#takeKept(texts);
    return true;
  }

  /** Takes what is held, with what the broker kept in between; live when nothing is missing. */
  async #bridge(): Promise<void> {
    const first = this.#drain();
    if (first === "reload") return;
    this.#isLive = first === "taken";
    if (this.#isLive) return;
    this.counters.gaps++;
    const { term } = this.#place!;
    this.#takeKept(await this.#deps.broker.kept(this.#place!));
    if (this.#wanted !== null) return;
    const then = this.#drain();
    this.#isLive = then === "taken";
    if (this.#isLive) this.counters.bridged++;
    if (then === "gap") this.#want({ term, n: this.#place!.n + 1 });
  }

  #takeKept(texts: readonly string[]): void {
    const { term } = this.#place!;
    for (const text of texts) {
      if (this.#isClosed || this.#wanted !== null) return;
      const envelope = parseEnvelope(text);
      if (envelope === null || envelope.term !== term) continue;
      const step = this.#step(envelope);
      if (step === "reload") this.#want(envelope);
      if (step !== "taken") return;
    }
  }

  #drain(): Step {
    for (let at = 0; at < this.#held.length && !this.#isClosed; at++) {
      const envelope = this.#held[at]!;
      const step = this.#step(envelope);
      if (step === "taken") continue;
      if (step === "reload") this.#want(envelope);
      this.#held.splice(0, at);
      return step;
    }
    this.#let();
    return "taken";
  }

  #want({ term, n }: Place): void {
    this.#wanted = { term, n };
  }

  #tell(message: BusMessage): void {
    if (message.k !== "snapshot" && message.k !== "status") return this.#deps.onMessage(message);
    this.#told = message;
    this.#deps.onMessage({ ...message, status: this.#silence.statusNow(message.status) });
  }

  #silenceChanged(isSilent: boolean): void {
    if (isSilent) {
      this.counters.silences++;
      this.#deps.log.warn("bus_publisher_silent");
    }
    if (this.#told === null) return;
    const { epoch, status } = this.#told;
    this.#deps.onMessage({ k: "status", epoch, status: this.#silence.statusNow(status) });
  }

  /** The next word of the publisher, or some time. */
  async #word(): Promise<void> {
    if (this.#isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, RETRY_MS);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    this.#wake = () => {};
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    this.counters.failures++;
    // An outage fails again and again, and is one event.
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#deps.log.warn("bus_catch_up_failed", { error });
  }
}
