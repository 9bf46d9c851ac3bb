import { draw, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";

/** Share of matches with a foreigner on one side, in 1/65,536, before the mood of the half hour. */
const BASE_SHARE = 5_200;
/** Steps in half an hour: as long as foreigners keep one mood for one security. */
const MOOD_STEPS = 30 * 60 * 4;

/** Share of matches with a foreigner on a side while foreigners do not follow their moods. */
const CALM_SHARE = 1_300;

/**
 * Books the foreign side of a match. `sellOff` is the share of matches in which a foreigner sells
 * beyond the usual, null to let the mood of the half hour decide. A buy needs room for its whole volume; a security without a
 * published room is not limited, as its cap is not known.
 */
export function bookForeign(
  security: Security,
  volume: number,
  valueVnd: number,
  { step, sellOff }: { readonly step: number; readonly sellOff: number | null },
): void {
  const { key, foreign, listing } = security;
  const bits = draw(key, STREAM.foreign, security.totalVolume);
  const mood = draw(key, STREAM.foreign, -1 - Math.floor(step / MOOD_STEPS));
  const buyShare = sellOff === null ? BASE_SHARE + (mood & 0x1fff) : CALM_SHARE;
  const sellShare = sellOff === null
    ? BASE_SHARE + ((mood >>> 13) & 0x1fff)
    : CALM_SHARE + sellOff * 0x10000;
  const isUnlimited = listing.totalRoom === 0;
  if ((bits & 0xffff) < buyShare && (isUnlimited || volume <= foreign.currentRoom)) {
    foreign.buyVolume += volume;
    foreign.buyValueVnd += valueVnd;
    if (!isUnlimited) foreign.currentRoom -= volume;
    security.isForeignDirty = true;
  }
  const isReturned = isUnlimited || foreign.currentRoom + volume <= listing.totalRoom;
  if ((bits >>> 16) < sellShare && isReturned) {
    foreign.sellVolume += volume;
    foreign.sellValueVnd += valueVnd;
    if (!isUnlimited) foreign.currentRoom += volume;
    security.isForeignDirty = true;
  }
}
