import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { candleCount } from "../../core/analytics/candles.ts";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { boardOnly, frames } from "./market_frames.ts";

/**
 * Bytes of one security after a whole day, about three times what the busiest need. Most of it are
 * candles: 241 minutes of 88 bytes. Times the 1,616 securities of the market, 130 MB at worst.
 */
const SECURITY_BYTES_MAX = 80_000;

/** Bytes of what all securities share: 120,000 entries of the logs, 256 indices and their candles. */
const SHARED_BYTES_MAX = 32_000_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes of the heap that are in use, garbage left out. */
function usedBytes(): number {
  collectGarbage();
  collectGarbage();
  return Deno.memoryUsage().heapUsed;
}

/** What the product does with a whole day of the VN30 set, its futures and all indices. */
function playDay(): Ingest {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const day = frames({ seed: 3, from: "08:30:00", until: "15:06:00", wants: boardOnly });
  for (const frame of day) ingestFrame(ingest, frame);
  return ingest;
}

Deno.test("The engine's state of a whole day is bounded per security, whatever traded (F-058, F-320)", () => {
  let ingest: Ingest | null = playDay();
  const { instruments } = ingest.engine.market;
  const symbols = instruments.size;
  const candles = Math.max(...[...instruments.values()].map((one) => candleCount(one.candles)));
  const trades = ingest.engine.counters.trades.accepted;
  assert.ok(trades > 100_000, "a whole day of the busiest securities");
  assert.ok(candles <= 290, `${candles} candles, more than the day has minutes of trading`);

  const wholeBytes = usedBytes();
  instruments.clear();
  const withoutBytes = usedBytes();
  assert.equal(ingest.engine.market.instruments.size, 0);
  ingest = null;
  const sharedBytes = withoutBytes - usedBytes();
  const securityBytes = Math.round((wholeBytes - withoutBytes) / symbols);
  console.log(
    `engine state after ${trades} trades: ${securityBytes} bytes for each of ${symbols} ` +
      `securities, ${candles} candles at most; ${sharedBytes} bytes shared by all`,
  );
  assert.ok(securityBytes > 88 * candles / 2, `${securityBytes} bytes: the state was not measured`);
  assert.ok(securityBytes < SECURITY_BYTES_MAX, `${securityBytes} bytes`);
  assert.ok(sharedBytes < SHARED_BYTES_MAX, `${sharedBytes} bytes`);
});
