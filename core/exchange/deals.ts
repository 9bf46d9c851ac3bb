import type { Exchange } from "../market/phase.ts";
import { draw, STREAM } from "./rng.ts";
import type { Security } from "./security.ts";

/** One in this many actions of a security comes with a put-through deal. */
const ACTIONS_PER_DEAL = 6_000;
/** Smallest put-through by board, in shares; a board without one has no put-through here. */
export const LEAST_VOLUME: Readonly<Partial<Record<Exchange, number>>> = {
  HOSE: 20_000,
  HNX: 5_000,
};
/** Deals reach up to this many times the smallest one; few do. */
const LARGEST = 45;
/** How far a price agreed between two parties lies from the market, at most. */
const AWAY = 0.03;
/** Out of 256 deals, in how many a foreigner buys, and in how many one sells. */
const FOREIGN = 64;

/** A deal agreed outside the book. It counts in indices and in the day, never in X-TRADE. */
export interface Deal {
  readonly volume: number;
  readonly valueVnd: number;
}

/**
 * The put-through deal that goes with an action, or null. Boards take deals exactly while orders
 * arrive; prices are whole VND inside the band. A foreigner's deal takes or returns room, but is no
 * part of the flow that channel R sums.
 */
export function makeDeal(s: Security, step: number): Deal | null {
  const { exchange, band, totalRoom } = s.listing;
  const least = LEAST_VOLUME[exchange];
  if (least === undefined || s.isFuture) return null;
  const bits = draw(s.key, STREAM.deal, step);
  if (bits % ACTIONS_PER_DEAL !== 0) return null;
  const size = draw(s.key, STREAM.deal, ~step);
  const share = (size & 0xffff) / 0x10000;
  const volume = least + Math.floor(share * share * share * least * LARGEST);
  const wanted = s.currentE2 * (1 + AWAY * ((size >>> 16) / 0x8000 - 1));
  const priceVnd = Math.round(Math.min(band.ceilingE2, Math.max(band.floorE2, wanted)) / 100);
  const deal = { volume, valueVnd: priceVnd * volume };
  s.dealVolume += deal.volume;
  s.dealValueVnd += deal.valueVnd;
  if (totalRoom > 0) moveRoom(s, volume, (bits >>> 13) & 0xff, (bits >>> 21) & 0xff);
  return deal;
}

function moveRoom(s: Security, volume: number, buyer: number, seller: number): void {
  const { foreign, listing } = s;
  if (buyer < FOREIGN && volume <= foreign.currentRoom) {
    foreign.currentRoom -= volume;
    s.isForeignDirty = true;
  }
  if (seller < FOREIGN && foreign.currentRoom + volume <= listing.totalRoom) {
    foreign.currentRoom += volume;
    s.isForeignDirty = true;
  }
}
