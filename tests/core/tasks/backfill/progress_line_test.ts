import assert from "node:assert/strict";
import { ProgressLine, progressText } from "../../../../core/tasks/backfill/progress_line.ts";
import type { Progress } from "../../../../core/tasks/backfill/run.ts";

const HALF: Progress = {
  units: 4,
  done: 1,
  failed: 1,
  calls: 40,
  callsDone: 20,
  unit: { kind: "intraday", symbol: "FPT", from: "2026-10-26", to: "2026-11-24" },
  rows: 5_000,
  skipped: 2,
  retries: 3,
};

Deno.test("backfill progress - a line says what is done, what is under way and what is left", () => {
  assert.equal(
    progressText(HALF, 90_000),
    "[##########..........] 1/4 units, 1 failed, intraday FPT 2026-10-26 to 2026-11-24, " +
      "5,000 rows, 2 skipped, 3 retries, 90 s left",
  );
  const start = { ...HALF, done: 0, failed: 0, callsDone: 0, unit: null };
  const at = (passedMs: number) => progressText({ ...HALF, callsDone: 10 }, passedMs);
  assert.ok(!progressText(start, 90_000).includes("left"));
  assert.match(at(600_000), /30 min left$/);
  assert.match(at(3_600_000), /3 h left$/);
  assert.match(progressText({ ...HALF, calls: 0, callsDone: 0 }, 1), /^\[#{20}\]/);
});

Deno.test("backfill progress - the line is shown again with each tick, others stay above it", () => {
  const texts: string[] = [];
  let nowMs = 0;
  const line = new ProgressLine({
    isTerminal: true,
    write: (text) => texts.push(text),
    nowMs: () => nowMs,
  });
  line.tick();
  line.take(HALF);
  nowMs = 60_000;
  line.tick();
  line.say("FPT failed");
  const clear = "\r\x1b[K";
  assert.deepEqual(texts, [
    `${clear}${progressText(HALF, 0)}`,
    `${clear}${progressText(HALF, 60_000)}`,
    clear,
    "FPT failed\n",
  ]);
});
