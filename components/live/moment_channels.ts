import { type ChannelName, isLogChannel, isStatusChannel } from "../../core/wire/channel.ts";
import type { LogFrame, ServerFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { joined } from "../../core/wire/snapshot_parts.ts";

/** A whole channel as it was at an earlier minute. */
export type MomentChannel = SnapshotFrame | LogFrame;

/** The channels that frames bring; one that had nothing at that minute is empty, not left out. */
export function momentChannels(
  names: readonly ChannelName[],
  frames: readonly ServerFrame[],
): ReadonlyMap<ChannelName, MomentChannel> {
  const channels = new Map<ChannelName, MomentChannel>();
  for (const name of names) {
    if (isStatusChannel(name)) continue;
    const own = frames.filter((frame): frame is MomentChannel =>
      (frame.k === "s" || frame.k === "a") && frame.c === name
    );
    channels.set(name, wholeOf(own) ?? emptyOf(name));
  }
  return channels;
}

function wholeOf(frames: readonly MomentChannel[]): MomentChannel | null {
  const [first] = frames;
  if (first === undefined) return null;
  return first.k === "a" ? first : joined(frames as readonly SnapshotFrame[]);
}

function emptyOf(name: ChannelName): MomentChannel {
  return isLogChannel(name)
    ? { k: "a", c: name, e: "", p: 0, s: 0, list: [] }
    : { k: "s", c: name, e: "", s: 0, t: null, y: [], v: [] } as SnapshotFrame;
}
