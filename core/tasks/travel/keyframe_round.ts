import { listDays } from "../../feed/journal_files.ts";
import { type CursorOptions, DayCursor } from "./day_cursor.ts";
import type { StoredKeyframes } from "./stored_keyframes.ts";

/** How far apart the keyframes on disk are: what a first question has to replay at most. */
export interface KeyframeSpacing {
  /** Exchange time between two of them. */
  readonly ms: number;
  /** Length of texts between two of them, however little time it took. */
  readonly charsMax: number;
  /** Below this length of texts another one would save nothing. */
  readonly charsMin: number;
}

/** 512 Mi chars are six seconds of replay. */
export const KEYFRAME_SPACING: KeyframeSpacing = {
  ms: 10 * 60_000,
  charsMax: 512 * 1_024 * 1_024,
  charsMin: 8 * 1_024 * 1_024,
};

/** Work at one go: so long may a question have to wait for its turn. */
const SLICE_MS = 20;

export interface KeyframeRoundOptions extends Omit<CursorOptions, "date"> {
  readonly stored: StoredKeyframes;
  readonly spacing: KeyframeSpacing;
  /** Called after each slice of work with its length; the round goes on when it resolves. */
  readonly rest: (busyMs: number) => Promise<void>;
}

/**
 * Leaves keyframes on disk for all that is recorded by now, the newest day first: of each day it goes
 * on from the newest one. Rejects when one cannot be written or a day cannot be read.
 */
export async function keepKeyframes(options: KeyframeRoundOptions): Promise<void> {
  const [newest, ...older] = listDays(options.dir).reverse();
  const nap = naps(options.rest);
  if (newest !== undefined) await keepDay(options, nap, { date: newest, isOver: false });
  for (const date of older) await keepDay(options, nap, { date, isOver: true });
}

async function keepDay(
  options: KeyframeRoundOptions,
  nap: () => Promise<void> | null,
  { date, isOver }: { readonly date: string; readonly isOver: boolean },
): Promise<void> {
  const { stored, spacing } = options;
  const newest = await stored.newest(date, { atMs: Infinity, afterMs: -Infinity });
  if (newest?.isLast) return;
  const cursor = new DayCursor({ ...options, date }, newest);
  // Of the last keyframe, or of the first message.
  let { chars, asOfMs } = newest ?? { chars: 0, asOfMs: null };
  const keep = async (isLast: boolean) => {
    const keyframe = cursor.keyframe();
    if (keyframe === null) return;
    await stored.write(date, { ...keyframe, isLast });
    ({ chars, asOfMs } = keyframe);
  };
  try {
    await cursor.advance(Infinity, () => {
      asOfMs ??= cursor.asOfMs;
      const passedChars = cursor.chars - chars;
      const passedMs = (cursor.asOfMs ?? 0) - (asOfMs ?? 0);
      const isDue = passedChars >= spacing.charsMax ||
        (passedChars >= spacing.charsMin && passedMs >= spacing.ms);
      return isDue ? keep(false) : nap();
    });
    if (isOver || cursor.isArchived) await keep(true);
  } finally {
    await cursor.close();
  }
}

/** Cuts work into slices: gives what is to be waited for when one is over. */
function naps(rest: KeyframeRoundOptions["rest"]): () => Promise<void> | null {
  let sinceMs = performance.now();
  const nap = async (busyMs: number) => {
    await rest(busyMs);
    sinceMs = performance.now();
  };
  return () => {
    const busyMs = performance.now() - sinceMs;
    return busyMs < SLICE_MS ? null : nap(busyMs);
  };
}
