/**
 * Memory of the engine after a whole day of the whole market, every channel that the product
 * subscribes to, with VN30's members known and watched, as live.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { candleCount } from "../../core/analytics/candles.ts";
import { createIngest, type Ingest, ingestFrame } from "../../core/engine/ingest.ts";
import { step } from "../../core/engine/step.ts";
import { createDay } from "../../core/exchange/day.ts";
import { VN30_SEED } from "../../core/market/vn30.ts";
import { DATE, listen } from "../simulation/market_frames.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function usedMegabytes(): number {
  collectGarbage();
  collectGarbage();
  return Deno.memoryUsage().heapUsed / 1e6;
}

/** What is held of the day when its exchange is gone. */
function playDay(): Ingest {
  const day = createDay({ seed: 3, scenario: "normal", date: DATE });
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const futures = day.instruments.filter(({ kind }) => kind === "future");
  step(ingest.engine, {
    kind: "reference",
    members: Object.fromEntries(day.indices.map(({ id, members }) => [id.toUpperCase(), members])),
    shares: Object.fromEntries(day.instruments.map((one) => [one.symbol, one.listedShares])),
    watch: [...VN30_SEED, ...futures.map(({ symbol }) => symbol)],
  });
  const wants = (channel: string) => channel !== "X" && channel !== "B" && channel !== "OL";
  for (const frame of listen(day, "15:06:00", wants)) ingestFrame(ingest, frame);
  return ingest;
}

const beforeMb = usedMegabytes();
const { engine, counters } = playDay();
const wholeMb = usedMegabytes() - beforeMb;
const { instruments, logs } = engine.market;
const candles = [...instruments.values()].reduce((sum, one) => sum + candleCount(one.candles), 0);
const symbols = instruments.size;
const per2000Mb = wholeMb / symbols * 2_000;
const report = [
  `memory: ${counters.messages} messages, ${engine.counters.trades.accepted} trades, ${symbols} securities`,
  `  engine state            ${wholeMb.toFixed(0)} MB, ${
    per2000Mb.toFixed(0)
  } MB for 2,000 securities`,
  `  candles                 ${candles}`,
  `  entries of logs         ${Object.values(logs).map((log) => log.entries.length).join(", ")}`,
];
await Deno.stdout.write(new TextEncoder().encode(`${report.join("\n")}\n`));
