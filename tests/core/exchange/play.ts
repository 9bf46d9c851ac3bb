import { parseVnTime } from "../../../core/market/time.ts";
import { createDay } from "../../../core/exchange/day.ts";
import type {
  Scenario,
  SimChannel,
  SimDay,
  SimMessage,
  TruthTrade,
} from "../../../core/exchange/types.ts";

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
