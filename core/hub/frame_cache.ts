import { type LogChannel, type StateChannel, tickerOf } from "../wire/channel.ts";
import type { DeltaFrame, ErrorFrame, LogFrame, SnapshotFrame } from "../wire/frames.ts";
import { FRAME_CACHE_CHARS_MAX } from "./limits.ts";
import type { Replica } from "./replica.ts";

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

/** Serialised frames, each built once per change of the replica however many clients want it. */
export class FrameCache {
  readonly #replica: Replica;
  readonly #texts = new Map<string, string>();
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

  /** What brings a client from seq `base` to now: a delta, or the snapshot where it must be or is smaller. */
  data(channel: StateChannel, base: number): string {
    const { table, rows, symbols, seq, shapeSeq } = this.#replica.rows(channel)!;
    if (base < shapeSeq) {
      return this.shared(`s ${channel}`, () => {
        const { epoch: e, asOfMs: t } = this.#replica;
        const v = table.columns(rows);
        return this.#text({ k: "s", c: channel, e, s: seq, t, y: symbols, v });
      });
    }
    return this.shared(`d ${channel} ${base}`, () => {
      const d = table.deltaSince(base, rows);
      if (d.length > symbols.length * table.width) return this.data(channel, NOTHING);
      const { epoch: e, asOfMs: t } = this.#replica;
      return this.#text({ k: "d", c: channel, e, p: base, s: seq, t, d });
    });
  }

  /** Every entry of a log after position `base`, as far as they are kept. */
  entries(channel: LogChannel, base: number): string {
    return this.shared(`a ${channel} ${base}`, () => {
      const { epoch: e } = this.#replica;
      const log = this.#replica.log(channel)!;
      const { from: p, entries: list } = log.from(Math.max(0, base));
      return this.#text({ k: "a", c: channel, e, p, s: p + list.length, list });
    });
  }

  /** The refusal that stands before entries which do not follow what a client has had. */
  gap(channel: LogChannel): string {
    const first = this.#replica.log(channel)!.first() + 1;
    const msg = `entries before ${first} are no longer kept here: read ${logPath(channel)}`;
    const frame: ErrorFrame = { k: "err", id: null, code: "GAP", msg, c: [channel] };
    return JSON.stringify(frame);
  }

  /** Whether entries may be gone that a client at `base` has not had. */
  isGap(channel: LogChannel, base: number): boolean {
    if (base === NOTHING) return false;
    return base === LOST || this.#replica.log(channel)!.first() > Math.max(0, base);
  }

  /** The text kept under `key`, built when it is not there. */
  shared(key: string, build: () => string): string {
    const held = this.#texts.get(key);
    if (held !== undefined) return held;
    const text = build();
    if (this.#chars + text.length > FRAME_CACHE_CHARS_MAX && this.#chars > 0) {
      this.clear();
      this.overflows++;
    }
    this.#texts.set(key, text);
    this.#chars += text.length;
    return text;
  }

  #text(frame: SnapshotFrame | DeltaFrame | LogFrame): string {
    this.built++;
    return JSON.stringify(frame);
  }
}
