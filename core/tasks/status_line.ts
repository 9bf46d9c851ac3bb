/** Where a line is shown. */
export interface LineOutput {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  readonly nowMs: () => number;
}

/** Between two lines where they cannot be redrawn. */
const LINE_MS = 10_000;
/** Back to the first column, and away with what is there. */
const CLEAR_LINE = "\r\x1b[K";

/** One line that is redrawn in place on a terminal; elsewhere one is written from time to time. */
export class StatusLine {
  readonly #output: LineOutput;
  #shownMs = -Infinity;

  constructor(output: LineOutput) {
    this.#output = output;
  }

  show(line: string): void {
    const { isTerminal, write } = this.#output;
    if (isTerminal) return write(`${CLEAR_LINE}${line}`);
    const nowMs = this.#output.nowMs();
    if (nowMs - this.#shownMs < LINE_MS) return;
    this.#shownMs = nowMs;
    write(`${line}\n`);
  }

  /** Makes room for a line that something else writes. */
  clear(): void {
    if (this.#output.isTerminal) this.#output.write(CLEAR_LINE);
  }
}
