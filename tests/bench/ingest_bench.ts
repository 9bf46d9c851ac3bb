/**
 * Frames per second through decode, tape and engine on one core, beside a loop over the same frames
 * that does nothing but the three JSON.parse calls that the encoding demands.
 */
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { boardRow } from "../../core/engine/views.ts";
import { formatVnTime, parseVnTime } from "../../core/market/time.ts";
import {
  foreignRecord,
  frame,
  indexRecord,
  INIT_FRAME,
  preOpenRecord,
  quoteRecord,
  tradeRecord,
} from "../support/ssi_frames.ts";

const SYMBOLS = 500;
const FRAMES = 50_000;

/** Frames of a live quarter of an hour: half books, 45 in 100 trades, a few foreign and index. */
function makeFrames(): string[] {
  const symbols = Array.from({ length: SYMBOLS }, (_, i) => `S${String(i).padStart(3, "0")}`);
  const frames = [INIT_FRAME, ...symbols.map((Symbol) => frame(preOpenRecord({ Symbol })))];
  const totals = new Map<string, number>();
  let random = 1;
  const draw = (below: number) => {
    random = Math.imul(random, 1_664_525) + 1_013_904_223 >>> 0;
    return Math.floor(random / 2 ** 32 * below);
  };
  for (let i = frames.length; i < FRAMES; i++) {
    const Time = formatVnTime(parseVnTime("10:00:00")! + Math.floor(i / 60));
    const head = { Symbol: symbols[draw(SYMBOLS)]!, Time };
    const kind = draw(100);
    if (kind < 50) frames.push(frame(quoteRecord({ ...head, BidVol1: 100 * draw(1_000) })));
    else if (kind < 95) {
      const LastVol = 100 * (1 + draw(50));
      const TotalVol = (totals.get(head.Symbol) ?? 0) + LastVol;
      totals.set(head.Symbol, TotalVol);
      const LastPrice = 10_000 + 50 * draw(3);
      const TotalVal = TotalVol * 10_050;
      const Side = ["BU", "SD", null][draw(3)];
      frames.push(frame(tradeRecord({ ...head, LastVol, TotalVol, TotalVal, LastPrice, Side })));
    } else if (kind < 98) frames.push(frame(foreignRecord({ ...head, BuyVol: i })));
    else frames.push(frame(indexRecord({ Time, IndexValue: 1_850 + draw(100) / 100 })));
  }
  return frames;
}

const frames = makeFrames();
const options = { classifier: "feed", symbolsMax: 4_000 } as const;

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

/** Milliseconds of the quickest of some runs: what the code costs without its neighbours. */
function quickestMs(run: () => number, runs = 7): number {
  let quickest = Infinity;
  for (let i = 0; i < runs; i++) {
    const startMs = performance.now();
    run();
    quickest = Math.min(quickest, performance.now() - startMs);
  }
  return quickest;
}

const perSecond = (ms: number) => Math.round(frames.length / ms * 1_000).toLocaleString("en");
const parseMs = quickestMs(parseOnly);
const ingestMs = quickestMs(ingestAll);
const bytes = frames.reduce((sum, text) => sum + text.length, 0);
const report = [
  `ingest bench: ${frames.length} frames of ${Math.round(bytes / frames.length)} characters`,
  `  three JSON.parse only    ${perSecond(parseMs)} frames/s`,
  `  decode + tape + engine   ${perSecond(ingestMs)} frames/s`,
  `  ratio                    ${(ingestMs / parseMs).toFixed(2)}`,
];
await Deno.stdout.write(new TextEncoder().encode(`${report.join("\n")}\n`));

Deno.bench({
  name: "three JSON.parse only, 50,000 frames",
  group: "ingest",
  baseline: true,
  fn: () => void parseOnly(),
});
Deno.bench({
  name: "decode + tape + engine, 50,000 frames",
  group: "ingest",
  fn: () => void ingestAll(),
});

const filled = createIngest(options);
for (const text of frames) ingestFrame(filled, text);
Deno.bench("state hash of 500 symbols", () => {
  stateHash(filled.engine);
});
Deno.bench("one board row", () => {
  boardRow(filled.engine, "S001");
});
