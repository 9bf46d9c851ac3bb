import type { HeldChannel } from "./client_channel.ts";
import type { Position } from "./frames.ts";

/** Most channels in one operation or question: with positions and symbols it stays below 4 KiB. */
export const CHANNELS_AT_ONCE = 24;

/** Channels that one operation, or one question by REST, can ask for together. */
export interface Batch {
  readonly channels: readonly HeldChannel[];
  /** Rows wanted of each; null for all. */
  readonly syms: readonly string[] | null;
  /** Where the client stands in those that it has something of. */
  readonly from: Readonly<Record<string, Position>>;
}

/** Puts channels together that want the same rows, as many as fit. */
export function batchesOf(channels: Iterable<HeldChannel>): Batch[] {
  const groups = new Map<string, HeldChannel[]>();
  for (const channel of channels) {
    const key = channel.syms?.join() ?? "";
    groups.set(key, [...groups.get(key) ?? [], channel]);
  }
  return [...groups.values()].flatMap((group) => {
    const batches: Batch[] = [];
    for (let at = 0; at < group.length; at += CHANNELS_AT_ONCE) {
      batches.push(batchOf(group.slice(at, at + CHANNELS_AT_ONCE)));
    }
    return batches;
  });
}

function batchOf(channels: readonly HeldChannel[]): Batch {
  const from: Record<string, Position> = {};
  for (const { name, position } of channels) if (position !== null) from[name] = position;
  return { channels, syms: channels[0]!.syms, from };
}
