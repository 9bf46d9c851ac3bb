import { isStatusChannel } from "../wire/channel.ts";
import type { HeartbeatFrame } from "../wire/frames.ts";
import type { ChannelFeed } from "./channel_feed.ts";
import { type FrameCache, NOTHING } from "./frame_cache.ts";
import { statusFrame } from "./greeting.ts";
import { RATES_MS } from "../wire/client_schema.ts";
import { MESSAGE_CHARS_MAX } from "./limits.ts";
import { SharedMessage } from "./message.ts";
import type { Replica } from "./replica.ts";
import type { Marks, Session } from "./session.ts";

/** What goes out beside data. */
export interface Beside {
  /** Reply to an operation, as JSON text. */
  readonly reply?: string;
  /** A heartbeat, at this time of the clock. */
  readonly beatMs?: number;
}

export const NOTHING_BESIDE: Beside = {};

/** What the messages of every cohort are made of. */
export interface MessageDeps {
  readonly replica: Replica;
  readonly frames: FrameCache;
  readonly counters: { gaps: number };
}

/** What a member was given that nothing stood beside. */
interface Given {
  readonly marks: Marks;
  readonly now: Marks | null;
  readonly gaps: number;
  readonly messages: readonly SharedMessage[];
}

/** The messages of one cohort, each made once per change of the replica. */
export class CohortMessages {
  readonly #feeds: readonly ChannelFeed[];
  readonly #rateMs: number;
  readonly #deps: MessageDeps;
  /** Valid until the replica changes: positions by value, and messages by base and what is beside. */
  readonly #marks = new Map<string, Marks>();
  readonly #messages = new Map<Marks, Map<string, readonly SharedMessage[]>>();
  /** The newest of them; most members stand where the one before them stood. */
  #given: Given | null = null;

  constructor(feeds: readonly ChannelFeed[], rateMs: number, deps: MessageDeps) {
    this.#feeds = feeds;
    this.#rateMs = rateMs;
    this.#deps = deps;
  }

  /** The replica changed: what was built is old. */
  changed(): void {
    this.#marks.clear();
    this.statusChanged();
  }

  /** The feed's state changed: what was built tells an old one. */
  statusChanged(): void {
    this.#given = null;
    this.#messages.clear();
  }

  /** Positions of a client that has everything; null before there is any data. */
  now(): Marks | null {
    if (this.#deps.replica.epoch === "") return null;
    return this.shared(this.#feeds.map((feed) => feed.position() ?? NOTHING));
  }

  /** The one object for these positions. */
  shared(marks: Marks): Marks {
    const key = marks.join();
    const held = this.#marks.get(key);
    if (held === undefined) this.#marks.set(key, marks);
    return held ?? marks;
  }

  /** What brings a client from where it stands to `now`, and what stands beside it. */
  to(session: Session, now: Marks | null, beside: Beside): readonly SharedMessage[] {
    const { marks } = session;
    if (beside !== NOTHING_BESIDE || session.statusDue) {
      this.#deps.counters.gaps += this.#gaps(marks, now);
      return this.#beside(session, now, beside);
    }
    let given = this.#given;
    if (given === null || given.marks !== marks || given.now !== now) {
      const messages = this.#beside(session, now, beside);
      this.#given = given = { marks, now, gaps: this.#gaps(marks, now), messages };
    }
    this.#deps.counters.gaps += given.gaps;
    return given.messages;
  }

  #beside(session: Session, now: Marks | null, beside: Beside): readonly SharedMessage[] {
    const { reply = "", beatMs } = beside;
    const lag = beatMs === undefined ? 0 : session.heldBack;
    if (beatMs !== undefined) session.heldBack = 0;
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
    const marks = this.#feeds.map(({ name }, at) => [name, Math.max(0, now?.[at] ?? 0)] as const)
      .filter(([name]) => !isStatusChannel(name));
    const m: HeartbeatFrame["m"] = Object.fromEntries(marks);
    const beat: HeartbeatFrame = { k: "h", t, e: this.#deps.replica.epoch, m };
    const slower = RATES_MS.find((rateMs) => rateMs > this.#rateMs) ?? this.#rateMs;
    return JSON.stringify(lag === 0 ? beat : { ...beat, lag, unsent, slower });
  }

  /** Logs of which entries are lost to who stands there. */
  #gaps(marks: Marks, now: Marks | null): number {
    return this.#feeds.filter(({ log }, at) => {
      const isLacking = now !== null && marks[at]! < now[at]!;
      return log !== null && isLacking && this.#deps.frames.isGap(log, marks[at]!);
    }).length;
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
