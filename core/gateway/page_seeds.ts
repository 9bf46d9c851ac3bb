import { peek } from "../hub/peek.ts";
import type { Hub } from "../hub/hub.ts";
import type { LogChannel, StateChannel } from "../wire/channel.ts";
import type { LogFrame, ServerFrame, SnapshotFrame } from "../wire/frames.ts";
import { joined } from "../wire/snapshot_parts.ts";

/** The data that a page is made of; its islands go on from the positions in it. */
export interface PageSeeds {
  /** A whole channel of state; no rows where it does not exist or there are no data yet. */
  table(channel: StateChannel): SnapshotFrame;
  /** A log; no entries likewise. */
  log(channel: LogChannel): LogFrame;
}

/** Channels as a socket would get them at this moment; `syms` are the rows wanted of all of them. */
export function pageSeeds(
  hub: Hub,
  channels: readonly (StateChannel | LogChannel)[],
  nowMs: number,
  syms?: readonly string[],
): PageSeeds {
  const known = channels.filter((name) => hub.has(name));
  const texts = known.length === 0 ? [] : peek(hub, { c: known, from: {}, syms }, nowMs) ?? [];
  const frames = JSON.parse(`[${texts.join(",")}]`) as ServerFrame[];
  const { epoch: e, asOfMs: t } = hub.view();
  return {
    table(channel) {
      const parts = frames.filter((frame) => frame.k === "s" && frame.c === channel);
      if (parts.length > 0) return joined(parts as SnapshotFrame[]);
      return { k: "s", c: channel, e, s: 0, t, y: [], v: [] };
    },
    log(channel) {
      const found = frames.find((frame) => frame.k === "a" && frame.c === channel);
      return found as LogFrame | undefined ?? { k: "a", c: channel, e, p: 0, s: 0, list: [] };
    },
  };
}
