import type { ChannelName } from "../wire/channel.ts";
import type { HeartbeatFrame } from "../wire/frames.ts";
import { ChannelFeed } from "./channel_feed.ts";
import { type FrameCache, LOST, NOTHING, UNPROVED } from "./frame_cache.ts";
import { statusFrame } from "./greeting.ts";
import { MESSAGE_CHARS_MAX, RATES_MS } from "./limits.ts";
import { SharedMessage } from "./message.ts";
import type { Replica } from "./replica.ts";
import type { Session } from "./session.ts";

/** Positions, one per channel of a cohort; clients that stand together share one object. */
export type Marks = readonly number[];

/** What cohorts have in common. */
export interface CohortDeps {
  readonly replica: Replica;
  readonly frames: FrameCache;
  readonly lagMsMax: number;
  readonly counters: { writes: number; conflated: number; gaps: number };
  /** A client whose bytes do not leave for too long is to be closed. */
  readonly onStuck: (session: Session) => void;
}

/** What the clients of a cohort want: channels, of each the symbols ("" for all), and the rate. */
export interface Taste {
  readonly wants: readonly (readonly [name: ChannelName, filter: string])[];
  readonly rateMs: number;
}

/** What goes out beside data. */
export interface Beside {
  /** Reply to an operation, as JSON text. */
  readonly reply?: string;
  /** A heartbeat, at this time of the clock. */
  readonly beatMs?: number;
}

const NOTHING_BESIDE: Beside = {};

/**
 * Clients that want the same channels, of them the same symbols, at the same rate. What they lack is
 * built once for all that stand at the same positions, and they share its bytes. Send rule: one write
 * to a client per tick with everything it lacks; while anything is unsent it is skipped, and later
 * gets one delta since its own position.
 */
export class Cohort {
  readonly key: string;
  readonly rateMs: number;
  readonly #deps: CohortDeps;
  readonly #feeds: readonly ChannelFeed[];
  readonly #members = new Set<Session>();
  /** Members that something is due to although no data moved. */
  readonly #due = new Set<Session>();
  /** Positions up to which the members were last looked at. */
  #flushed: Marks;
  #flushedMs = -Infinity;
  #turn = 0;
  /** Valid until the replica changes: positions by value, and messages by base and what is beside. */
  readonly #marks = new Map<string, Marks>();
  readonly #messages = new Map<Marks, Map<string, readonly SharedMessage[]>>();

  constructor(key: string, { wants, rateMs }: Taste, deps: CohortDeps) {
    this.key = key;
    this.rateMs = rateMs;
    this.#deps = deps;
    this.#feeds = wants.map(([name, filter]) => new ChannelFeed(deps.replica, name, filter));
    this.#flushed = this.#now() ?? [];
  }

  get size(): number {
    return this.#members.size;
  }

  /** Takes a client that stands at `positions`, in the order of the channels. */
  add(session: Session, positions: Marks): void {
    session.cohort = this;
    session.marks = this.#shared(positions);
    this.#members.add(session);
  }

  /** Gives the position of each channel that the client has. */
  remove(session: Session): Map<ChannelName, number> {
    this.#members.delete(session);
    this.#due.delete(session);
    session.cohort = null;
    return new Map(this.#feeds.map(({ name }, at) => [name, session.marks[at]!]));
  }

  /** The replica changed: what was built is old. */
  changed(): void {
    this.#marks.clear();
    this.#messages.clear();
  }

  /** The feed's state has news for everybody who subscribed. */
  statusChanged(): void {
    this.#messages.clear();
    if (this.#feeds.length === 0) return;
    for (const session of this.#members) {
      session.statusDue = true;
      this.#due.add(session);
    }
  }

  /**
   * Writes to the members what they lack, unless the last time was less than the rate ago. Says
   * whether it has to be called again although nothing changes.
   */
  flush(nowMs: number, isForced: boolean): boolean {
    const sinceMs = nowMs - this.#flushedMs;
    if (!isForced && sinceMs >= 0 && sinceMs < this.rateMs) return true;
    const now = this.#now();
    const isMoved = now !== null && now.some((position, at) => position !== this.#flushed[at]);
    if (!isMoved) {
      this.retry(nowMs);
      return false;
    }
    this.#flushed = now;
    this.#flushedMs = nowMs;
    for (const session of this.#inTurn()) this.#serve(session, now, nowMs, NOTHING_BESIDE);
    return false;
  }

  /** Looks again at members that could not take what is due to them. */
  retry(nowMs: number): void {
    if (this.#due.size === 0) return;
    const now = this.#now();
    for (const session of [...this.#due]) this.#serve(session, now, nowMs, NOTHING_BESIDE);
  }

  /** Writes to one member what it lacks and what stands beside it. */
  serve(session: Session, nowMs: number, beside: Beside): void {
    this.#serve(session, this.#now(), nowMs, beside);
  }

  /** Writes a heartbeat to every member, and what it lacks. */
  beat(nowMs: number): void {
    const now = this.#now();
    for (const session of this.#inTurn()) this.#serve(session, now, nowMs, { beatMs: nowMs });
  }

  /** Another epoch follows: positions end with this one, and logs are proved or refused. */
  endEpoch(): void {
    const ends = new Map<Marks, Marks>();
    for (const session of this.#members) {
      let end = ends.get(session.marks);
      if (end === undefined) ends.set(session.marks, end = this.#endOf(session.marks));
      session.marks = end;
    }
    this.#flushed = [];
    this.changed();
  }

  /** The unsent bytes of its members, and the member that lags longest. */
  unsent(): { readonly bytes: number; readonly slowest: Session | null } {
    let bytes = 0;
    let slowest: Session | null = null;
    for (const session of this.#due) {
      bytes += session.link.unsentBytes;
      if (slowest === null || session.lag.sinceMs < slowest.lag.sinceMs) slowest = session;
    }
    return { bytes, slowest };
  }

  /** Members, another one first each time: the last in the loop waits for all the others. */
  #inTurn(): Session[] {
    const members = [...this.#members];
    const first = members.length === 0 ? 0 : ++this.#turn % members.length;
    return first === 0 ? members : [...members.slice(first), ...members.slice(0, first)];
  }

  #serve(session: Session, now: Marks | null, nowMs: number, beside: Beside): void {
    if (session.cohort !== this) return;
    const { marks, lag } = session;
    const isLacking = now !== null && marks !== now && marks.some((mark, at) => mark < now[at]!);
    const isDue = isLacking || session.statusDue || beside !== NOTHING_BESIDE;
    if (now !== null && !isLacking) session.marks = now;
    if (!isDue && !lag.any) return void this.#due.delete(session);
    const look = lag.look(session.isFree, nowMs, this.#deps.lagMsMax);
    if (look === "stuck") return this.#deps.onStuck(session);
    if (look === "busy") {
      this.#due.add(session);
      return this.#holdBack(session, beside);
    }
    this.#due.delete(session);
    if (!isDue) return;
    for (const message of this.#messagesFor(session, now, beside)) {
      this.#deps.counters.writes++;
      session.write(message);
    }
    session.statusDue = false;
    if (now !== null) session.marks = now;
  }

  #holdBack(session: Session, { reply }: Beside): void {
    this.#deps.counters.conflated++;
    session.heldBack++;
    // The reply does not wait: it is small, and the rate of operations is limited.
    if (reply !== undefined) {
      this.#deps.counters.writes++;
      session.write(new SharedMessage(reply));
    }
  }

  #messagesFor(session: Session, now: Marks | null, beside: Beside): readonly SharedMessage[] {
    const { reply = "", beatMs } = beside;
    const lag = beatMs === undefined ? 0 : session.heldBack;
    if (beatMs !== undefined) session.heldBack = 0;
    this.#countGaps(session.marks, now);
    const build = () => this.#build(session, now, beside, lag);
    // What a laggard is told of its lag is its own.
    if (lag > 0) return build();
    const key = `${beatMs ?? ""}${session.statusDue ? "st" : ""}${reply}`;
    let messages = this.#messages.get(session.marks);
    if (messages === undefined) this.#messages.set(session.marks, messages = new Map());
    let shared = messages.get(key);
    if (shared === undefined) messages.set(key, shared = build());
    return shared;
  }

  #build(session: Session, now: Marks | null, beside: Beside, lag: number): SharedMessage[] {
    const { frames, replica } = this.#deps;
    const parts = beside.reply === undefined ? [] : [beside.reply];
    if (session.statusDue) {
      parts.push(frames.text("st", () => JSON.stringify(statusFrame(replica))));
    }
    this.#feeds.forEach((feed, at) => {
      const mark = session.marks[at]!;
      if (now !== null && mark < now[at]!) parts.push(...frames.since(feed, mark));
    });
    // Last, so that its marks hold for a client that has applied what stands before it.
    if (beside.beatMs !== undefined) {
      parts.push(this.#heartbeat(now, beside.beatMs, lag, session.link.unsentBytes));
    }
    return packed(parts);
  }

  #heartbeat(now: Marks | null, t: number, lag: number, unsent: number): string {
    const marks = this.#feeds.map(({ name }, at) => [name, Math.max(0, now?.[at] ?? 0)]);
    const m: HeartbeatFrame["m"] = Object.fromEntries(marks);
    const beat: HeartbeatFrame = { k: "h", t, e: this.#deps.replica.epoch, m };
    const slower = RATES_MS.find((rateMs) => rateMs > this.rateMs) ?? this.rateMs;
    return JSON.stringify(lag === 0 ? beat : { ...beat, lag, unsent, slower });
  }

  #countGaps(marks: Marks, now: Marks | null): void {
    this.#feeds.forEach(({ log }, at) => {
      const isLacking = now !== null && marks[at]! < now[at]!;
      if (log !== null && isLacking && this.#deps.frames.isGap(log, marks[at]!)) {
        this.#deps.counters.gaps++;
      }
    });
  }

  #endOf(marks: Marks): Marks {
    return this.#feeds.map((feed, at) => {
      const mark = marks[at]!;
      if (feed.log === null || mark === NOTHING) return NOTHING;
      return mark === feed.position() ? UNPROVED : LOST;
    });
  }

  /** Positions of a client that has everything; null before there is any data. */
  #now(): Marks | null {
    if (this.#deps.replica.epoch === "") return null;
    return this.#shared(this.#feeds.map((feed) => feed.position() ?? NOTHING));
  }

  #shared(marks: Marks): Marks {
    const key = marks.join();
    const held = this.#marks.get(key);
    if (held === undefined) this.#marks.set(key, marks);
    return held ?? marks;
  }
}

/** Frames as messages: as few as there can be under the limit, each one frame or an array. */
function packed(parts: readonly string[]): SharedMessage[] {
  const messages: string[][] = [];
  let chars = Infinity;
  for (const part of parts) {
    if (chars + part.length > MESSAGE_CHARS_MAX) {
      messages.push([]);
      chars = 0;
    }
    messages.at(-1)!.push(part);
    chars += part.length;
  }
  return messages.map((texts) =>
    new SharedMessage(texts.length === 1 ? texts[0]! : `[${texts.join(",")}]`)
  );
}
