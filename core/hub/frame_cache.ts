import { type LogChannel, tickerOf } from "../wire/channel.ts";
import type { DeltaFrame, ErrorFrame, LogFrame, SnapshotFrame } from "../wire/frames.ts";
import type { ChannelFeed } from "./channel_feed.ts";
import { FRAME_CACHE_CHARS_MAX, MESSAGE_CHARS_MAX } from "./limits.ts";
import type { Replica } from "./replica.ts";
import type { ChannelRows } from "./channel_rows.ts";

/** A client that holds nothing of a channel. */
export const NOTHING = -1;
/** A client that holds entries of a log, but of another epoch: nothing follows from their numbers. */
export const UNPROVED = -2;
/** As UNPROVED, and entries were told of in that epoch which the client has not had. */
export const LOST = -3;

/** Where entries of a log can be read that are no longer kept here. */
export function logPath(channel: LogChannel): string {
  const ticker = tickerOf(channel);
  return ticker === null ? "/api/market/alerts" : `/api/history/${ticker}/ticks`;
}

/** Texts of frames, each built once per change of the replica however many clients want it. */
export class FrameCache {
  readonly #replica: Replica;
  readonly #texts = new Map<string, readonly string[]>();
  #chars = 0;
  /** Data frames serialised, and times the cache was full, since start. */
  built = 0;
  overflows = 0;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** Forgets everything; to be called when the replica changed. */
  clear(): void {
    this.#texts.clear();
    this.#chars = 0;
  }

  /** What brings a client from position `base` to now, frame by frame. */
  since(feed: ChannelFeed, base: number): readonly string[] {
    const { log } = feed;
    return log === null ? this.#data(feed, base) : this.#entries(log, base);
  }

  /** Whether entries of a log may be gone that a client at `base` has not had. */
  isGap(log: LogChannel, base: number): boolean {
    if (base === NOTHING) return false;
    return base === LOST || this.#replica.log(log)!.first() > Math.max(0, base);
  }

  /** The text kept under `key`, built when it is not there. */
  text(key: string, build: () => string): string {
    return this.#kept(key, () => [build()])[0]!;
  }

  /** A delta, or the snapshot where it must be or is smaller. */
  #data(feed: ChannelFeed, base: number): readonly string[] {
    const rows = feed.rows()!;
    if (base < rows.shapeSeq) return this.#snapshot(feed, rows);
    return this.#kept(`d ${base} ${feed.key}`, () => {
      const d = rows.table.deltaSince(base, rows.rows);
      if (d.length > rows.symbols.length * rows.table.width) return this.#snapshot(feed, rows);
      const { epoch: e, asOfMs: t } = this.#replica;
      return [this.#text({ k: "d", c: feed.name, e, p: base, s: rows.seq, t, d } as DeltaFrame)];
    });
  }

  #snapshot(feed: ChannelFeed, { table, rows, symbols, seq: s }: ChannelRows): readonly string[] {
    return this.#kept(`s ${feed.key}`, () => {
      const { epoch: e, asOfMs: t } = this.#replica;
      const build = (part: { i: number; n: number } | null, from: number, to: number) => {
        const numbers = rows?.slice(from, to) ?? range(from, to);
        const [y, v] = [symbols.slice(from, to), table.columns(numbers)];
        return this.#text({ k: "s", c: feed.name, e, s, t, ...part, y, v } as SnapshotFrame);
      };
      const whole = build(null, 0, symbols.length);
      const n = Math.min(Math.ceil(whole.length / MESSAGE_CHARS_MAX), symbols.length);
      if (n <= 1) return [whole];
      const at = (i: number) => Math.floor(symbols.length * i / n);
      return range(0, n).map((i) => build({ i, n }, at(i), at(i + 1)));
    });
  }

  #entries(log: LogChannel, base: number): readonly string[] {
    return this.#kept(`a ${base} ${log}`, () => {
      const { epoch: e } = this.#replica;
      const { from: p, entries: list } = this.#replica.log(log)!.from(Math.max(0, base));
      const text = this.#text({ k: "a", c: log, e, p, s: p + list.length, list });
      return this.isGap(log, base) ? [this.#gap(log), text] : [text];
    });
  }

  /** The refusal that stands before entries which do not follow what a client has had. */
  #gap(log: LogChannel): string {
    const first = this.#replica.log(log)!.first() + 1;
    const msg = `entries before ${first} are no longer kept here: read ${logPath(log)}`;
    const frame: ErrorFrame = { k: "err", id: null, code: "GAP", msg, c: [log] };
    return JSON.stringify(frame);
  }

  #kept(key: string, build: () => readonly string[]): readonly string[] {
    const held = this.#texts.get(key);
    if (held !== undefined) return held;
    const texts = build();
    const chars = texts.reduce((sum, text) => sum + text.length, 0);
    if (this.#chars + chars > FRAME_CACHE_CHARS_MAX && this.#chars > 0) {
      this.clear();
      this.overflows++;
    }
    this.#texts.set(key, texts);
    this.#chars += chars;
    return texts;
  }

  #text(frame: SnapshotFrame | DeltaFrame | LogFrame): string {
    this.built++;
    return JSON.stringify(frame);
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
