import { type ChannelName, isLogChannel } from "../wire/channel.ts";
import type { Position } from "../wire/frames.ts";
import { NOTHING, UNPROVED } from "./frame_cache.ts";
import type { Replica } from "./replica.ts";

/**
 * The position that a client may go on from. One that is further on comes from another node, which
 * has heard more of the bus: what it has already it will not take again.
 */
export function basisOf(replica: Replica, name: ChannelName, from: Position | undefined): number {
  if (from === undefined) return NOTHING;
  const isLog = isLogChannel(name);
  if (from.e !== replica.epoch) return isLog ? UNPROVED : NOTHING;
  const newest = isLog ? replica.log(name)?.next() ?? 0 : replica.seq;
  return Math.min(from.s, newest);
}
