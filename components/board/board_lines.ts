import { vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { positiveOf } from "../cell_view.ts";
import { applyDelta, type LiveRowData, rowsOf } from "../live/rows.ts";
import type { BoardLine } from "./board_line.ts";
import { extendPath, isAhead, type PricePath } from "./price_path.ts";

type LiveLine = LiveRowData & BoardLine;

/** Ms between two snapshots of which the later one leaves a hole in the prices of the day. */
const HOLE_MS = 5 * 60_000;

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
  /** By symbol; at most one for each security of the market. */
  readonly #paths: Map<string, PricePath>;
  /** Exchange time of the newest frame, Unix ms. */
  #asOfMs: number | null = null;
  #rows: (LiveLine)[] = [];
  #bySymbol = new Map<string, BoardLine>();
  #futures: LiveRowData[] = [];
  #sums: BoardLine[] = [];

  constructor(options: LineOptions) {
    this.#options = options;
    this.#paths = new Map(Object.entries(options.paths));
  }

  /** Lines of securities and of sums. */
  get lines(): readonly BoardLine[] {
    return [...this.#sums, ...this.#rows];
  }

  /** Takes the whole board. */
  snapshot(frame: SnapshotFrame): void {
    this.#forgetPaths(frame.t);
    this.#rows = rowsOf(frame) as (LiveLine)[];
    this.#bySymbol = new Map(this.#rows.map((row) => [row.symbol, row]));
    this.#asOfMs = frame.t;
    for (const row of this.#rows) this.#follow(row);
    for (const row of this.#futures) this.#mergeFuture(row);
    this.#sums = this.#options.sumsOf?.(this.#rows) ?? [];
  }

  /** Takes changes of the board; `touched` hears of every line that they change. */
  delta(frame: DeltaFrame, touched: (symbol: string) => void): void {
    this.#asOfMs = frame.t ?? this.#asOfMs;
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
    return this.#bySymbol.has(symbol) && !this.#paths.has(symbol);
  }

  /** Takes the day's prices of securities up to now. */
  addPaths(paths: ReadonlyMap<string, PricePath>, touched: (symbol: string) => void): void {
    for (const [symbol, path] of paths) {
      this.#paths.set(symbol, path);
      const row = this.#bySymbol.get(symbol);
      if (row === undefined) continue;
      this.#follow(row);
      touched(symbol);
    }
  }

  /** What is known of another day, or not up to the minute of this time, is to be asked for. */
  #forgetPaths(nextMs: number | null): void {
    const beforeMs = this.#asOfMs;
    if (beforeMs === null || nextMs === null) return;
    if (vnDate(beforeMs) !== vnDate(nextMs)) return this.#paths.clear();
    if (nextMs - beforeMs <= HOLE_MS) return;
    const minute = Math.floor(vnSecondOfDay(nextMs) / 60);
    for (const [symbol, path] of this.#paths) {
      if (!isAhead(path, minute - 1)) this.#paths.delete(symbol);
    }
  }

  /** Leads the path of a line to its price now; one whose beginning is unknown is not drawn. */
  #follow(row: BoardLine): void {
    const path = this.#paths.get(row.symbol);
    const price = positiveOf(row.last);
    if (path === undefined || price === null || this.#asOfMs === null) return;
    const minute = Math.floor(vnSecondOfDay(this.#asOfMs) / 60);
    row.path = extendPath(path, minute, price);
    // An earlier minute of the day takes nothing away from what is known.
    if (!isAhead(path, minute)) this.#paths.set(row.symbol, row.path);
  }

  #mergeFuture(row: LiveRowData): void {
    const line = this.#bySymbol.get(row.symbol);
    if (line === undefined) return;
    for (const field of ANALYTIC_FIELDS) line[field] = row[field] ?? null;
  }
}
