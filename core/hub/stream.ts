import { TABLE_NAMES, TABLES } from "../wire/board.ts";
import { CHANNELS_MAX, CLIENT_MESSAGE_BYTES_MAX, readClientFrame } from "../wire/client_schema.ts";
import {
  type ByeFrame,
  type ClientFrame,
  CLOSE,
  type ErrorFrame,
  type HeartbeatFrame,
  type HelloFrame,
  type OkFrame,
  type StatusFrame,
} from "../wire/frames.ts";
import { dataStatus } from "../wire/status.ts";
import { FrameCache, NOTHING } from "./frame_cache.ts";
import { BAD_MESSAGES_MAX, FIRST_OPERATION_MS, HEARTBEAT_MS, TICK_MS } from "./limits.ts";
import type { ClientLink } from "./link.ts";
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
  readonly counters = { writes: 0, conflated: 0, slow: 0, refusedMessages: 0, tooFast: 0, mute: 0 };

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
      return this.#close(link, CLOSE.tooLarge, `message over ${CLIENT_MESSAGE_BYTES_MAX} bytes`);
    }
    if (verdict === "too-fast") {
      this.counters.tooFast++;
      this.#refuse(link, { id: null, code: "RATE_LIMITED", msg: "too many messages" });
      return this.#close(link, CLOSE.rateLimited, "too many messages");
    }
    const read = readClientFrame(text);
    if (read.ok) {
      session.isKnown = true;
      return this.#operate(session, read.frame, nowMs);
    }
    this.counters.refusedMessages++;
    this.#refuse(link, read);
    if (read.code === "BAD_MESSAGE" && ++session.badMessages >= BAD_MESSAGES_MAX) {
      this.#close(link, CLOSE.protocolError, "too many broken messages");
    }
  }

  /** The replica changed: what was built is old. A new epoch makes every position worthless. */
  changed(isNewEpoch: boolean): void {
    this.#frames.clear();
    if (!isNewEpoch) return;
    for (const { bases } of this.#sessions.values()) {
      for (const name of bases.keys()) bases.set(name, NOTHING);
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

  #operate(session: Session, frame: ClientFrame, nowMs: number): void {
    const ok = JSON.stringify({ k: "ok", id: frame.id } satisfies OkFrame);
    if (frame.op === "unsub") { for (const name of frame.c) session.bases.delete(name); }
    if (frame.op !== "sub") return this.#write(session.link, ok);
    for (const name of frame.c) {
      const from = frame.from?.[name];
      const isKnown = from?.e === this.#replica.epoch && from.s <= this.#replica.seq;
      session.bases.set(name, isKnown ? from.s : NOTHING);
    }
    session.statusDue = true;
    if (session.link.unsentBytes === 0) return this.#flush(session, nowMs, { ok });
    // The reply does not wait: it is small, and the rate of operations is limited.
    this.#write(session.link, ok);
    this.#flush(session, nowMs);
  }

  #flush(session: Session, nowMs: number, extra: { ok?: string; isBeat?: boolean } = {}): void {
    const replica = this.#replica;
    const lacking = [...session.bases].filter(([name, base]) =>
      base < (replica.table(name)?.seq ?? NOTHING)
    );
    const isDue = lacking.length > 0 || session.statusDue || extra.ok !== undefined ||
      extra.isBeat === true;
    if (!isDue && !session.lag.any) return;
    const look = session.lag.look(session.link, nowMs);
    if (look === "stuck") {
      this.counters.slow++;
      return this.#close(session.link, CLOSE.slowConsumer, "too slow");
    }
    if (look === "busy") {
      this.counters.conflated++;
      return;
    }
    if (!isDue) return;
    const parts = extra.ok === undefined ? [] : [extra.ok];
    if (session.statusDue) {
      parts.push(this.#frames.shared("st", () => JSON.stringify(statusFrame(replica))));
    }
    session.statusDue = false;
    for (const [name, base] of lacking) {
      parts.push(this.#frames.data(name, base));
      session.bases.set(name, replica.table(name)!.seq);
    }
    // Last, so that its marks hold for a client that has applied what stands before it.
    if (extra.isBeat) parts.push(this.#heartbeat(session, nowMs));
    this.#write(session.link, parts.length === 1 ? parts[0]! : `[${parts.join(",")}]`);
  }

  #heartbeat(session: Session, nowMs: number): string {
    const names = [...session.bases.keys()];
    return this.#frames.shared(`h ${nowMs} ${names}`, () => {
      const marks = names.map((name) => [name, this.#replica.table(name)?.seq ?? 0]);
      const m: HeartbeatFrame["m"] = Object.fromEntries(marks);
      return JSON.stringify({ k: "h", t: nowMs, e: this.#replica.epoch, m });
    });
  }

  #refuse(link: ClientLink, error: Omit<ErrorFrame, "k">): void {
    const { id, code, msg } = error;
    this.#write(link, JSON.stringify({ k: "err", id, code, msg } satisfies ErrorFrame));
  }

  #write(link: ClientLink, text: string): void {
    this.counters.writes++;
    link.send(text);
  }

  #close(link: ClientLink, code: number, reason: string): void {
    this.#sessions.delete(link);
    link.close(code, reason);
  }
}

function hello(sid: string, replica: Replica): HelloFrame {
  const schema = Object.fromEntries(TABLE_NAMES.map((name) => [name, { f: TABLES[name] }]));
  return {
    k: "hello",
    v: 1,
    sid,
    hb: HEARTBEAT_MS,
    tick: TICK_MS,
    data_status: dataStatus(replica.status),
    limits: { messageBytes: CLIENT_MESSAGE_BYTES_MAX, channels: CHANNELS_MAX },
    schema: schema as unknown as HelloFrame["schema"],
  };
}

function statusFrame(replica: Replica): StatusFrame {
  const feed = replica.status;
  return { k: "st", st: feed.state, data_status: dataStatus(feed), feed };
}
