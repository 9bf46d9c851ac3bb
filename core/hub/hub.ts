import type { BusMessage } from "../wire/bus_message.ts";
import { type ChannelName, isChannelName } from "../wire/channel.ts";
import type { SecurityNames } from "../wire/names.ts";
import type { MarketView } from "../wire/snapshot.ts";
import type { FeedStatus } from "../wire/status.ts";
import { FLUSH_GAP_MS } from "./limits.ts";
import type { ClientLink } from "./link.ts";
import { PLAIN_NAMES, PlainChannels, type PlainContract } from "./plain_channels.ts";
import { Replica } from "./replica.ts";
import { Stream, type TokenCheck } from "./stream.ts";

/** What a socket may speak. */
export type Contract = "v1" | PlainContract;

export interface HubStart {
  readonly status: FeedStatus;
  /** Least time between two payloads of the plain contract. */
  readonly throttleMs: number;
  /** Longest time that a client may leave bytes unsent. */
  readonly lagMsMax: number;
  /** Whether a client's token is valid that comes as a message. */
  readonly isValidToken: TokenCheck;
}

/**
 * Holds the current view and serves it to every client. Pure: the shell calls `apply` with what the
 * bus brings, `tick` every `FLUSH_GAP_MS`, and hands in the clock each time.
 */
export class Hub {
  readonly #replica: Replica;
  readonly #stream: Stream;
  readonly #plain: PlainChannels;
  #isDirty = false;
  #flushedMs = -Infinity;
  readonly #counters = { joined: 0, peak: 0, busMessages: 0, busGaps: 0, epochs: 0 };

  constructor(start: HubStart) {
    this.#replica = new Replica(start.status);
    this.#stream = new Stream(this.#replica, start);
    this.#plain = new PlainChannels(this.#replica, start);
  }

  /** Takes one message of the bus. After `gap` the shell subscribes again, for a snapshot. */
  apply(message: BusMessage, nowMs: number): "applied" | "ignored" | "gap" {
    this.#counters.busMessages++;
    // The end of a log is told before its numbers begin anew.
    if (this.#isNewEpoch(message)) this.#stream.cohorts.endEpoch(nowMs);
    const isFirst = !this.ready();
    const { statusKey } = this.#replica;
    const applied = this.#replica.apply(message);
    if (applied === "ignored") return "ignored";
    if (applied === "gap") {
      this.#counters.busGaps++;
      return "gap";
    }
    const isEpoch = applied === "reset";
    if (isEpoch) this.#counters.epochs++;
    if (isEpoch && isFirst) this.#stream.begin();
    const isData = applied !== "told";
    if (isData) this.#stream.cohorts.changed();
    this.#tell({ isData, isEpoch, isStatus: this.#replica.statusKey !== statusKey }, nowMs);
    return "applied";
  }

  /** The engine side is gone: what is shown from now on is old, and says so. */
  markStale(reason: string, nowMs: number): void {
    const { status } = this.#replica;
    if (status.state === "stale" && status.reason === reason) return;
    this.#replica.status = { ...status, state: "stale", reason, sinceMs: nowMs };
    this.#tell({ isData: false, isEpoch: false, isStatus: true }, nowMs);
  }

  view(): MarketView {
    return this.#replica.view();
  }

  /** Names of a security; null where the feed told none. */
  namesOf(symbol: string): SecurityNames | null {
    return this.#replica.namesOf(symbol);
  }

  /** Whether a first snapshot of the engine side has arrived. */
  ready(): boolean {
    return this.#replica.epoch !== "";
  }

  /** Whether a client may subscribe to a channel of this name. */
  has(name: string): name is ChannelName {
    return isChannelName(name) && this.#stream.exists(name);
  }

  /** Clients at this moment. */
  get links(): number {
    return this.#stream.links + this.#plain.links;
  }

  /** Takes a client; one that is not authenticated may only say its token. */
  join(
    link: ClientLink,
    contract: Contract,
    nowMs: number,
    { isAuthenticated }: { readonly isAuthenticated: boolean },
  ): void {
    this.#counters.joined++;
    if (contract === "v1") this.#stream.join(link, nowMs, isAuthenticated);
    else this.#plain.join(link, contract, nowMs);
    this.#counters.peak = Math.max(this.#counters.peak, this.links);
  }

  /** Takes one text message of a client. */
  receive(link: ClientLink, contract: Contract, text: string, nowMs: number): void {
    if (contract === "v1") this.#stream.receive(link, text, nowMs);
    else this.#plain.receive(link, contract, text, nowMs);
  }

  /** Forgets a client; calling it again, or after the hub closed the link, does nothing. */
  leave(link: ClientLink, contract: Contract): void {
    if (contract === "v1") this.#stream.leave(link);
    else this.#plain.leave(link, contract);
  }

  /** Deadlines, heartbeats, throttled and skipped data. */
  tick(nowMs: number): void {
    // Looks of the clock do not count: news after quiet leave at once whatever others wait for.
    if (this.#isDirty) this.#isDirty = this.#stream.cohorts.flush(nowMs);
    this.#stream.tick(nowMs);
    this.#plain.tick(nowMs);
  }

  /** Says good-bye to every client and closes it; `afterMs` gives each its wait before it returns. */
  closeAll(afterMs: () => number): void {
    this.#stream.closeAll(afterMs);
    this.#plain.closeAll();
  }

  /** Figures since start; names end in their unit or in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    const { counters: v1, cohorts } = this.#stream;
    const { frames } = cohorts;
    const plain = PLAIN_NAMES.map((name) => [name, this.#plain.figures(name)] as const);
    const sum = (key: "built" | "writes" | "conflated" | "slow" | "tooFast" | "tooLarge") =>
      plain.reduce((total, [, figures]) => total + figures[key], 0);
    return {
      hub_links_v1: this.#stream.links,
      hub_cohorts: cohorts.size,
      ...Object.fromEntries(plain.map(([name, { links }]) => [`hub_links_${name}`, links])),
      hub_links_peak: this.#counters.peak,
      hub_joined_total: this.#counters.joined,
      hub_bus_messages_total: this.#counters.busMessages,
      hub_bus_gaps_total: this.#counters.busGaps,
      hub_epochs_total: this.#counters.epochs,
      hub_frames_built_total: frames.built + sum("built"),
      hub_frame_cache_overflows_total: frames.overflows,
      hub_writes_total: v1.writes + sum("writes"),
      ...Object.fromEntries(
        plain.map(([name, { writes }]) => [`hub_writes_${name}_total`, writes]),
      ),
      hub_conflated_total: v1.conflated + sum("conflated"),
      hub_log_gaps_total: v1.gaps,
      hub_closed_slow_total: v1.slow + sum("slow"),
      hub_closed_crowded_total: v1.crowded,
      hub_closed_mute_total: v1.mute,
      hub_closed_too_large_total: v1.tooLarge + sum("tooLarge"),
      hub_closed_broken_total: v1.broken,
      hub_refused_messages_total: v1.refusedMessages,
      hub_refused_channels_total: v1.refusedChannels,
      hub_refused_tokens_total: v1.refusedTokens,
      hub_rate_limited_total: v1.tooFast + sum("tooFast"),
    };
  }

  /** Figures of the engine side as it last told them. */
  engineMetrics(): Readonly<Record<string, number>> {
    return this.#replica.metrics;
  }

  #isNewEpoch(message: BusMessage): boolean {
    return message.k === "snapshot" && message.epoch !== this.#replica.epoch;
  }

  #tell(what: { isData: boolean; isEpoch: boolean; isStatus: boolean }, nowMs: number): void {
    if (!what.isData && !what.isStatus) return;
    this.#isDirty = true;
    if (what.isStatus) {
      this.#stream.cohorts.statusChanged(nowMs);
      this.#flush(nowMs);
    } else this.#flushWhenDue(nowMs);
    this.#plain.tell(what, nowMs);
  }

  #flushWhenDue(nowMs: number): void {
    const sinceMs = nowMs - this.#flushedMs;
    if (this.#isDirty && (sinceMs < 0 || sinceMs >= FLUSH_GAP_MS)) this.#flush(nowMs);
  }

  #flush(nowMs: number): void {
    this.#flushedMs = nowMs;
    this.#isDirty = this.#stream.cohorts.flush(nowMs);
  }
}
