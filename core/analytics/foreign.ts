import type { ForeignEvent } from "../market/event.ts";
import type { Exchange } from "../market/phase.ts";
import {
  createSpeedTrack,
  lastSampleMs,
  restartTrack,
  type SpeedTrack,
  trackFlow,
} from "./speed.ts";

/** What the analytics of one security's foreign flow remember; made by `createForeignFlow`. */
export interface ForeignFlow {
  readonly speed: SpeedTrack;
  /** Board that the sums count the security under; null while none is known. */
  board: Exchange | null;
  /** What the newest message brought, shares; 0 after a baseline. */
  buyDelta: number;
  sellDelta: number;
}

/** Shares that a message brought beyond the one before it; 0 where their time is not known. */
export interface ForeignStep {
  readonly bought: number;
  readonly sold: number;
}

/**
 * A jump over a longer silence than this across a reconnect would pass for a burst: the speed starts
 * over there.
 */
const BRIDGED_MS = 60_000;

/** A flow before its first message. */
export function createForeignFlow(board: Exchange | null): ForeignFlow {
  return { speed: createSpeedTrack(), board, buyDelta: 0, sellDelta: 0 };
}

/**
 * Takes the next message of a security, in place. Totals that fell are a correction: what they say
 * holds from now on, and no flow is made of the fall.
 */
export function followForeign(
  flow: ForeignFlow,
  before: ForeignEvent | null,
  event: ForeignEvent,
  isFirstOfConnection: boolean,
): ForeignStep {
  const bought = event.buyVolume - (before?.buyVolume ?? 0);
  const sold = event.sellVolume - (before?.sellVolume ?? 0);
  const lastMs = lastSampleMs(flow.speed);
  const isLost = isFirstOfConnection && lastMs !== null && event.exchangeMs - lastMs > BRIDGED_MS;
  // A first message, a correction and one after a silence: the increase is of no known time.
  const isBaseline = before === null || bought < 0 || sold < 0 || isLost;
  if (isBaseline) restartTrack(flow.speed);
  const step = isBaseline ? { bought: 0, sold: 0 } : { bought, sold };
  flow.buyDelta = step.bought;
  flow.sellDelta = step.sold;
  trackFlow(flow.speed, event.exchangeMs, { ...step, netVnd: netVnd(event) });
  return step;
}

/** Bought less sold value, VND. */
export function netVnd(event: ForeignEvent): number {
  return event.buyValueVnd - event.sellValueVnd;
}

/**
 * Whether the values are volume times the last price, as HOSE's once were: then both sides have
 * exactly that mean price, which real trades of a moving day do not have.
 */
export function isEstimated(
  event: ForeignEvent,
  prices: {
    readonly lastE2: number | null;
    readonly lowE2: number | null;
    readonly highE2: number | null;
  },
): boolean {
  const { buyVolume, sellVolume, buyValueVnd, sellValueVnd } = event;
  const { lastE2, lowE2, highE2 } = prices;
  if (lastE2 === null || lowE2 === highE2 || buyVolume === 0 || sellVolume === 0) return false;
  const isLast = (value: number, volume: number) => Math.round(value / volume * 100) === lastE2;
  return isLast(buyValueVnd, buyVolume) && isLast(sellValueVnd, sellVolume);
}
