import assert from "node:assert/strict";
import type { RestFailure } from "../../../../core/feed/rest_caller.ts";
import type { BackfillSpan } from "../../../../core/port/backfill.ts";
import type { UnitResult } from "../../../../core/tasks/backfill/read_unit.ts";
import { type Outcome, type Progress, runUnits } from "../../../../core/tasks/backfill/run.ts";
import type { Unit } from "../../../../core/tasks/backfill/units.ts";

const LIMITS = {
  triesMax: 3,
  backoff: { minMs: 1, maxMs: 2 },
  blocked: { minMs: 1, maxMs: 2 },
  lostMax: 2,
};
const unit = (symbol: string): Unit => ({
  kind: "intraday",
  symbol,
  from: "2026-11-18",
  to: "2026-11-19",
});
const failed = (kind: RestFailure): UnitResult => ({ ok: false, kind, reason: `${kind} it was` });
const found: UnitResult = {
  ok: true,
  rows: {
    instruments: ["2026-11-18", "2026-11-19"].map((tradingDate) => ({
      tradingDate,
      symbol: "FPT",
      exchange: "HOSE",
      nameVi: null,
      nameEn: null,
      listedShares: null,
    })),
  },
  skipped: 1,
};

interface Run {
  readonly outcome: Outcome;
  readonly asked: string[];
  readonly saved: (BackfillSpan | null)[];
  readonly failures: string[];
  readonly progress: Progress[];
}

/** Runs units of which each symbol has its answers, one for each time that it is asked for. */
async function run(
  answers: Readonly<Record<string, readonly UnitResult[]>>,
  { onAsk = (_symbol: string, _stop: AbortController) => {}, saveFails = 0, refused = 0 } = {},
): Promise<Run> {
  const stop = new AbortController();
  const asked: string[] = [];
  const saved: (BackfillSpan | null)[] = [];
  const failures: string[] = [];
  const progress: Progress[] = [];
  const outcome = await runUnits(Object.keys(answers).map(unit), {
    read: ({ symbol }) => {
      const answer = answers[symbol]![asked.filter((one) => one === symbol).length]!;
      asked.push(symbol);
      onAsk(symbol, stop);
      return Promise.resolve(answer);
    },
    store: {
      save(_rows, done) {
        if (saveFails-- > 0) return Promise.reject(new Error("connection lost"));
        saved.push(done);
        return Promise.resolve(refused);
      },
    },
    onProgress: (one) => progress.push(one),
    onFailed: ({ symbol }, reason) => failures.push(`${symbol} ${reason}`),
    lastClosed: "2026-11-19",
    stop: stop.signal,
    pause: () => Promise.resolve(),
    random: () => 0,
    limits: LIMITS,
  });
  return { outcome, asked, saved, failures, progress };
}

Deno.test("backfill run - units are asked for, stored and remembered one after another", async () => {
  const { outcome, asked, saved } = await run({ A: [found], B: [found] });
  assert.deepEqual([outcome.end, asked], ["done", ["A", "B"]]);
  assert.deepEqual(saved[1], {
    kind: "intraday",
    symbol: "B",
    from: "2026-11-18",
    to: "2026-11-19",
  });
  const { done, failed, rows, skipped, retries, calls, callsDone } = outcome.progress!;
  assert.deepEqual([done, failed, rows, skipped, retries], [2, 0, 4, 2, 0]);
  assert.equal(calls, callsDone);
});

Deno.test("backfill run - what may pass is tried again: the service, a quota, the database", async () => {
  const { outcome, asked, saved } = await run(
    { A: [failed("transient"), failed("blocked"), found], B: [found, found] },
    { saveFails: 1 },
  );
  // The database failed for the third answer of A, which was its last try.
  assert.deepEqual([outcome.end, asked.join("")], ["done", "AAAB"]);
  assert.equal(outcome.progress!.retries, 2);
  assert.equal(saved.length, 1);
});

Deno.test("backfill run - rows that the database refuses are counted as skipped", async () => {
  const { outcome } = await run({ A: [found] }, { refused: 1 });
  assert.deepEqual([outcome.progress!.rows, outcome.progress!.skipped], [1, 2]);
});

Deno.test("backfill run - a unit that keeps failing is told and left, the others go on", async () => {
  const { outcome, failures, asked } = await run({
    A: [failed("transient"), failed("transient"), failed("transient")],
    B: [found],
    C: [failed("bad-shape")],
    D: [found],
  });
  assert.deepEqual([outcome.end, asked.join("")], ["done", "AAABCD"]);
  assert.deepEqual(failures, ["A transient it was", "C bad-shape it was"]);
  assert.deepEqual([outcome.progress!.done, outcome.progress!.failed], [2, 2]);
});

Deno.test("backfill run - units that fail one after another end the run", async () => {
  const { outcome, asked } = await run({
    A: [failed("bad-shape")],
    B: [failed("bad-shape")],
    C: [found],
  });
  assert.deepEqual([outcome.end, outcome.reason], ["lost", "bad-shape it was"]);
  assert.equal(asked.join(""), "AB");
});

Deno.test("backfill run - a refused key ends the run at once", async () => {
  const { outcome, asked } = await run({ A: [failed("refused")], B: [found] });
  assert.deepEqual([outcome.end, outcome.reason], ["refused", "refused it was"]);
  assert.equal(asked.join(""), "A");
});

Deno.test("backfill run - a stop is obeyed after the unit under way, which is stored", async () => {
  const { outcome, saved } = await run(
    { A: [found], B: [found], C: [found] },
    { onAsk: (symbol, stop) => symbol === "B" && stop.abort() },
  );
  assert.equal(outcome.end, "stopped");
  assert.deepEqual(saved.map((span) => span!.symbol), ["A", "B"]);
});

Deno.test("backfill run - a stop ends the pause before the next try", async () => {
  const { outcome, asked } = await run(
    { A: [failed("blocked"), found] },
    { onAsk: (_symbol, stop) => stop.abort() },
  );
  assert.deepEqual([outcome.end, asked.join("")], ["stopped", "A"]);
});
