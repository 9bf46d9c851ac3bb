/**
 * How fast the engine is, on a real quarter of an hour of the simulated exchange: every security,
 * every channel that the product subscribes to.
 *
 * 1. Events per second of `step` alone, on events decoded beforehand.
 * 2. Frames per second of the whole chain, beside a loop over the same frames that does nothing but
 *    the three JSON.parse calls that the encoding demands.
 *
 * F-038, F-046 and F-057 are about one trade; the slowest steps are printed for them.
 */
import { cpuUsage } from "node:process";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { createEngine, type EngineState } from "../../core/engine/state.ts";
import { step } from "../../core/engine/step.ts";
import { boardRow } from "../../core/engine/views.ts";
import { volumeRow } from "../../core/engine/volume_view.ts";
import { createDay } from "../../core/exchange/day.ts";
import type { SimChannel } from "../../core/exchange/types.ts";
import type { MarketEvent } from "../../core/market/event.ts";
import { decodeFrame } from "../../core/ssi/decode.ts";
import { advance, DATE, listen } from "../simulation/market_frames.ts";

const RUNS = 5;
/** Frames of the whole chain, four a second: two and a half minutes, 70 MB of text. */
const CHAIN_FRAMES = 600;
const options = { classifier: "feed", symbolsMax: 8_192 } as const;
const wants = (channel: SimChannel) => channel !== "X" && channel !== "B";

const day = createDay({ seed: 41, scenario: "normal", date: DATE });
advance(day, "09:20:00");
const events: MarketEvent[] = [];
const frames: string[] = [];
for (const text of listen(day, "09:35:00", wants)) {
  if (frames.length < CHAIN_FRAMES) frames.push(text);
  for (const event of decodeFrame(text).events) events.push(event);
}

function stepAll(): EngineState {
  const engine = createEngine(options);
  for (const event of events) step(engine, event);
  return engine;
}

function parseOnly(): number {
  let records = 0;
  for (const text of frames) {
    for (const invocation of JSON.parse(text).M) {
      const message = JSON.parse(invocation.A[0]);
      if (JSON.parse(message.Content) !== null) records++;
    }
  }
  return records;
}

function ingestAll(): number {
  const ingest = createIngest(options);
  for (const text of frames) ingestFrame(ingest, text);
  return ingest.counters.decoded;
}

/**
 * Milliseconds of the quickest of some runs, by the clock and by what this process used of the
 * processors: what the code costs without its neighbours.
 */
function quickest(run: () => unknown): { readonly ms: number; readonly cpuMs: number } {
  let [ms, cpuMs] = [Infinity, Infinity];
  for (let i = 0; i < RUNS; i++) {
    const usage = cpuUsage();
    const startMs = performance.now();
    run();
    ms = Math.min(ms, performance.now() - startMs);
    cpuMs = Math.min(cpuMs, cpuUsage(usage).user / 1_000);
  }
  return { ms, cpuMs };
}

/** Milliseconds that so many in a thousand trades take at most, each measured by itself. */
function slowTrades(...perMille: readonly number[]): number[] {
  const engine = createEngine(options);
  const tookMs: number[] = [];
  for (const event of events) {
    const startMs = performance.now();
    step(engine, event);
    if (event.kind === "trade") tookMs.push(performance.now() - startMs);
  }
  tookMs.sort((a, b) => a - b);
  return perMille.map((share) => tookMs[Math.floor((tookMs.length - 1) * share / 1_000)]!);
}

const perSecond = (count: number, ms: number) =>
  Math.round(count / ms * 1_000).toLocaleString("en");

const steps = quickest(stepAll);
const { ms: parseMs, cpuMs: parseCpuMs } = quickest(parseOnly);
const { ms: chainMs, cpuMs: chainCpuMs } = quickest(ingestAll);
const [medianMs, slowMs, slowestMs] = slowTrades(500, 990, 1_000);
const characters = frames.reduce((sum, text) => sum + text.length, 0);
const messages = parseOnly();
const report = [
  `engine bench: ${events.length} events of 09:20 to 09:35, best of ${RUNS}`,
  `  step alone               ${perSecond(events.length, steps.ms)} events/s, ` +
  `${perSecond(events.length, steps.cpuMs)} per second of processor time`,
  `  one trade                ${medianMs} ms median, ${slowMs} ms p99, ${slowestMs} ms at most`,
  `whole chain: ${frames.length} frames, ${messages} messages, ${characters} characters`,
  `  three JSON.parse only    ${perSecond(frames.length, parseMs)} frames/s, ` +
  `${perSecond(messages, parseMs)} messages/s`,
  `  parse to engine          ${perSecond(frames.length, chainMs)} frames/s, ` +
  `${perSecond(messages, chainMs)} messages/s`,
  `  ratio                    ${(chainMs / parseMs).toFixed(2)} of time, ` +
  `${(chainCpuMs / parseCpuMs).toFixed(2)} of processor time`,
];
await Deno.stdout.write(new TextEncoder().encode(`${report.join("\n")}\n`));

const filled = stepAll();
Deno.bench("state hash of the whole market", () => {
  stateHash(filled);
});
Deno.bench("one board row", () => {
  boardRow(filled, "FPT");
});
Deno.bench("one volume row", () => {
  volumeRow(filled, "FPT");
});
