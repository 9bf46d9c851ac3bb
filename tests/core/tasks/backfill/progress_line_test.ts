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
      "5000 rows, 2 skipped, 3 retries, 90 s left",
  );
  const start = { ...HALF, done: 0, failed: 0, callsDone: 0, unit: null };
  const at = (passedMs: number) => progressText({ ...HALF, callsDone: 10 }, passedMs);
  assert.ok(!progressText(start, 90_000).includes("left"));
  assert.match(at(600_000), /30 min left$/);
  assert.match(at(3_600_000), /3 h left$/);
  assert.match(progressText({ ...HALF, calls: 0, callsDone: 0 }, 1), /^\[#{20}\]/);
});

function shown(isTerminal: boolean, body: (line: ProgressLine) => void): string[] {
  const texts: string[] = [];
  body(new ProgressLine({ isTerminal, write: (text) => texts.push(text) }, 0));
  return texts;
}

Deno.test("backfill progress - a terminal has the line redrawn in place", () => {
  const texts = shown(true, (line) => {
    line.show(HALF, 1_000);
    line.tick(2_000);
    line.say("FPT failed");
  });
  assert.equal(texts.length, 3);
  assert.ok(texts.every((text) => text.startsWith("\r\x1b[K")));
  assert.ok(!texts[1]!.includes("\n") && texts[2] === "\r\x1b[KFPT failed\n");
});

Deno.test("backfill progress - elsewhere a line stays, one in ten seconds", () => {
  const texts = shown(false, (line) => {
    line.tick(0);
    for (let ms = 0; ms < 25_000; ms += 1_000) line.show(HALF, ms);
    line.say("FPT failed");
  });
  assert.equal(texts.length, 4);
  assert.ok(texts.every((text) => text.endsWith("\n") && !text.includes("\x1b")));
});
