import {
  type ChannelName,
  isLogChannel,
  kindOf,
  type StateChannel,
  tickerOf,
} from "../wire/channel.ts";
import { CLIENT_MESSAGE_BYTES_MAX, RATES_MS, readClientFrame } from "../wire/client_schema.ts";
import { type ByeFrame, type ClientFrame, CLOSE, type ErrorFrame } from "../wire/frames.ts";
import { basisOf } from "./basis.ts";
import { Cohorts } from "./cohorts.ts";
import { helloMessage } from "./greeting.ts";
import {
  BAD_MESSAGES_MAX,
  FIRST_OPERATION_MS,
  HEARTBEAT_MS,
  INBOUND_PER_SECOND,
  SUBSCRIPTIONS_MAX,
  UNSENT_BYTES_MAX,
} from "./limits.ts";
import type { ClientLink } from "./link.ts";
import { SharedMessage } from "./message.ts";
import type { Replica } from "./replica.ts";
import { ACK_AHEAD, okText, unknownText } from "./replies.ts";
import { Session } from "./session.ts";

/** Whether a text is a valid token; asking may take a while. */
export type TokenCheck = (token: string) => boolean | Promise<boolean>;

/** The `vnstock.v1.json` side of the hub: who is there, what they may say, and what they want. */
export class Stream {
  readonly #replica: Replica;
  readonly #sessions = new Map<ClientLink, Session>();
  readonly cohorts: Cohorts;
  readonly #isValidToken: TokenCheck;
  #heartbeatAtMs = Infinity;
  readonly counters = {
    writes: 0,
    conflated: 0,
    gaps: 0,
    refusedMessages: 0,
    refusedChannels: 0,
    refusedTokens: 0,
    slow: 0,
    crowded: 0,
    mute: 0,
    tooFast: 0,
    tooLarge: 0,
    broken: 0,
  };

  constructor(replica: Replica, options: { isValidToken: TokenCheck; lagMsMax: number }) {
    this.#replica = replica;
    this.#isValidToken = options.isValidToken;
    this.cohorts = new Cohorts({
      replica,
      lagMsMax: options.lagMsMax,
      counters: this.counters,
      onStuck: (session) => this.#closeSlow(session),
    });
  }

  get links(): number {
    return this.#sessions.size;
  }

  join(link: ClientLink, nowMs: number, isAuthenticated: boolean): void {
    const session = new Session(link, nowMs, isAuthenticated);
    this.#sessions.set(link, session);
    this.cohorts.place(session, new Map());
    this.#write(session, helloMessage(link.id, this.#replica, !isAuthenticated));
  }

  /** Forgets a client; false when it was gone already. */
  leave(link: ClientLink): boolean {
    const session = this.#sessions.get(link);
    if (session === undefined) return false;
    this.#sessions.delete(link);
    this.cohorts.leave(session);
    return true;
  }

  /** The first data is there: who came before it goes on from where it stands. */
  begin(): void {
    for (const session of this.#sessions.values()) {
      if (session.claims === null) continue;
      const positions = this.cohorts.leave(session);
      for (const [name, from] of session.claims) {
        positions.set(name, basisOf(this.#replica, name, from));
      }
      session.claims = null;
      this.cohorts.place(session, positions);
    }
  }

  /** Takes one text message of a client. */
  receive(link: ClientLink, text: string, nowMs: number): void {
    const session = this.#sessions.get(link);
    if (session === undefined) return;
    const verdict = session.inbound.take(text, nowMs);
    if (verdict === "too-large") {
      this.counters.tooLarge++;
      return this.#close(session, CLOSE.tooLarge, `message over ${CLIENT_MESSAGE_BYTES_MAX} bytes`);
    }
    if (verdict === "too-fast") {
      this.counters.tooFast++;
      const retry = Math.ceil(1000 / INBOUND_PER_SECOND);
      const msg = `wanted at most ${INBOUND_PER_SECOND} messages a second`;
      this.#refuse(session, { id: null, code: "RATE_LIMITED", msg, retry });
      return this.#close(session, CLOSE.rateLimited, "too many messages");
    }
    if (session.waiting !== null) session.waiting.push(text);
    else this.#read(session, text, nowMs);
  }

  /** Deadlines, heartbeats, and clients that were skipped. */
  tick(nowMs: number): void {
    const isBeat = nowMs >= this.#heartbeatAtMs;
    // A clock that steps back must not stop the heartbeat.
    const isFar = this.#heartbeatAtMs - nowMs > HEARTBEAT_MS;
    if (isBeat || isFar) this.#heartbeatAtMs = nowMs + HEARTBEAT_MS;
    for (const session of this.#sessions.values()) {
      if (!session.isKnown && nowMs - session.joinedMs >= FIRST_OPERATION_MS) {
        this.#closeMute(session);
      }
    }
    if (isBeat) this.cohorts.beat(nowMs);
    else this.cohorts.retry(nowMs);
    for (const session of this.cohorts.slowestOver(UNSENT_BYTES_MAX)) {
      this.counters.crowded++;
      this.#closeSlow(session);
    }
  }

  /** Says good-bye to every client and closes it; `afterMs` spreads their return. */
  closeAll(afterMs: () => number): void {
    for (const session of [...this.#sessions.values()]) {
      const bye: ByeFrame = { k: "bye", code: CLOSE.restart, after: Math.round(afterMs()) };
      this.#tell(session, JSON.stringify(bye));
      this.#close(session, CLOSE.restart, "server restarts");
    }
  }

  #read(session: Session, text: string, nowMs: number): void {
    const read = readClientFrame(text);
    if (read.ok) return this.#operate(session, read.frame, read.unknown, nowMs);
    this.counters.refusedMessages++;
    this.#refuse(session, read);
    if (++session.badMessages < BAD_MESSAGES_MAX) return;
    this.counters.broken++;
    this.#close(session, CLOSE.protocolError, "too many broken messages");
  }

  #operate(
    session: Session,
    frame: ClientFrame,
    unknown: readonly string[],
    nowMs: number,
  ): void {
    if (frame.op === "auth") return void this.#authenticate(session, frame, nowMs);
    if (frame.op === "ack") {
      if (!session.acknowledge(frame.n)) this.#refuse(session, ACK_AHEAD);
      return;
    }
    if (!session.isAuthenticated) {
      const msg = "wanted auth with a valid token first";
      return this.#refuse(session, { id: frame.id, code: "UNAUTHENTICATED", msg });
    }
    if (frame.op === "ping") {
      session.isKnown = true;
      return this.#tell(session, okText(frame.id));
    }
    const known = frame.op === "sub" ? frame.c.filter((name) => this.exists(name)) : frame.c;
    const missing = [...unknown, ...frame.c.filter((name) => !known.includes(name))];
    session.isKnown ||= known.length > 0;
    const { rate } = frame.op === "sub" ? frame : {};
    const rateMs = rate === undefined ? undefined : RATES_MS.find((ms) => ms >= rate)!;
    this.counters.refusedChannels += missing.length > 0 ? 1 : 0;
    const reply = missing.length === 0 ? okText(frame.id, rateMs) : unknownText(frame.id, missing);
    if (frame.op === "sub" && known.length > 0) {
      return this.#subscribe(session, { ...frame, c: known, rate: rateMs }, reply, nowMs);
    }
    if (frame.op === "unsub") this.#unsubscribe(session, known);
    this.#tell(session, reply);
  }

  #subscribe(
    session: Session,
    frame: Extract<ClientFrame, { op: "sub" }>,
    reply: string,
    nowMs: number,
  ): void {
    const { wants } = session;
    if (frame.c.filter((name) => !wants.has(name)).length + wants.size > SUBSCRIPTIONS_MAX) {
      const msg = `wanted at most ${SUBSCRIPTIONS_MAX} channels on a socket`;
      return this.#refuse(session, { id: frame.id, code: "TOO_MANY_SUBS", msg });
    }
    const filter = frame.syms === undefined ? "" : [...new Set(frame.syms)].sort().join();
    const positions = this.cohorts.leave(session);
    for (const name of frame.c) {
      const wanted = canNarrow(name) ? filter : "";
      // A position among other rows says nothing of these.
      const isSame = wants.get(name) === undefined || wants.get(name) === wanted;
      wants.set(name, wanted);
      const from = isSame ? frame.from?.[name] : undefined;
      positions.set(name, basisOf(this.#replica, name, from));
      if (from !== undefined && this.#replica.epoch === "") {
        (session.claims ??= new Map()).set(name, from);
      } else session.claims?.delete(name);
    }
    session.rateMs = frame.rate ?? session.rateMs;
    session.statusDue = true;
    this.cohorts.place(session, positions).serve(session, nowMs, { reply });
  }

  #unsubscribe(session: Session, names: readonly ChannelName[]): void {
    const positions = this.cohorts.leave(session);
    for (const name of names) {
      session.wants.delete(name);
      session.claims?.delete(name);
    }
    if (session.wants.size === 0) session.statusDue = false;
    this.cohorts.place(session, positions);
  }

  async #authenticate(
    session: Session,
    frame: Extract<ClientFrame, { op: "auth" }>,
    nowMs: number,
  ): Promise<void> {
    const verdict = this.#isValidToken(frame.token);
    session.waiting = [];
    const isValid = typeof verdict === "boolean" ? verdict : await verdict.catch(() => null);
    const waiting = session.waiting;
    session.waiting = null;
    if (this.#sessions.get(session.link) !== session) return;
    if (isValid !== true) return this.#refuseToken(session, frame.id, isValid === null);
    session.isAuthenticated = true;
    session.isKnown = true;
    this.#tell(session, okText(frame.id));
    for (const text of waiting) this.#read(session, text, nowMs);
  }

  #refuseToken(session: Session, id: number, isUnknown: boolean): void {
    this.counters.refusedTokens++;
    if (isUnknown) {
      this.#refuse(session, { id, code: "UNAVAILABLE", msg: "tokens cannot be checked now" });
      return this.#close(session, CLOSE.overloaded, "tokens cannot be checked now");
    }
    this.#refuse(session, { id, code: "UNAUTHENTICATED", msg: "wanted a valid token" });
    this.#close(session, CLOSE.unauthenticated, "a valid token is needed");
  }

  /** Before the first data any ticker may turn out to exist. */
  exists(name: ChannelName): boolean {
    const ticker = tickerOf(name);
    if (ticker === null || this.#replica.epoch === "") return true;
    if (isLogChannel(name)) return this.#replica.log(name) !== null;
    return this.#replica.rows(name as StateChannel)!.symbols.length > 0;
  }

  #closeSlow(session: Session): void {
    this.counters.slow++;
    this.#close(session, CLOSE.slowConsumer, "too slow");
  }

  #closeMute(session: Session): void {
    this.counters.mute++;
    if (session.isAuthenticated) return this.#close(session, CLOSE.policy, "no operation in time");
    this.#close(session, CLOSE.unauthenticated, "no valid token in time");
  }

  #refuse(session: Session, { id, code, msg, retry }: Omit<ErrorFrame, "k" | "c">): void {
    const error: ErrorFrame = { k: "err", id, code, msg };
    this.#tell(session, JSON.stringify(retry === undefined ? error : { ...error, retry }));
  }

  #tell(session: Session, text: string): void {
    this.#write(session, new SharedMessage(text));
  }

  #write(session: Session, message: SharedMessage): void {
    this.counters.writes++;
    session.write(message);
  }

  #close(session: Session, code: number, reason: string): void {
    this.leave(session.link);
    session.link.close(code, reason);
  }
}

/** Whether a list of symbols narrows a channel. */
function canNarrow(name: ChannelName): boolean {
  return tickerOf(name) === null && kindOf(name) === "state";
}
