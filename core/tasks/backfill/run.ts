import type { RestFailed } from "../../feed/rest_caller.ts";
import type { Dated } from "../../port/backfill.ts";
import type { UnitResult } from "./read_unit.ts";
import { type RetryDeps, type RetryLimits, withRetries } from "./retries.ts";
import type { BackfillStore } from "./store.ts";
import { callsOf, settledSpan, type Unit } from "./units.ts";

export interface RunLimits extends RetryLimits {
  /** Units in a row without success after which nobody is there. */
  readonly lostMax: number;
}

/** About two minutes for a unit; ten and more when the service blocks. */
export const RUN_LIMITS: RunLimits = {
  triesMax: 6,
  backoff: { minMs: 2_000, maxMs: 60_000 },
  blocked: { minMs: 60_000, maxMs: 600_000 },
  lostMax: 3,
};

/** How far a run has come. */
export interface Progress {
  readonly units: number;
  readonly done: number;
  /** Units left for another run. */
  readonly failed: number;
  /** Calls of all units, and of those that are done or failed, about. */
  readonly calls: number;
  readonly callsDone: number;
  /** The unit under way. */
  readonly unit: Unit | null;
  /** Rows stored, and rows of the service that could not be. */
  readonly rows: number;
  readonly skipped: number;
  readonly retries: number;
}

export interface RunDeps extends Omit<RetryDeps, "onRetry"> {
  readonly read: (unit: Unit) => Promise<UnitResult>;
  readonly store: Pick<BackfillStore, "save">;
  readonly onProgress: (progress: Progress) => void;
  readonly onFailed: (unit: Unit, reason: string) => void;
  /** The last day whose history is whole. */
  readonly lastClosed: string;
  readonly limits: RunLimits;
}

/** How a run ended; `lost` is a service or a database that does not answer any more. */
export interface Outcome {
  readonly end: "done" | "stopped" | "refused" | "lost";
  /** Null when it ended before the units were known. */
  readonly progress: Progress | null;
  /** Of the failure that ended it. */
  readonly reason: string | null;
}

interface Stored {
  readonly ok: true;
  readonly rows: number;
  readonly skipped: number;
}

/** Asks for the units one after another and stores each as it comes. */
export async function runUnits(units: readonly Unit[], deps: RunDeps): Promise<Outcome> {
  let progress = progressOf(units);
  const tell = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    deps.onProgress(progress);
  };
  let lost = 0;
  for (const unit of units) {
    if (deps.stop.aborted) return { end: "stopped", progress, reason: null };
    tell({ unit });
    const onRetry = () => tell({ retries: progress.retries + 1 });
    const end = await withRetries(() => tryUnit(unit, deps), { ...deps, onRetry });
    const callsDone = progress.callsDone + callsOf(unit);
    if (end.ok) {
      lost = 0;
      const { done, rows, skipped } = progress;
      const sums = { rows: rows + end.rows, skipped: skipped + end.skipped };
      tell({ ...sums, callsDone, done: done + 1 });
      continue;
    }
    if (end.end !== "failed") return { end: end.end, progress, reason: end.reason };
    deps.onFailed(unit, end.reason);
    tell({ callsDone, failed: progress.failed + 1 });
    if (++lost === deps.limits.lostMax) return { end: "lost", progress, reason: end.reason };
  }
  return { end: "done", progress, reason: null };
}

function progressOf(units: readonly Unit[]): Progress {
  return {
    units: units.length,
    done: 0,
    failed: 0,
    calls: units.reduce((sum, unit) => sum + callsOf(unit), 0),
    callsDone: 0,
    unit: null,
    rows: 0,
    skipped: 0,
    retries: 0,
  };
}

/** A unit once; a database that fails is as transient as a service that does. */
async function tryUnit(unit: Unit, deps: RunDeps): Promise<Stored | RestFailed> {
  const result = await deps.read(unit);
  if (!result.ok) return result;
  const { rows } = result;
  const tables: readonly (readonly Dated<unknown>[])[] = Object.values(rows);
  const dates = tables.flatMap((of) => of.map(({ tradingDate }) => tradingDate));
  const settled = settledSpan(unit, newestOf(dates), deps.lastClosed);
  const { kind, symbol } = unit;
  try {
    const done = settled === null ? null : { kind, symbol, ...settled };
    const refused = await deps.store.save(rows, done);
    return { ok: true, rows: dates.length - refused, skipped: result.skipped + refused };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, kind: "transient", reason: `Cannot store rows: ${reason}` };
  }
}

function newestOf(dates: readonly string[]): string | null {
  return dates.reduce<string | null>(
    (newest, date) => newest === null || date > newest ? date : newest,
    null,
  );
}
