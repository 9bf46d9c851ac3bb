import { addDays } from "../../market/time.ts";
import type { BackfillArguments } from "./arguments.ts";
import { readUnit, type Service, type UnitResult } from "./read_unit.ts";
import { type GivenUp, withRetries } from "./retries.ts";
import { type Outcome, type RunDeps, runUnits } from "./run.ts";
import { MARKETS, resolveNames, targetsOf } from "./targets.ts";
import type { BackfillStore } from "./store.ts";
import { missingUnits, type Target, type Unit } from "./units.ts";

export interface FillDeps extends Omit<RunDeps, "read" | "store"> {
  readonly service: Service;
  readonly store: BackfillStore;
}

const INSTRUMENTS = MARKETS.map((symbol): Target => ({ kind: "instruments", symbol }));

/** Fills what is missing of the days before and of the last closed one. */
export async function fill(wanted: BackfillArguments, deps: FillDeps): Promise<Outcome> {
  const { service, lastClosed } = deps;
  const names = await namesOf(wanted, deps);
  if (!names.ok) return unnamed(names);
  const whole = { from: addDays(lastClosed, 1 - wanted.days), to: lastClosed };
  const done = await deps.store.doneSpans(whole.from);
  const units = [
    // What is listed is told of one day only: the present one.
    ...missingUnits(INSTRUMENTS, { from: lastClosed, to: lastClosed }, done),
    ...missingUnits(targetsOf(wanted, names.names), whole, done),
  ];
  return await runUnits(units, { ...deps, read: (unit) => readUnit(unit, service) });
}

/**
 * Fills the minutes of a day that runs, as far as it has come. None counts as done, and what comes
 * once `isRunning` says no any more is left out: a simulated exchange tells another past of a day
 * than it had.
 */
export async function fillRunningDay(
  { date, isRunning }: { readonly date: string; readonly isRunning: () => boolean },
  wanted: BackfillArguments,
  deps: FillDeps,
): Promise<Outcome> {
  const names = await namesOf(wanted, deps);
  if (!names.ok) return unnamed(names);
  const targets = targetsOf({ ...wanted, kinds: ["intraday"] }, names.names);
  const units = targets.map((target): Unit => ({ ...target, from: date, to: date }));
  const read = async (unit: Unit): Promise<UnitResult> => {
    const result = await readUnit(unit, deps.service);
    return isRunning() ? result : { ok: true, rows: {}, skipped: 0 };
  };
  return await runUnits(units, { ...deps, read });
}

function namesOf({ names }: BackfillArguments, deps: FillDeps) {
  return withRetries(
    () => resolveNames(names, deps.lastClosed, deps.service.rest),
    { ...deps, onRetry: () => {} },
  );
}

function unnamed({ end, reason }: GivenUp): Outcome {
  return { end: end === "failed" ? "lost" : end, progress: null, reason };
}
