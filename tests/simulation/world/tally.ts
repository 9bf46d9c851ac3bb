import { FRAME_CHARS_MAX } from "../../../core/ssi/frame.ts";

/** What was received, counted without the product's own reader. */
export interface Tally {
  readonly frames: number;
  /** Arguments of Broadcasts: each is a market message, or claims to be. */
  readonly messages: number;
  /** Whole frames, entries and callbacks that cannot be read. */
  readonly unread: number;
}

export const NOTHING_RECEIVED: Tally = { frames: 0, messages: 0, unread: 0 };

/** Counts one more text. */
export function addTally(tally: Tally, text: string): Tally {
  const frames = tally.frames + 1;
  const frame = text.length > FRAME_CHARS_MAX ? null : parse(text);
  // A cursor makes a frame, even one without messages.
  const isFrame = frame !== null && ("C" in frame || "M" in frame);
  if (!isFrame) return { ...tally, frames, unread: tally.unread + 1 };
  let { messages, unread } = tally;
  for (const entry of (frame.M ?? []) as readonly { M?: string; A?: readonly unknown[] }[]) {
    if (entry.M === "Broadcast" && entry.A !== undefined) messages += entry.A.length;
    else unread++;
  }
  return { frames, messages, unread };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
