import type { Outcome } from "./run.ts";

const NUMBER = new Intl.NumberFormat("en");
const GO_ON = "run the same command again to go on";

/** What a shell sees: 0 all is stored, 1 it could not go on, 2 units are left, 130 it was stopped. */
export function exitCodeOf({ end, progress }: Outcome): number {
  if (end === "stopped") return 130;
  if (end !== "done") return 1;
  return progress !== null && progress.failed > 0 ? 2 : 0;
}

/** The last line of a run. */
export function outcomeText({ end, progress, reason }: Outcome): string {
  const { done = 0, units = 0, failed = 0, rows = 0, skipped = 0 } = progress ?? {};
  const stored = `${
    NUMBER.format(rows)
  } rows of ${done} units are stored, ${skipped} rows were skipped`;
  switch (end) {
    case "refused":
      return `Cannot go on: the key was refused: ${reason}`;
    case "lost":
      return `Cannot go on: ${reason}; ${stored}; ${GO_ON}`;
    case "stopped":
      return `Stopped after ${done} of ${units} units: ${stored}; ${GO_ON}`;
    case "done":
      if (units === 0) return "Nothing is missing";
      return failed === 0
        ? `Nothing is missing any more: ${stored}`
        : `${failed} of ${units} units failed: ${stored}; ${GO_ON}`;
  }
}
