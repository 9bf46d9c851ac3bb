import { MATURITIES } from "../../core/market/maturities.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { positiveOf } from "../cell_view.ts";
import { applyDelta, type LiveRowData, rowsOf } from "../live/rows.ts";
import type { BoardLine } from "./board_line.ts";
import { DayPaths } from "./day_paths.ts";
import type { PricePath } from "./price_path.ts";

type LiveLine = LiveRowData & BoardLine;

/** Cells that a future takes from its analytics. */
const ANALYTIC_FIELDS = ["expiry", "daysLeft", "fair", "rich", "oi"] as const;

interface LineOptions {
  /** Makes the lines of sums; null on a board without them. */
  readonly sumsOf: ((lines: readonly BoardLine[]) => BoardLine[]) | null;
  readonly paths: Readonly<Record<string, PricePath>>;
}

/** What the price board shows, put together from the frames of its channels. */
export class BoardLines {
  readonly #options: LineOptions;
  readonly #paths: DayPaths;
  #rows: (LiveLine)[] = [];
  #bySymbol = new Map<string, BoardLine>();
  #futures: LiveRowData[] = [];
  #sums: BoardLine[] = [];

  constructor(options: LineOptions) {
    this.#options = options;
    this.#paths = new DayPaths(options.paths);
  }

  /** Lines of securities and of sums. */
  get lines(): readonly BoardLine[] {
    return [...this.#sums, ...this.#rows];
  }

  /** Takes the whole board. */
  snapshot(frame: SnapshotFrame): void {
    this.#paths.leap(frame.t);
    this.#rows = rowsOf(frame) as (LiveLine)[];
    this.#bySymbol = new Map(this.#rows.map((row) => [row.symbol, row]));
    for (const row of this.#rows) this.#follow(row);
    for (const row of this.#futures) this.#mergeFuture(row);
    this.#sums = this.#options.sumsOf?.(this.#rows) ?? [];
  }

  /** Takes changes of the board; `touched` hears of every line that they change. */
  delta(frame: DeltaFrame, touched: (symbol: string) => void): void {
    this.#paths.step(frame.t);
    applyDelta(this.#rows, frame, (row) => {
      this.#follow(row as LiveLine);
      touched(row.symbol);
    });
    const news = this.#options.sumsOf?.(this.#rows) ?? [];
    for (const [at, sum] of this.#sums.entries()) {
      Object.assign(sum, news[at]);
      touched(sum.symbol);
    }
  }

  /** Takes analytics of futures, whole. */
  futures(frame: SnapshotFrame): void {
    this.#futures = rowsOf(frame);
    for (const row of this.#futures) this.#mergeFuture(row);
  }

  /** Takes changes of the analytics of futures. */
  futuresDelta(frame: DeltaFrame, touched: (symbol: string) => void): void {
    applyDelta(this.#futures, frame, (row) => {
      this.#mergeFuture(row);
      touched(row.symbol);
    });
  }

  /** Whether this is a security whose prices of the day are not known. */
  lacksPath(symbol: string): boolean {
    return this.#bySymbol.has(symbol) && this.#paths.lacks(symbol);
  }

  /** Takes the day's prices of securities up to now. */
  addPaths(paths: ReadonlyMap<string, PricePath>, touched: (symbol: string) => void): void {
    for (const [symbol, path] of paths) {
      this.#paths.add(symbol, path);
      const row = this.#bySymbol.get(symbol);
      if (row === undefined) continue;
      this.#follow(row);
      touched(symbol);
    }
  }

  #follow(row: BoardLine): void {
    this.#paths.lead(row, positiveOf(row.last));
  }

  #mergeFuture(row: LiveRowData): void {
    const line = this.#bySymbol.get(row.symbol);
    if (line === undefined) return;
    for (const field of ANALYTIC_FIELDS) line[field] = row[field] ?? null;
    line.series = seriesOf(row, this.#futures);
  }
}

/** What traders call one of the contracts of an index; null for any other row. */
function seriesOf({ underlying, expiry }: LiveRowData, futures: readonly LiveRowData[]) {
  const earlier = futures.filter((other) =>
    other.underlying === underlying && other.expiry! < expiry!
  );
  const maturity = expiry && MATURITIES[earlier.length];
  return maturity ? `${underlying}F${maturity}` : null;
}
