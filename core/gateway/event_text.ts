import type { SharedMessage } from "../hub/message.ts";
import type { ServerFrame } from "../wire/frames.ts";

const EVENTS = Symbol("server-sent events");
const encoder = new TextEncoder();

/** A message as Server-Sent Events, one for each frame of it, made once for all links. */
export function eventBytes(message: SharedMessage): Uint8Array<ArrayBuffer> {
  return message.as(EVENTS, ({ text }) => {
    const frames: readonly ServerFrame[] = [JSON.parse(text)].flat();
    return encoder.encode(frames.map(eventText).join(""));
  });
}

function eventText(frame: ServerFrame): string {
  const lines = [`event: ${frame.k}`];
  const position = positionAfter(frame);
  if (position !== null) lines.push(`id: ${position}`);
  if (frame.k === "bye") lines.push(`retry: ${frame.after}`);
  return `${lines.join("\n")}\ndata: ${JSON.stringify(frame)}\n\n`;
}

/** Where a client stands that has taken a frame, as `epoch/seq`; null when that says nothing new. */
function positionAfter(frame: ServerFrame): string | null {
  switch (frame.k) {
    case "s":
      // A client that has lost the last part has nothing yet.
      return frame.n === undefined || frame.i === frame.n - 1 ? `${frame.e}/${frame.s}` : null;
    case "d":
    case "a":
      return `${frame.e}/${frame.s}`;
    default:
      return null;
  }
}
