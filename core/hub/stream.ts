import {
  type ChannelName,
  isLogChannel,
  isStatusChannel,
  type LogChannel,
  type StateChannel,
  tickerOf,
} from "../wire/channel.ts";
import {
  CLIENT_MESSAGE_BYTES_MAX,
  readClientFrame,
  UNKNOWN_CHANNEL,
} from "../wire/client_schema.ts";
import {
  type ByeFrame,
  type ClientFrame,
  CLOSE,
  type ErrorFrame,
  type HeartbeatFrame,
  type OkFrame,
} from "../wire/frames.ts";
import { FrameCache, LOST, NOTHING, UNPROVED } from "./frame_cache.ts";
import { hello, statusFrame } from "./greeting.ts";
import { BAD_MESSAGES_MAX, FIRST_OPERATION_MS, HEARTBEAT_MS, SUBSCRIPTIONS_MAX } from "./limits.ts";
import type { ClientLink } from "./link.ts";
import { SharedMessage } from "./message.ts";
import type { Replica } from "./replica.ts";
import { Session } from "./session.ts";

/**
 * The `vnstock.v1.json` side of the hub. Send rule: a client gets one write per tick holding all that
 * it lacks; while anything is unsent it is skipped, and later gets one delta since its own seq.
 */
export class Stream {
  readonly #replica: Replica;
  readonly #frames: FrameCache;
  readonly #sessions = new Map<ClientLink, Session>();
  #heartbeatAtMs = Infinity;
  readonly counters = {
    writes: 0,
    conflated: 0,
    gaps: 0,
    refusedMessages: 0,
    refusedChannels: 0,
    slow: 0,
    mute: 0,
    tooFast: 0,
    tooLarge: 0,
    broken: 0,
  };

  constructor(replica: Replica) {
    this.#replica = replica;
    this.#frames = new FrameCache(replica);
  }

  get links(): number {
    return this.#sessions.size;
  }

  /** Data frames serialised, and times their cache was full. */
  get frames(): { readonly built: number; readonly overflows: number } {
    return this.#frames;
  }

  join(link: ClientLink, nowMs: number): void {
    this.#sessions.set(link, new Session(link, nowMs));
    this.#write(link, JSON.stringify(hello(link.id, this.#replica)));
  }

  /** Forgets a client; false when it was gone already. */
  leave(link: ClientLink): boolean {
    return this.#sessions.delete(link);
  }

  /** Takes one text message of a client. */
  receive(link: ClientLink, text: string, nowMs: number): void {
    const session = this.#sessions.get(link);
    if (session === undefined) return;
    const verdict = session.inbound.take(text, nowMs);
    if (verdict === "too-large") {
      this.counters.tooLarge++;
      return this.#close(link, CLOSE.tooLarge, `message over ${CLIENT_MESSAGE_BYTES_MAX} bytes`);
    }
    if (verdict === "too-fast") {
      this.counters.tooFast++;
      this.#refuse(link, { id: null, code: "RATE_LIMITED", msg: "too many messages" });
      return this.#close(link, CLOSE.rateLimited, "too many messages");
    }
    const read = readClientFrame(text);
    if (read.ok) return this.#operate(session, read.frame, read.unknown, nowMs);
    this.counters.refusedMessages++;
    this.#refuse(link, read);
    if (++session.badMessages < BAD_MESSAGES_MAX) return;
    this.counters.broken++;
    this.#close(link, CLOSE.protocolError, "too many broken messages");
  }

  /** The replica changed: what was built is old. */
  changed(): void {
    this.#frames.clear();
  }

  /** Another epoch follows: what clients lack of this one is told, and their positions end with it. */
  endEpoch(nowMs: number): void {
    this.flush(nowMs);
    for (const { bases } of this.#sessions.values()) {
      for (const [name, base] of bases) {
        const isOpen = isLogChannel(name) && base !== NOTHING;
        const isBehind = base !== this.#replica.position(name);
        bases.set(name, isOpen ? (isBehind ? LOST : UNPROVED) : NOTHING);
      }
    }
  }

  /** The feed's state has news for everybody who subscribed. */
  statusChanged(): void {
    this.#frames.clear();
    for (const session of this.#sessions.values()) session.statusDue = session.bases.size > 0;
  }

  /** Writes to every client what it lacks. */
  flush(nowMs: number): void {
    for (const session of this.#sessions.values()) this.#flush(session, nowMs);
  }

  /** Deadlines, heartbeats, and clients that were skipped. */
  tick(nowMs: number): void {
    const isBeat = nowMs >= this.#heartbeatAtMs;
    // A clock that steps back must not stop the heartbeat.
    const isFar = this.#heartbeatAtMs - nowMs > HEARTBEAT_MS;
    if (isBeat || isFar) this.#heartbeatAtMs = nowMs + HEARTBEAT_MS;
    for (const session of this.#sessions.values()) {
      if (!session.isKnown && nowMs - session.joinedMs >= FIRST_OPERATION_MS) {
        this.counters.mute++;
        this.#close(session.link, CLOSE.policy, "no operation in time");
      } else if (isBeat || session.lag.any) this.#flush(session, nowMs, { isBeat });
    }
  }

  /** Says good-bye to every client and closes it; `afterMs` spreads their return. */
  closeAll(afterMs: () => number): void {
    for (const link of [...this.#sessions.keys()]) {
      const bye: ByeFrame = { k: "bye", code: CLOSE.restart, after: Math.round(afterMs()) };
      this.#write(link, JSON.stringify(bye));
      this.#close(link, CLOSE.restart, "server restarts");
    }
  }

  #operate(
    session: Session,
    frame: ClientFrame,
    unknown: readonly string[],
    nowMs: number,
  ): void {
    const { link, bases } = session;
    if (frame.op === "ack") return;
    if (frame.op === "ping" || frame.op === "auth") {
      session.isKnown = true;
      return this.#write(link, okText(frame.id));
    }
    const known = frame.op === "sub" ? frame.c.filter((name) => this.#exists(name)) : frame.c;
    const missing = [...unknown, ...frame.c.filter((name) => !known.includes(name))];
    session.isKnown ||= known.length > 0;
    if (frame.op === "unsub") { for (const name of known) bases.delete(name); }
    const reply = missing.length === 0 ? okText(frame.id) : this.#unknownText(frame.id, missing);
    if (frame.op === "unsub" || known.length === 0) return this.#write(link, reply);
    if (known.filter((name) => !bases.has(name)).length + bases.size > SUBSCRIPTIONS_MAX) {
      const msg = `wanted at most ${SUBSCRIPTIONS_MAX} channels on a socket`;
      return this.#refuse(link, { id: frame.id, code: "TOO_MANY_SUBS", msg });
    }
    for (const name of known) bases.set(name, this.#basis(name, frame.from?.[name]));
    session.statusDue = true;
    if (link.unsentBytes === 0) return this.#flush(session, nowMs, { reply });
    // The reply does not wait: it is small, and the rate of operations is limited.
    this.#write(link, reply);
    this.#flush(session, nowMs);
  }

  /** Before the first data any ticker may turn out to exist. */
  #exists(name: ChannelName): boolean {
    const ticker = tickerOf(name);
    if (ticker === null || this.#replica.epoch === "") return true;
    if (isLogChannel(name)) return this.#replica.log(name) !== null;
    return this.#replica.rows(name as StateChannel)!.symbols.length > 0;
  }

  /** The position that a client may go on from. */
  #basis(name: ChannelName, from: { readonly e: string; readonly s: number } | undefined): number {
    if (from === undefined) return NOTHING;
    const isLog = isLogChannel(name);
    const newest = isLog ? this.#replica.log(name)?.next() ?? 0 : this.#replica.seq;
    if (from.e === this.#replica.epoch && from.s <= newest) return from.s;
    return isLog ? UNPROVED : NOTHING;
  }

  #flush(session: Session, nowMs: number, extra: { reply?: string; isBeat?: boolean } = {}): void {
    const lacking = this.#lacking(session);
    const isDue = lacking.length > 0 || session.statusDue || extra.reply !== undefined ||
      extra.isBeat === true;
    if (!isDue && !session.lag.any) return;
    const look = session.lag.look(session.link, nowMs);
    if (look === "stuck") {
      this.counters.slow++;
      return this.#close(session.link, CLOSE.slowConsumer, "too slow");
    }
    if (look === "busy") {
      this.counters.conflated++;
      session.heldBack++;
      return;
    }
    if (!isDue) return;
    const parts = extra.reply === undefined ? [] : [extra.reply];
    if (session.statusDue) {
      parts.push(this.#frames.shared("st", () => JSON.stringify(statusFrame(this.#replica))));
    }
    session.statusDue = false;
    for (const name of lacking) this.#add(parts, session, name);
    // Last, so that its marks hold for a client that has applied what stands before it.
    if (extra.isBeat) parts.push(this.#heartbeat(session, nowMs));
    this.#write(session.link, parts.length === 1 ? parts[0]! : `[${parts.join(",")}]`);
  }

  #lacking({ bases }: Session): ChannelName[] {
    const lacking: ChannelName[] = [];
    for (const [name, base] of bases) {
      const position = this.#replica.position(name);
      if (position !== null && base < position) lacking.push(name);
    }
    return lacking;
  }

  /** Adds the frames that bring a client up to date in one channel. */
  #add(parts: string[], { bases }: Session, name: ChannelName): void {
    const base = bases.get(name)!;
    if (isLogChannel(name)) this.#addEntries(parts, name, base);
    else if (!isStatusChannel(name)) parts.push(this.#frames.data(name, base));
    bases.set(name, this.#replica.position(name)!);
  }

  #addEntries(parts: string[], name: LogChannel, base: number): void {
    if (this.#frames.isGap(name, base)) {
      this.counters.gaps++;
      parts.push(this.#frames.gap(name));
    }
    parts.push(this.#frames.entries(name, base));
  }

  #heartbeat(session: Session, nowMs: number): string {
    const names = [...session.bases.keys()];
    const lag = session.heldBack;
    session.heldBack = 0;
    return this.#frames.shared(`h ${nowMs} ${lag} ${names}`, () => {
      const marks = names.map((name) => [name, this.#replica.position(name) ?? 0]);
      const m: HeartbeatFrame["m"] = Object.fromEntries(marks);
      const beat: HeartbeatFrame = { k: "h", t: nowMs, e: this.#replica.epoch, m };
      return JSON.stringify(lag === 0 ? beat : { ...beat, lag });
    });
  }

  #unknownText(id: number, c: readonly string[]): string {
    this.counters.refusedChannels++;
    const error: ErrorFrame = { k: "err", id, code: "BAD_CHANNEL", msg: UNKNOWN_CHANNEL, c };
    return JSON.stringify(error);
  }

  #refuse(link: ClientLink, error: Omit<ErrorFrame, "k">): void {
    const { id, code, msg } = error;
    this.#write(link, JSON.stringify({ k: "err", id, code, msg } satisfies ErrorFrame));
  }

  #write(link: ClientLink, text: string): void {
    this.counters.writes++;
    link.send(new SharedMessage(text));
  }

  #close(link: ClientLink, code: number, reason: string): void {
    this.#sessions.delete(link);
    link.close(code, reason);
  }
}

function okText(id: number): string {
  return JSON.stringify({ k: "ok", id } satisfies OkFrame);
}
