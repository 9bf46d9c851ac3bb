import { specMessage } from "./quirks_spec.ts";
import { wildMessage } from "./quirks_wild.ts";
import { keyOf } from "./rng.ts";
import type { SimMessage } from "./types.ts";
import type { WireMessage } from "./wire_message.ts";

/**
 * How the wire spells what the market says: `wild` as captured with every variant that has been
 * seen, `clean` as in the newest captures without the rare ones, `spec` as the documents have it.
 */
export const SIM_PROFILES = ["wild", "clean", "spec"] as const;
export type SimProfile = typeof SIM_PROFILES[number];

/** Spells a message; a cached one is the last of its channel, pushed when somebody subscribes. */
export type Dress = (message: SimMessage, isCached: boolean) => WireMessage;

/** The spelling of a profile. It depends on the seed and the message alone, never on who listens. */
export function dressOf(profile: SimProfile, seed: number): Dress {
  if (profile === "spec") return specMessage;
  if (profile === "clean") return plainMessage;
  return (message, isCached) => wildMessage(message, { key: momentKey(seed, message), isCached });
}

/** A message in the spelling of the newest captures. */
export function plainMessage({ channel, record }: SimMessage): WireMessage {
  return {
    typeKey: "DataType",
    contentKey: "Content",
    dataType: channel,
    content: record,
    isObject: false,
  };
}

/** A key that two messages share only when they say the same. */
function momentKey(seed: number, { channel, symbol, record }: SimMessage): number {
  const state = record.TotalVol ?? record.BidVol1 ?? record.BuyVol ?? record.IndexValue ?? "";
  return keyOf(seed, `${channel} ${symbol} ${record.Time} ${state}`);
}
