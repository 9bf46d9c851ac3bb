import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { createDay } from "../../core/exchange/day.ts";
import type { SimChannel, SimDay, SimMessage } from "../../core/exchange/types.ts";
import { encodeBroadcast, initFrame, messageFrame } from "../../core/sim/frames.ts";
import { DATE } from "./market_frames.ts";
import { SecondBook } from "./second_books.ts";

/** A day that the engine has read as frames and a second set of books as what really happened. */
export interface SecondDay {
  readonly day: SimDay;
  readonly ingest: Ingest;
  readonly books: ReadonlyMap<string, SecondBook>;
}

const MINUTE_MS = 60_000;

/** Plays a whole day as fast as it goes; `onMinute` looks on once a simulated minute. */
export function playSecondDay(seed: number, onMinute: (played: SecondDay) => void): SecondDay {
  const books = new Map<string, SecondBook>();
  const day = createDay({
    seed,
    scenario: "quiet",
    date: DATE,
    onTrade: (trade) => books.get(trade.symbol)!.happened(trade),
  });
  for (const { symbol, kind } of day.instruments) {
    books.set(symbol, new SecondBook(kind === "future"));
  }
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const played = { day, ingest, books };
  const wants = wantedOf(day);
  ingestFrame(ingest, initFrame());
  let nextMs = day.timeOfDayMs + MINUTE_MS;
  while (!day.done) {
    const messages = day.step(wants);
    if (messages.length > 0) take(played, messages);
    if (day.timeOfDayMs < nextMs) continue;
    nextMs += MINUTE_MS;
    onMinute(played);
  }
  return played;
}

function take({ ingest, books }: SecondDay, messages: readonly SimMessage[]): void {
  for (const message of messages) books.get(message.symbol)?.said(message);
  ingestFrame(ingest, messageFrame(messages.length, messages.map(encodeBroadcast)));
}

/** Every trade, room, index and session; books of every sixteenth security: they are most frames. */
function wantedOf(day: SimDay): (channel: SimChannel, symbol: string) => boolean {
  const quoted = new Set(
    day.instruments.filter(({ kind }, i) => kind === "future" || i % 16 === 0)
      .map(({ symbol }) => symbol),
  );
  return (channel, symbol) => {
    if (channel === "X-QUOTE") return quoted.has(symbol);
    return channel !== "X" && channel !== "B";
  };
}
