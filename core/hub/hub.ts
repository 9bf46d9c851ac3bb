import type { BusMessage } from "../wire/bus_message.ts";
import { feedOut, marketSnapshot, type MarketView } from "../wire/snapshot.ts";
import { dataStatus, type FeedStatus } from "../wire/status.ts";
import { FLUSH_GAP_MS } from "./limits.ts";
import type { ClientLink } from "./link.ts";
import { PlainChannel } from "./plain.ts";
import { Replica } from "./replica.ts";
import { Stream } from "./stream.ts";

/** The two contracts a socket may speak. */
export type Contract = "v1" | "market";

/**
 * Holds the current view and serves it to every client. Pure: the shell calls `apply` with what the
 * bus brings, `tick` every `FLUSH_GAP_MS`, and hands in the clock each time.
 */
export class Hub {
  readonly #replica: Replica;
  readonly #stream: Stream;
  readonly #market: PlainChannel;
  #isDirty = false;
  #flushedMs = -Infinity;
  readonly #counters = { joined: 0, busMessages: 0, busGaps: 0, epochs: 0 };

  constructor(start: { status: FeedStatus; throttleMs: number }) {
    this.#replica = new Replica(start.status);
    this.#stream = new Stream(this.#replica);
    this.#market = new PlainChannel({
      payload: () => this.ready() ? JSON.stringify(marketSnapshot(this.view())) : null,
      status: () => JSON.stringify(plainStatus(this.#replica.status)),
    }, start.throttleMs);
  }

  /** Takes one message of the bus. After `gap` the shell subscribes again, for a snapshot. */
  apply(message: BusMessage, nowMs: number): "applied" | "ignored" | "gap" {
    this.#counters.busMessages++;
    const statusKey = this.#replica.statusKey;
    const applied = this.#replica.apply(message);
    if (applied === "ignored") return "ignored";
    if (applied === "gap") {
      this.#counters.busGaps++;
      return "gap";
    }
    if (applied === "reset") this.#counters.epochs++;
    const isData = applied !== "told";
    if (isData) this.#stream.changed(applied === "reset");
    this.#tell({ isData, isNews: this.#replica.statusKey !== statusKey }, nowMs);
    return "applied";
  }

  /** The engine side is gone: what is shown from now on is old, and says so. */
  markStale(reason: string, nowMs: number): void {
    const { status } = this.#replica;
    if (status.state === "stale" && status.reason === reason) return;
    this.#replica.status = { ...status, state: "stale", reason, sinceMs: nowMs };
    this.#tell({ isData: false, isNews: true }, nowMs);
  }

  view(): MarketView {
    return this.#replica.view();
  }

  /** Whether a first snapshot of the engine side has arrived. */
  ready(): boolean {
    return this.#replica.epoch !== "";
  }

  /** Clients at this moment. */
  get links(): number {
    return this.#stream.links + this.#market.links;
  }

  join(link: ClientLink, contract: Contract, nowMs: number): void {
    this.#counters.joined++;
    this.#side(contract).join(link, nowMs);
  }

  /** Takes one text message of a client. */
  receive(link: ClientLink, contract: Contract, text: string, nowMs: number): void {
    this.#side(contract).receive(link, text, nowMs);
  }

  /** Forgets a client; calling it again, or after the hub closed the link, does nothing. */
  leave(link: ClientLink, contract: Contract): void {
    this.#side(contract).leave(link);
  }

  /** Deadlines, heartbeats, throttled and skipped data. */
  tick(nowMs: number): void {
    this.#flushWhenDue(nowMs);
    this.#stream.tick(nowMs);
    this.#market.tick(nowMs);
  }

  /** Says good-bye to every client and closes it; `afterMs` gives each its wait before it returns. */
  closeAll(afterMs: () => number): void {
    this.#stream.closeAll(afterMs);
    this.#market.closeAll();
  }

  /** Figures since start; names end in their unit or in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    const { counters: v1, frames } = this.#stream;
    const { counters: plain } = this.#market;
    return {
      hub_links_v1: this.#stream.links,
      hub_links_market: this.#market.links,
      hub_joined_total: this.#counters.joined,
      hub_bus_messages_total: this.#counters.busMessages,
      hub_bus_gaps_total: this.#counters.busGaps,
      hub_epochs_total: this.#counters.epochs,
      hub_frames_built_total: frames.built + plain.built,
      hub_frame_cache_overflows_total: frames.overflows,
      hub_writes_total: v1.writes + plain.writes,
      hub_conflated_total: v1.conflated + plain.conflated,
      hub_closed_slow_total: v1.slow + plain.slow,
      hub_closed_mute_total: v1.mute,
      hub_refused_messages_total: v1.refusedMessages,
      hub_rate_limited_total: v1.tooFast + plain.tooFast,
    };
  }

  /** Figures of the engine side as it last told them. */
  engineMetrics(): Readonly<Record<string, number>> {
    return this.#replica.metrics;
  }

  #side(contract: Contract): Stream | PlainChannel {
    return contract === "v1" ? this.#stream : this.#market;
  }

  #tell(what: { isData: boolean; isNews: boolean }, nowMs: number): void {
    if (!what.isData && !what.isNews) return;
    this.#isDirty = true;
    if (what.isNews) {
      this.#stream.statusChanged();
      this.#flush(nowMs);
    } else this.#flushWhenDue(nowMs);
    // The payload carries the feed's state, so its news changes the payload too.
    this.#market.tell({ isData: this.ready(), isNews: what.isNews }, nowMs);
  }

  #flushWhenDue(nowMs: number): void {
    const sinceMs = nowMs - this.#flushedMs;
    if (this.#isDirty && (sinceMs < 0 || sinceMs >= FLUSH_GAP_MS)) this.#flush(nowMs);
  }

  #flush(nowMs: number): void {
    this.#isDirty = false;
    this.#flushedMs = nowMs;
    this.#stream.flush(nowMs);
  }
}

/** The plain contract's word on the feed. */
function plainStatus(status: FeedStatus) {
  const { connected, state, reason, since } = feedOut(status);
  return { type: "status", connected, state, reason, since, data_status: dataStatus(status) };
}
