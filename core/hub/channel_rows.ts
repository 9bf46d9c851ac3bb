import type { VersionedTable } from "./table.ts";

/** The rows of a channel of state, as the stream serves them. */
export interface ChannelRows {
  readonly table: VersionedTable;
  /** Row numbers in the table, in the channel's order; undefined for the table as it is. */
  readonly rows: readonly number[] | undefined;
  readonly symbols: readonly string[];
  /** Seq of the last change in these rows. */
  readonly seq: number;
  /** Seq at which the set of rows last grew: who stands before it needs a snapshot. */
  readonly shapeSeq: number;
}

/** All rows of a table. */
export function wholeTable(table: VersionedTable): ChannelRows {
  const { symbols, seq, grownSeq } = table;
  return { table, rows: undefined, symbols, seq, shapeSeq: grownSeq };
}

/** The row of one symbol, or none as long as the table has none. */
export function singleRow(table: VersionedTable, symbol: string): ChannelRows {
  const row = table.rowOf(symbol);
  if (row === null) return { table, rows: [], symbols: [], seq: 0, shapeSeq: 0 };
  const [seq, shapeSeq] = [table.rowSeq(row), table.addedSeq(row)];
  return { table, rows: [row], symbols: [symbol], seq, shapeSeq };
}

/** A named part of a table; its set of rows is the same for the whole epoch. */
export class RowView implements ChannelRows {
  readonly table: VersionedTable;
  readonly rows: readonly number[];
  readonly symbols: readonly string[];
  readonly shapeSeq = 0;
  #seq = 0;
  #tableSeq = -1;

  constructor(table: VersionedTable, symbols: readonly string[]) {
    this.table = table;
    this.symbols = symbols;
    this.rows = symbols.map((symbol) => {
      const row = table.rowOf(symbol);
      if (row === null) throw new RangeError(`Cannot make a view: the table has no row ${symbol}`);
      return row;
    });
  }

  /** Looked up once per change of the table, at the cost of the view's rows. */
  get seq(): number {
    if (this.#tableSeq !== this.table.seq) {
      this.#tableSeq = this.table.seq;
      for (const row of this.rows) this.#seq = Math.max(this.#seq, this.table.rowSeq(row));
    }
    return this.#seq;
  }
}

/** The rows of a channel whose symbols are named, in its order; it grows as they join. */
export function filteredRows(channel: ChannelRows, named: ReadonlySet<string>): ChannelRows {
  let picked: ChannelRows | null = null;
  let count = -1;
  const pick = (): ChannelRows => {
    if (picked !== null && count === channel.symbols.length) return picked;
    count = channel.symbols.length;
    const places = channel.symbols.flatMap((symbol, at) => named.has(symbol) ? [at] : []);
    const rows = places.map((at) => channel.rows?.[at] ?? at);
    const symbols = places.map((at) => channel.symbols[at]!);
    const { table } = channel;
    const shapeSeq = Math.max(0, ...rows.map((row) => table.addedSeq(row)));
    return picked = { table, rows, symbols, seq: 0, shapeSeq };
  };
  return {
    table: channel.table,
    get rows() {
      return pick().rows;
    },
    get symbols() {
      return pick().symbols;
    },
    get shapeSeq() {
      return pick().shapeSeq;
    },
    get seq() {
      const { rows, table } = pick();
      return Math.max(0, ...rows!.map((row) => table.rowSeq(row)));
    },
  };
}
