/**
 * From a frame of the feed to the message for the hub, at 5,000 frames a second of the whole
 * simulated market: the chain of the ingest worker with a bus that serialises as a port does.
 */
import { createIngest, ingestTransport } from "../../core/engine/ingest.ts";
import { createDay } from "../../core/exchange/day.ts";
import { connectingStatus } from "../../core/hub/replica.ts";
import { encodeBroadcast, messageFrame } from "../../core/sim/frames.ts";
import { parseFrame } from "../../core/ssi/frame.ts";
import { realPacer } from "../../core/tasks/pacer.ts";
import { PublishLoop } from "../../core/tasks/publish_loop.ts";
import { advance, DATE, listen } from "../simulation/market_frames.ts";
import type { SimChannel } from "../../core/exchange/types.ts";

const FRAMES_PER_SECOND = 5_000;
const SECONDS = 10;

const wants = (channel: SimChannel) => channel !== "X" && channel !== "B";

/** What a connection made at 09:20 gets first, and then one frame for each message. */
function makeFrames(): { readonly first: readonly string[]; readonly live: readonly string[] } {
  const day = createDay({ seed: 23, scenario: "normal", date: DATE });
  advance(day, "09:20:00");
  const first = [...listen(day, "09:20:00", wants)];
  const live: string[] = [];
  while (live.length < FRAMES_PER_SECOND * SECONDS && !day.done) {
    for (const message of day.step(wants)) {
      live.push(messageFrame(live.length, [encodeBroadcast(message)]));
    }
  }
  return { first, live };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

const { first, live } = makeFrames();
const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
let waiting: { readonly dueMs: number; readonly cameMs: number }[] = [];
/** Since a frame was due, and since it was handed over. */
const delaysMs: number[] = [];
const ownDelaysMs: number[] = [];
let [messages, characters, epochs] = [0, 0, 0];
const loop = new PublishLoop(ingest.engine, {
  extraSymbols: [],
  carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.15 },
}, {
  bus: {
    dropped: 0,
    publish(message) {
      characters += JSON.stringify(message).length;
      if (message.k !== "delta") return;
      messages++;
      const nowMs = performance.now();
      for (const { dueMs, cameMs } of waiting) {
        delaysMs.push(nowMs - dueMs);
        ownDelaysMs.push(nowMs - cameMs);
      }
      waiting = [];
    },
  },
  commit: () => {},
  newEpoch: () => `e${epochs++}`,
  status: () => connectingStatus("sim", 0),
  timers: realPacer,
});

function take(text: string, dueMs: number): void {
  const cameMs = performance.now();
  const changes = ingestTransport(ingest, parseFrame(text));
  if (changes.length > 0) waiting.push({ dueMs, cameMs });
  loop.frame(changes, cameMs);
}

for (const text of first) take(text, performance.now());
loop.flush();
waiting = [];
characters = 0;

/** Hands over what is due, one turn of the event loop after another; gives the longest turn late. */
async function feed(): Promise<number> {
  const startMs = performance.now();
  let [fed, lastMs, worstMs] = [0, startMs, 0];
  while (fed < live.length) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const nowMs = performance.now();
    worstMs = Math.max(worstMs, nowMs - lastMs);
    lastMs = nowMs;
    const due = Math.min(live.length, (nowMs - startMs) * FRAMES_PER_SECOND / 1000);
    // Each counts from when it was due: a turn that comes late delays its frames.
    for (; fed < due; fed++) take(live[fed]!, startMs + fed * 1000 / FRAMES_PER_SECOND);
  }
  return worstMs;
}

const worstMs = await feed();
loop.stop();
const figure = (value: number) => value.toFixed(2).padStart(8);
const quantiles = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const [p50, p99] = [quantile(sorted, 0.5), quantile(sorted, 0.99)];
  return `p50 ${figure(p50)}  p99 ${figure(p99)}  worst ${figure(sorted.at(-1)!)}`;
};
const report = [
  `publish bench: ${live.length} frames at ${FRAMES_PER_SECOND}/s, ${ingest.engine.market.instruments.size} symbols`,
  `  frame received → change published, ms: ${quantiles(ownDelaysMs)}`,
  `  from when the frame was due, ms:       ${quantiles(delaysMs)}`,
  `  longest turn of the event loop, ms:     ${figure(worstMs)}`,
  `  ${messages} messages of ${Math.round(characters / messages)} characters`,
];
await Deno.stdout.write(new TextEncoder().encode(`${report.join("\n")}\n`));

Deno.bench("one frame of the live market through engine, tables and serialisation", () => {
  take(live[0]!, performance.now());
  loop.flush();
});
