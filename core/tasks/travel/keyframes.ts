import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Ingest } from "../../engine/ingest.ts";
import type { JournalPosition } from "../../port/journal.ts";
import type { TradeSlice } from "../../wire/trade.ts";

/** Memory of all keyframes of a day; when there is no room, each second one goes. */
const BYTES_MAX = 128 * 1_024 * 1_024;
/** A state is repetitive: the quickest level makes it a fifth. */
const DEFLATE_LEVEL = 1;

/** A place in a day's journal and how far it is from the start. */
export interface DayPlace {
  readonly position: JournalPosition;
  /** Length of the texts up to there. */
  readonly chars: number;
}

/** All that a replay needs to go on from a place. */
export interface Keyframe extends DayPlace {
  /** Exchange time of the state. */
  readonly asOfMs: number;
  readonly bytes: Uint8Array;
}

/** What a keyframe holds. */
export interface KeyframeState {
  readonly ingest: Ingest;
  readonly trades: readonly TradeSlice[];
}

/** States of one day to go back to: bounded in memory, so that a busy day has them further apart. */
export class Keyframes {
  #frames: Keyframe[] = [];
  #bytes = 0;
  #spacing: number;

  /** `spacing` is the length of the journal's texts between two states at first. */
  constructor(spacing: number) {
    this.#spacing = spacing;
  }

  /** Whether a place is far enough behind the last keyframe for the next one. */
  isDue(chars: number): boolean {
    return chars >= (this.#frames.at(-1)?.chars ?? 0) + this.#spacing;
  }

  /** Keeps a state; places only rise. */
  add(place: DayPlace, asOfMs: number, state: KeyframeState): void {
    const bytes = deflateRawSync(serialize(state), { level: DEFLATE_LEVEL });
    this.#frames.push({ ...place, asOfMs, bytes });
    this.#bytes += bytes.length;
    if (this.#bytes > BYTES_MAX) this.#thin();
  }

  /** The newest state that is not behind an instant of exchange time; null when there is none. */
  newest(atMs: number): Keyframe | null {
    return this.#frames.findLast(({ asOfMs }) => asOfMs <= atMs) ?? null;
  }

  #thin(): void {
    this.#frames = this.#frames.filter((_, i) => i % 2 === 1);
    this.#bytes = this.#frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#spacing *= 2;
  }
}

/** The state of a keyframe, a new copy each time. */
export function stateOf({ bytes }: Keyframe): KeyframeState {
  return deserialize(inflateRawSync(bytes));
}
