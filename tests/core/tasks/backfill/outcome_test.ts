import assert from "node:assert/strict";
import { exitCodeOf, outcomeText } from "../../../../core/tasks/backfill/outcome.ts";
import type { Outcome } from "../../../../core/tasks/backfill/run.ts";

const outcome = (end: Outcome["end"], failed: number, units = 10): Outcome => ({
  end,
  progress: {
    ...{ units, done: 5, failed, calls: 10, callsDone: 5, unit: null },
    ...{ rows: 1_234, skipped: 2, retries: 0 },
  },
  reason: end === "done" ? null : "nobody answered",
});

Deno.test("backfill - the exit code and the last line say how a run ended", () => {
  const stored = "1,234 rows of 5 units are stored, 2 rows were skipped";
  const goOn = "run the same command again to go on";
  const ends: [Outcome, number, string][] = [
    [outcome("done", 0), 0, `Nothing is missing any more: ${stored}`],
    [outcome("done", 0, 0), 0, "Nothing is missing"],
    [outcome("done", 5), 2, `5 of 10 units failed: ${stored}; ${goOn}`],
    [outcome("stopped", 0), 130, `Stopped after 5 of 10 units: ${stored}; ${goOn}`],
    [outcome("lost", 2), 1, `Cannot go on: nobody answered; ${stored}; ${goOn}`],
    [
      { ...outcome("refused", 0), progress: null },
      1,
      "Cannot go on: the key was refused: nobody answered",
    ],
  ];
  for (const [ended, code, text] of ends) {
    assert.equal(exitCodeOf(ended), code, text);
    assert.equal(outcomeText(ended), text);
  }
});
