import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Ingest } from "../../engine/ingest.ts";
import type { JournalPosition } from "../../port/journal.ts";
import type { TradeSlice } from "../../wire/trade.ts";

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

/** The bytes of a keyframe. */
export function packState(state: KeyframeState): Uint8Array {
  return deflateRawSync(serialize(state), { level: DEFLATE_LEVEL });
}

/** The state of a keyframe, a new copy each time. */
export function stateOf({ bytes }: Keyframe): KeyframeState {
  return deserialize(inflateRawSync(bytes));
}
