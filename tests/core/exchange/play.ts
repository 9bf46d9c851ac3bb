import { parseVnTime } from "../../../core/market/time.ts";
import { createDay, createDayOf } from "../../../core/exchange/day.ts";
import { vn30PriorE2 } from "../../../core/exchange/indices.ts";
import type {
  Scenario,
  SimChannel,
  SimDay,
  SimMessage,
  TruthTrade,
} from "../../../core/exchange/types.ts";
import { buildUniverse } from "../../../core/exchange/universe.ts";
import { VN30_SEED } from "../../../core/market/vn30.ts";

/** A Friday between two holidays' worth of ordinary days. */
export const DATE = "2026-11-20";

export type Wants = (channel: SimChannel, symbol: string) => boolean;
export const nothing: Wants = () => false;
export const everything: Wants = () => true;
export const only = (...channels: SimChannel[]): Wants => (channel) => channels.includes(channel);

export function dayOf(
  options: { seed?: number; scenario?: Scenario; onTrade?: (trade: TruthTrade) => void } = {},
): SimDay {
  return createDay({ seed: 7, scenario: "normal", date: DATE, ...options });
}

/** Plays until a time of the day (`HH:mm:ss`, exclusive) and hands on each wanted message. */
export function play(
  day: SimDay,
  until: string,
  wants: Wants = nothing,
  onMessage: (message: SimMessage, second: number) => void = () => {},
): void {
  const untilMs = second(until) * 1000;
  while (!day.done && day.timeOfDayMs < untilMs) {
    const now = Math.floor(day.timeOfDayMs / 1000);
    for (const message of day.step(wants)) onMessage(message, now);
  }
}

export function second(time: string): number {
  return parseVnTime(time)!;
}

/** A number field of a record. */
export function num(message: SimMessage | null, field: string): number {
  const value = message?.record[field];
  if (typeof value !== "number") throw new TypeError(`${field} is ${value}, not a number`);
  return value;
}

/**
 * A day with VN30, the futures and some of each board: it trades like the whole one and plays in a
 * fraction of the time.
 */
export function smallDayOf(
  options: {
    seed?: number;
    scenario?: Scenario;
    date?: string;
    onTrade?: (trade: TruthTrade) => void;
  } = {},
): SimDay {
  const day = { seed: 7, scenario: "normal", date: DATE, ...options } as const;
  const listings = buildUniverse(day.seed, day.date, vn30PriorE2(day.seed, day.date));
  return createDayOf(
    day,
    listings.filter(({ instrument, exchange, warrant, totalRoom }, i) =>
      VN30_SEED.includes(instrument.symbol) || exchange === "DERIVATIVES" || totalRoom === 0 ||
      warrant === null && i % 12 === 0
    ),
  );
}
