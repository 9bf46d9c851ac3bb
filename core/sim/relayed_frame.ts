import { isOwnFrame } from "../engine/own_frame.ts";
import { parseFrame } from "../ssi/frame.ts";

/** A recorded frame that is sent once more. */
export interface RelayedFrame {
  readonly text: string;
  /** Calls of the hub in it. */
  readonly messages: number;
}

/**
 * What of a text of the journal goes over the wire again: the frame as it was recorded. Null for an
 * event of ours and for what concerned the recorded connection alone: answers and keep-alives. The
 * beginning of a connection is sent, because what follows it is the hub's cache and no news.
 */
export function relayedFrame(text: string): RelayedFrame | null {
  if (isOwnFrame(text)) return null;
  const frame = parseFrame(text);
  switch (frame.kind) {
    case "keep-alive":
    case "ack":
    case "hub-error":
      return null;
    case "other":
    case "refused":
      return { text, messages: 0 };
    case "init":
    case "messages":
      if (frame.reconnect || frame.errors.length > 0) return withoutOrders(text);
      return { text, messages: frame.invocations.length };
  }
}

/** The hub's word to reconnect, or on a quota, was for the recorded client: this one has none of that. */
function withoutOrders(text: string): RelayedFrame {
  const { T: _, M = [], ...rest } = JSON.parse(text) as { T?: unknown; M?: { M?: unknown }[] };
  const messages = M.filter((call) => String(call?.M).toLowerCase() !== "error");
  return { text: JSON.stringify({ ...rest, M: messages }), messages: messages.length };
}
