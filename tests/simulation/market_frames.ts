import { createDay } from "../../core/exchange/day.ts";
import type { Scenario, SimChannel, SimDay, TruthTrade } from "../../core/exchange/types.ts";
import { parseVnTime } from "../../core/market/time.ts";
import { VN30_SEED } from "../../core/market/vn30.ts";
import { encodeBroadcast, initFrame, messageFrame } from "../../core/sim/frames.ts";

/** The date all simulation tests play. */
export const DATE = "2026-11-20";

export interface PlayOptions {
  readonly seed: number;
  readonly scenario?: Scenario;
  /** `HH:mm:ss`. */
  readonly from: string;
  readonly until: string;
  readonly wants: (channel: SimChannel, symbol: string) => boolean;
  readonly onTrade?: (trade: TruthTrade) => void;
}

/** What the board of a newcomer subscribes, for VN30 stocks, futures and indices only. */
export function boardOnly(channel: SimChannel, symbol: string): boolean {
  if (channel === "X" || channel === "B") return false;
  return channel === "MI" || symbol.startsWith("41I1") || members.has(symbol);
}
const members = new Set(VN30_SEED);

/** The raw frames of a part of a simulated day, as one connection would receive them. */
export function* frames(options: PlayOptions): Generator<string> {
  const { seed, scenario = "normal", wants, onTrade } = options;
  const day = createDay({ seed, scenario, date: DATE, ...(onTrade ? { onTrade } : {}) });
  advance(day, options.from);
  yield* listen(day, options.until, wants);
}

/** The raw frames that a connection made now receives until `HH:mm:ss`. */
export function* listen(
  day: SimDay,
  until: string,
  wants: PlayOptions["wants"],
): Generator<string> {
  yield initFrame();
  let number = 0;
  const cached = [...cachedMessages(day, wants)];
  if (cached.length > 0) yield messageFrame(number += cached.length, cached);
  const untilMs = parseVnTime(until)! * 1000;
  while (!day.done && day.timeOfDayMs < untilMs) {
    const messages = day.step(wants).map(encodeBroadcast);
    if (messages.length > 0) yield messageFrame(number += messages.length, messages);
  }
}

/** Plays the day up to `HH:mm:ss` with nobody listening. */
export function advance(day: SimDay, time: string): void {
  const untilMs = parseVnTime(time)! * 1000;
  while (!day.done && day.timeOfDayMs < untilMs) day.step(() => false);
}

function* cachedMessages(day: SimDay, wants: PlayOptions["wants"]): Generator<string> {
  const symbols = [...day.instruments.map((i) => i.symbol), ...day.indices.map((i) => i.id)];
  for (const channel of ["F", "X-TRADE", "X-QUOTE", "R", "MI"] as const) {
    for (const symbol of symbols) {
      const message = wants(channel, symbol) ? day.latest(channel, symbol) : null;
      if (message !== null) yield encodeBroadcast(message);
    }
  }
}
