import type { Progress } from "./run.ts";
import type { Unit } from "./units.ts";

/** Where a line goes; a terminal has it redrawn in place. */
export interface LineOutput {
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** Time between two lines where they stay. */
const LINE_MS = 10_000;
const BAR_CHARS = 20;
/** Back to the first column, and away with what is there. */
const CLEAR = "\r\x1b[K";

/** Shows how far a run has come: one line in place on a terminal, one every 10 s elsewhere. */
export class ProgressLine {
  readonly #output: LineOutput;
  readonly #startedMs: number;
  #progress: Progress | null = null;
  #writtenMs = -Infinity;

  constructor(output: LineOutput, nowMs: number) {
    this.#output = output;
    this.#startedMs = nowMs;
  }

  /** Takes what is to be shown from now on. */
  show(progress: Progress, nowMs: number): void {
    this.#progress = progress;
    this.tick(nowMs);
  }

  /** Shows that time has passed. */
  tick(nowMs: number): void {
    if (this.#progress === null) return;
    const { isTerminal } = this.#output;
    if (!isTerminal && nowMs - this.#writtenMs < LINE_MS) return;
    this.#writtenMs = nowMs;
    const text = progressText(this.#progress, nowMs - this.#startedMs);
    this.#output.write(isTerminal ? `${CLEAR}${text}` : `${text}\n`);
  }

  /** Writes a line that stays. */
  say(line: string): void {
    this.#output.write(`${this.#output.isTerminal ? CLEAR : ""}${line}\n`);
  }
}

/** `[####......] 12/640 units, intraday FPT 2026-10-26 to 2026-11-24, 31,200 rows, 2 skipped, 1 retry, 42 min left`. */
export function progressText(progress: Progress, passedMs: number): string {
  const { units, done, failed, calls, callsDone, unit, rows, skipped, retries } = progress;
  const filled = calls === 0 ? BAR_CHARS : Math.floor(callsDone / calls * BAR_CHARS);
  const parts = [`${done}/${units} units`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (unit !== null) parts.push(unitText(unit));
  parts.push(`${rows} rows`, `${skipped} skipped`, `${retries} retries`);
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
