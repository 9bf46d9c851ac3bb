import { addDays } from "../../market/time.ts";
import type { BackfillArguments } from "./arguments.ts";
import { readUnit, type Service } from "./read_unit.ts";
import { withRetries } from "./retries.ts";
import { type Outcome, type RunDeps, runUnits } from "./run.ts";
import { MARKETS, resolveNames, targetsOf } from "./targets.ts";
import type { BackfillStore } from "./store.ts";
import { missingUnits, type Target } from "./units.ts";

export interface FillDeps extends Omit<RunDeps, "read" | "store"> {
  readonly service: Service;
  readonly store: BackfillStore;
}

const INSTRUMENTS = MARKETS.map((symbol): Target => ({ kind: "instruments", symbol }));

/** Fills what is missing of the days before and of the last closed one. */
export async function fill(wanted: BackfillArguments, deps: FillDeps): Promise<Outcome> {
  const { service, lastClosed } = deps;
  const names = await withRetries(
    () => resolveNames(wanted.names, lastClosed, service.rest),
    { ...deps, onRetry: () => {} },
  );
  if (!names.ok) {
    const end = names.end === "failed" ? "lost" : names.end;
    return { end, progress: null, reason: names.reason };
  }
  const whole = { from: addDays(lastClosed, 1 - wanted.days), to: lastClosed };
  const done = await deps.store.doneSpans(whole.from);
  const units = [
    // What is listed is told of one day only: the present one.
    ...missingUnits(INSTRUMENTS, { from: lastClosed, to: lastClosed }, done),
    ...missingUnits(targetsOf(wanted, names.names), whole, done),
  ];
  return await runUnits(units, { ...deps, read: (unit) => readUnit(unit, service) });
}
