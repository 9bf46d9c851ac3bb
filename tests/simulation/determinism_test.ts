import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sumSides } from "../../core/analytics/volume.ts";
import { stateHash } from "../../core/engine/hash.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { openJournal, SEGMENT_BYTES } from "../../core/feed/journal.ts";
import { FrameRecorder } from "../../core/tasks/recorder.ts";
import { boardOnly, DATE, frames, type PlayOptions } from "./market_frames.ts";

const HOUR: PlayOptions = { seed: 11, from: "09:14:30", until: "10:14:30", wants: boardOnly };
const ENGINE = { classifier: "feed", symbolsMax: 8_192 } as const;

interface Outcome {
  readonly frames: number;
  readonly frameHash: string;
  readonly stateHash: string;
}

function run(
  options: PlayOptions,
  onFrame: (frame: string, date: string | null) => void = () => {},
) {
  const ingest = createIngest(ENGINE);
  const sha = createHash("sha256");
  let count = 0;
  for (const frame of frames(options)) {
    sha.update(frame).update("\n");
    ingestFrame(ingest, frame);
    onFrame(frame, ingest.engine.market.tradingDate);
    count++;
  }
  const outcome: Outcome = {
    frames: count,
    frameHash: sha.digest("hex"),
    stateHash: stateHash(ingest.engine),
  };
  return { ingest, outcome };
}

Deno.test("Two runs of one simulated hour give the same frames and the same engine hash, and so does the journal", async () => {
  const dir = await Deno.makeTempDir();
  const journal = await openJournal({
    dir,
    maxBytes: 4 * SEGMENT_BYTES,
    segmentBytes: SEGMENT_BYTES,
    keepDates: null,
    clock: { nowMs: () => Date.now() },
    log: () => {},
  });
  try {
    const recorder = new FrameRecorder(journal, () => createIngest(ENGINE).engine.reference);
    const first = run(HOUR, (frame, date) => {
      recorder.record(1_795_200_000_000, frame, date);
      journal.commit();
    });
    const second = run(HOUR);
    assert.deepEqual(second.outcome, first.outcome);
    assert.ok(first.outcome.frames > 10_000, "an hour holds more than 10,000 frames");

    const replayed = createIngest(ENGINE);
    let records = 0;
    for await (const { frame } of journal.read(DATE)) {
      ingestFrame(replayed, frame);
      records++;
    }
    assert.equal(records, first.outcome.frames);
    assert.equal(stateHash(replayed.engine), first.outcome.stateHash);
  } finally {
    await journal.close();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("Another seed gives other frames and another engine hash", () => {
  const short = { ...HOUR, until: "09:20:00" };
  const one = run(short).outcome;
  const other = run({ ...short, seed: 12 }).outcome;
  assert.notEqual(one.frameHash, other.frameHash);
  assert.notEqual(one.stateHash, other.stateHash);
});

Deno.test("Every trade message of a simulated stretch lands in one admission, and the tape closes", () => {
  const { ingest } = run({ ...HOUR, from: "14:20:00", until: "15:05:00" });
  const { trades, events } = ingest.engine.counters;
  const admitted = Object.values(trades).reduce((sum, count) => sum + count, 0);
  assert.equal(admitted, events.trade);
  assert.equal(ingest.counters.decoded, ingest.counters.messages);
  for (const instrument of ingest.engine.market.instruments.values()) {
    const { volumes, totalVolume, symbol } = instrument;
    assert.equal(sumSides(volumes) + instrument.tape.missing, totalVolume ?? 0, symbol);
  }
});
