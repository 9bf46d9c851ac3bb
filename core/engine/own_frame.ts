import type { OwnEvent } from "../market/event.ts";

/** No frame of SSI begins like this, and a live one that does is refused like any unknown frame. */
const PREFIX = '{"vnstock":';

/** The journal's text of an event of ours. */
export function writeOwnFrame(event: OwnEvent): string {
  return `${PREFIX}${JSON.stringify(event)}}`;
}

/** Whether a text of the journal is an event of ours. */
export function isOwnFrame(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Reads an event of ours from a text of the journal; null for a frame of the feed. */
export function readOwnFrame(text: string): OwnEvent | null {
  if (!isOwnFrame(text)) return null;
  // The journal's checksum has vouched for the text: it is as `writeOwnFrame` made it.
  return (JSON.parse(text) as { readonly vnstock: OwnEvent }).vnstock;
}

/**
 * The journal's text of a frame of the feed. One that looks like an event of ours was refused as it
 * came, so replay must not take it for one: a blank in front says the same JSON.
 */
export function writeFeedFrame(text: string): string {
  return isOwnFrame(text) ? ` ${text}` : text;
}
