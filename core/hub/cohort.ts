import type { ChannelName } from "../wire/channel.ts";
import { ChannelFeed } from "./channel_feed.ts";
import {
  type Beside,
  CohortMessages,
  type MessageDeps,
  NOTHING_BESIDE,
} from "./cohort_messages.ts";
import { LOST, NOTHING, UNPROVED } from "./frame_cache.ts";
import { SETTLED_MS } from "./limits.ts";
import { SharedMessage } from "./message.ts";
import type { Marks, Session } from "./session.ts";

/**
 * Members that are looked at before the first of them is written to. Of ten thousand, each is far
 * from every cache; memory is waited for once for all of these, and not once for each.
 */
const ABREAST = 16;

/** What cohorts have in common. */
export interface CohortDeps extends MessageDeps {
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
  readonly #messages: CohortMessages;
  readonly #members = new Set<Session>();
  /** Members that something is due to although no data moved. */
  readonly #due = new Set<Session>();
  /** Positions up to which the members were last looked at. */
  #flushed: Marks;
  #flushedMs = -Infinity;
  #turn = 0;

  constructor(key: string, { wants, rateMs }: Taste, deps: CohortDeps) {
    this.key = key;
    this.rateMs = rateMs;
    this.#deps = deps;
    this.#feeds = wants.map(([name, filter]) => new ChannelFeed(deps.replica, name, filter));
    this.#messages = new CohortMessages(this.#feeds, rateMs, deps);
    this.#flushed = this.#messages.now() ?? [];
  }

  get size(): number {
    return this.#members.size;
  }

  /** Takes a client that stands at `positions`, in the order of the channels. */
  add(session: Session, positions: Marks): void {
    session.marks = this.#messages.shared(positions);
    session.cohort = this;
    this.#members.add(session);
  }

  /** Gives the position of each channel that the client has. */
  remove(session: Session): Map<ChannelName, number> {
    session.cohort = null;
    this.#members.delete(session);
    this.#due.delete(session);
    return new Map(this.#feeds.map(({ name }, at) => [name, session.marks[at]!]));
  }

  /** The replica changed: what was built is old. */
  changed(): void {
    this.#messages.changed();
  }

  /** The feed's state has news for everybody who subscribed. */
  statusChanged(): void {
    this.#messages.statusChanged();
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
    const now = this.#messages.now();
    const isMoved = now !== null && now.some((position, at) => position !== this.#flushed[at]);
    if (!isMoved) {
      this.retry(nowMs);
      return false;
    }
    this.#flushed = now;
    this.#flushedMs = nowMs;
    this.#serveAll(now, nowMs, NOTHING_BESIDE);
    return false;
  }

  /** Looks again at members that could not take what is due to them. */
  retry(nowMs: number): void {
    if (this.#due.size === 0) return;
    const now = this.#messages.now();
    for (const session of [...this.#due]) this.#serve(session, now, nowMs, NOTHING_BESIDE);
  }

  /** Writes to one member what it lacks and what stands beside it. */
  serve(session: Session, nowMs: number, beside: Beside): void {
    this.#serve(session, this.#messages.now(), nowMs, beside);
  }

  /** Writes a heartbeat to every member, and what it lacks. */
  beat(nowMs: number): void {
    const now = this.#messages.now();
    this.#serveAll(now, nowMs, { beatMs: nowMs });
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
      if (slowest === null || session.lagSinceMs < slowest.lagSinceMs) slowest = session;
    }
    return { bytes, slowest };
  }

  #serveAll(now: Marks | null, nowMs: number, beside: Beside): void {
    const inTurn = this.#inTurn(nowMs);
    for (let at = 0; at < inTurn.length; at += ABREAST) {
      const some = inTurn.slice(at, at + ABREAST);
      const free = some.map((session) => session.isFree);
      some.forEach((session, i) => this.#serve(session, now, nowMs, beside, free[i]));
    }
  }

  /**
   * The members, newcomers and those that lagged last, and of both kinds another one first each time:
   * the last waits for all the others. They stand in the order in which they came here or lagged.
   */
  #inTurn(nowMs: number): readonly Session[] {
    const members = [...this.#members];
    const isSettled = ({ promptSinceMs }: Session) => nowMs - promptSinceMs >= SETTLED_MS;
    const settled = members.findLastIndex(isSettled) + 1;
    this.#turn++;
    return [
      ...turned(members.slice(0, settled), this.#turn),
      ...turned(members.slice(settled), this.#turn),
    ];
  }

  #serve(
    session: Session,
    now: Marks | null,
    nowMs: number,
    beside: Beside,
    isFree = session.isFree,
  ): void {
    // It may have left since those to be served were listed.
    if (session.cohort !== this) return;
    const { marks } = session;
    const isLacking = now !== null && marks !== now && marks.some((mark, at) => mark < now[at]!);
    const isDue = isLacking || session.statusDue || beside !== NOTHING_BESIDE;
    if (now !== null && !isLacking) session.marks = now;
    if (!isDue && !session.isLagging) return void this.#due.delete(session);
    const look = session.look(nowMs, this.#deps.lagMsMax, isFree);
    if (look === "stuck") return this.#deps.onStuck(session);
    if (look === "busy") {
      session.promptSinceMs = nowMs;
      this.#members.delete(session);
      this.#members.add(session);
      this.#due.add(session);
      return this.#holdBack(session, beside);
    }
    this.#due.delete(session);
    if (!isDue) return;
    for (const message of this.#messages.to(session, now, beside)) {
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

  #endOf(marks: Marks): Marks {
    return this.#feeds.map((feed, at) => {
      const mark = marks[at]!;
      if (feed.log === null || mark === NOTHING) return NOTHING;
      return mark === feed.position() ? UNPROVED : LOST;
    });
  }
}

function turned<T>(list: readonly T[], turn: number): readonly T[] {
  const first = turn % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
