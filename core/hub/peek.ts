import type { ChannelName } from "../wire/channel.ts";
import type { ClientFrame, Position } from "../wire/frames.ts";
import type { Hub } from "./hub.ts";
import type { ClientLink } from "./link.ts";
import type { SharedMessage } from "./message.ts";

/** What a client wants of some channels, once. */
export interface Wanted {
  readonly c: readonly ChannelName[];
  /** Positions that it goes on from. */
  readonly from: Readonly<Partial<Record<ChannelName, Position>>>;
  /** Rows wanted; all when undefined. */
  readonly syms: readonly string[] | undefined;
}

/** A client that stays for one operation. */
class PeekLink implements ClientLink {
  readonly id = "peek";
  readonly unsentBytes = 0;
  readonly texts: string[] = [];
  isClosed = false;

  send({ text }: SharedMessage): void {
    this.texts.push(text);
  }

  close(): void {
    this.isClosed = true;
  }
}

/**
 * The frames that a socket would get on subscribing, each as JSON text: what it lacks, `hello` before
 * it when there is a channel without a position. Null when so much cannot be asked for at once.
 */
export function peek(hub: Hub, { c, from, syms }: Wanted, nowMs: number): string[] | null {
  const link = new PeekLink();
  const operation: ClientFrame = { op: "sub", id: 0, c, from, ...(syms && { syms }) };
  hub.join(link, "v1", nowMs, { isAuthenticated: true });
  const [hello = ""] = link.texts.splice(0);
  hub.receive(link, "v1", JSON.stringify(operation), nowMs);
  hub.leave(link, "v1");
  if (link.isClosed) return null;
  // A message is one frame or an array of them.
  const frames = link.texts.map((text) => text.startsWith("[") ? text.slice(1, -1) : text);
  return c.every((name) => from[name] !== undefined) ? frames : [hello, ...frames];
}
