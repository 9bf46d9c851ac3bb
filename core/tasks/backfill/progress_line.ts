import { type LineOutput, StatusLine } from "../status_line.ts";
import type { Progress } from "./run.ts";
import type { Unit } from "./units.ts";

const BAR_CHARS = 20;
const NUMBER = new Intl.NumberFormat("en");

/** Shows how far a run has come, and lines that stay. */
export class ProgressLine {
  readonly #output: LineOutput;
  readonly #line: StatusLine;
  readonly #startedMs: number;
  #progress: Progress | null = null;

  constructor(output: LineOutput) {
    this.#output = output;
    this.#line = new StatusLine(output);
    this.#startedMs = output.nowMs();
  }

  /** Takes what is to be shown from now on. */
  take(progress: Progress): void {
    this.#progress = progress;
    this.tick();
  }

  /** Shows that time has passed. */
  tick(): void {
    if (this.#progress === null) return;
    this.#line.show(progressText(this.#progress, this.#output.nowMs() - this.#startedMs));
  }

  /** Writes a line that stays. */
  say(line: string): void {
    this.#line.clear();
    this.#output.write(`${line}\n`);
  }
}

/** `[####......] 12/640 units, intraday FPT 2026-10-26 to 2026-11-24, 31,200 rows, 2 skipped, 1 retry, 42 min left`. */
export function progressText(progress: Progress, passedMs: number): string {
  const { units, done, failed, calls, callsDone, unit, rows, skipped, retries } = progress;
  const filled = calls === 0 ? BAR_CHARS : Math.floor(callsDone / calls * BAR_CHARS);
  const parts = [`${done}/${units} units`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (unit !== null) parts.push(unitText(unit));
  parts.push(`${NUMBER.format(rows)} rows`, `${skipped} skipped`, `${retries} retries`);
  // Nothing is known of the rate before the first unit has ended.
  if (callsDone > 0 && callsDone < calls) {
    parts.push(`${durationText(passedMs / callsDone * (calls - callsDone))} left`);
  }
  return `[${"#".repeat(filled)}${".".repeat(BAR_CHARS - filled)}] ${parts.join(", ")}`;
}

/** A unit in words. */
export function unitText({ kind, symbol, from, to }: Unit): string {
  return `${kind} ${symbol} ${from === to ? from : `${from} to ${to}`}`;
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 6) / 10} h`;
}
