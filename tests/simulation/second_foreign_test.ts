import assert from "node:assert/strict";
import { foreignRow } from "../../core/engine/foreign_view.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { createDay } from "../../core/exchange/day.ts";
import { parseVnTime } from "../../core/market/time.ts";
import { encodeBroadcast, initFrame, messageFrame } from "../../core/sim/frames.ts";
import { FOREIGN_FIELDS } from "../../core/wire/analytics.ts";
import { advance, DATE } from "./market_frames.ts";

const WINDOW_SECONDS = 300;
const BUY_SPEED = FOREIGN_FIELDS.indexOf("buySpeed");
const SELL_SPEED = FOREIGN_FIELDS.indexOf("sellSpeed");

/** Cumulative flow as one message told it. */
interface Told {
  readonly second: number;
  readonly buy: number;
  readonly sell: number;
}

/** What held at a second; the first message is older than anything that is asked. */
function at(told: readonly Told[], second: number): Told {
  return told.findLast((message) => message.second <= second)!;
}

function speed(now: number, before: number): number {
  return Math.round((now - before) / (WINDOW_SECONDS / 60) * 10) / 10;
}

Deno.test("Foreign speed over five minutes is that of a second computation, for every security in every minute (F-048)", () => {
  const day = createDay({ seed: 31, scenario: "normal", date: DATE });
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const told = new Map<string, Told[]>();
  let newest = 0;
  let moving = 0;
  const check = () => {
    for (const [symbol, messages] of told) {
      if (messages[0]!.second > newest - WINDOW_SECONDS) continue;
      const row = foreignRow(ingest.engine, symbol);
      const [now, before] = [at(messages, newest), at(messages, newest - WINDOW_SECONDS)];
      const expected = [speed(now.buy, before.buy), speed(now.sell, before.sell)];
      assert.deepEqual([row[BUY_SPEED], row[SELL_SPEED]], expected, `${symbol} at ${newest}`);
      if (expected.some((value) => value > 0)) moving++;
    }
  };
  advance(day, "08:44:00");
  ingestFrame(ingest, initFrame());
  let nextMs = parseVnTime("09:21:00")! * 1000;
  while (day.timeOfDayMs < parseVnTime("09:50:00")! * 1000) {
    const messages = day.step((channel) => channel === "R");
    for (const { symbol, record } of messages) {
      const { Time, BuyVol: buy, SellVol: sell } = record as Record<string, number>;
      newest = parseVnTime(String(Time))!;
      const held = told.get(symbol);
      if (held === undefined) told.set(symbol, [{ second: newest, buy: buy!, sell: sell! }]);
      else held.push({ second: newest, buy: buy!, sell: sell! });
    }
    const texts = messages.map(encodeBroadcast);
    if (texts.length > 0) ingestFrame(ingest, messageFrame(texts.length, texts));
    if (day.timeOfDayMs < nextMs) continue;
    nextMs += 60_000;
    check();
  }
  assert.ok(moving > 1_000, `${moving} speeds above zero were compared`);
});
