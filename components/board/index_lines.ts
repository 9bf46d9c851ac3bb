import type { IndexRow } from "../../core/wire/board.ts";
import { num } from "../../core/wire/cells.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { applyDelta, type LiveRowData, rowsOf } from "../live/rows.ts";
import { DayPaths } from "./day_paths.ts";
import type { PricePath } from "./price_path.ts";

/** An index as its card shows it: its cells, and its value of the day so far once that is known. */
export type IndexLine = IndexRow & { path?: PricePath };

/** What the index strip shows, put together from the frames of its channel. */
export class IndexLines {
  readonly #paths: DayPaths;
  /** Whose values the HTML had; of other indices nobody keeps any. */
  readonly #kept: readonly string[];
  #rows: (LiveRowData & IndexLine)[] = [];

  constructor(paths: Readonly<Record<string, PricePath>>) {
    this.#paths = new DayPaths(paths);
    this.#kept = Object.keys(paths);
  }

  get lines(): readonly IndexLine[] {
    return this.#rows;
  }

  /** Takes the whole table. */
  snapshot(frame: SnapshotFrame): void {
    this.#paths.leap(frame.t);
    this.#rows = rowsOf(frame) as (LiveRowData & IndexLine)[];
    for (const row of this.#rows) this.#lead(row);
  }

  /** Takes changes; `touched` hears of every line that they change. */
  delta(frame: DeltaFrame, touched: (symbol: string) => void): void {
    this.#paths.step(frame.t);
    applyDelta(this.#rows, frame, (row) => {
      this.#lead(row as LiveRowData & IndexLine);
      touched(row.symbol);
    });
  }

  /** Indices whose values of the day are not known any more. */
  get missing(): readonly string[] {
    const symbols = new Set(this.#rows.map(({ symbol }) => symbol));
    return this.#kept.filter((id) => symbols.has(id) && this.#paths.lacks(id));
  }

  /** Takes the day's values of those of these symbols that are indices. */
  addPaths(paths: ReadonlyMap<string, PricePath>, touched: (symbol: string) => void): void {
    for (const row of this.#rows) {
      const path = paths.get(row.symbol);
      if (path === undefined) continue;
      this.#paths.add(row.symbol, path);
      this.#lead(row);
      touched(row.symbol);
    }
  }

  /** Before its first trade of the day the feed tells yesterday's value of an index. */
  #lead(row: LiveRowData & IndexLine): void {
    this.#paths.lead(row, num(row.high) === null ? null : num(row.value));
  }
}
