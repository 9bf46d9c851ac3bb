import type { VersionedTable } from "./table.ts";

/** The rows of a channel of state, as the stream serves them; all of it is as the table is now. */
export interface ChannelRows {
  readonly table: VersionedTable;
  /** Row numbers in the table, in the channel's order; undefined for the table as it is. */
  readonly rows: readonly number[] | undefined;
  readonly symbols: readonly string[];
  /** Seq of the last change in these rows, or of the set of them. */
  readonly seq: number;
  /** Seq at which the set of rows last changed: who stands before it needs a snapshot. */
  readonly shapeSeq: number;
  /** Seq at which a row last left, or 0. */
  readonly leftSeq: number;
  /** Seq at which a row of these became one. */
  joinedSeq(row: number): number;
  /** A number that rises in the order of these rows; null for a row that is none of them. */
  orderOf(row: number): number | null;
}

/** All rows of a table. */
export class WholeTable implements ChannelRows {
  readonly table: VersionedTable;
  readonly rows = undefined;
  readonly leftSeq = 0;

  constructor(table: VersionedTable) {
    this.table = table;
  }

  get symbols(): readonly string[] {
    return this.table.symbols;
  }

  get seq(): number {
    return this.table.seq;
  }

  get shapeSeq(): number {
    return this.table.grownSeq;
  }

  joinedSeq(row: number): number {
    return this.table.addedSeq(row);
  }

  orderOf(row: number): number {
    return row;
  }
}

/** Seq of the newest change in some rows of a table, looked up once per change of the table. */
export class NewestSeq {
  readonly #table: VersionedTable;
  #tableSeq = -1;
  #seq = 0;

  constructor(table: VersionedTable) {
    this.#table = table;
  }

  of(rows: readonly number[], shapeSeq: number): number {
    if (this.#tableSeq !== this.#table.seq) {
      this.#tableSeq = this.#table.seq;
      this.#seq = shapeSeq;
      for (const row of rows) this.#seq = Math.max(this.#seq, this.#table.rowSeq(row));
    }
    return this.#seq;
  }
}

/** A named part of a table; its set of rows is the same for the whole epoch. */
export class RowView implements ChannelRows {
  readonly table: VersionedTable;
  readonly rows: readonly number[];
  readonly symbols: readonly string[];
  readonly shapeSeq = 0;
  readonly leftSeq = 0;
  readonly #newest: NewestSeq;

  constructor(table: VersionedTable, symbols: readonly string[]) {
    this.table = table;
    this.symbols = symbols;
    this.#newest = new NewestSeq(table);
    this.rows = symbols.map((symbol) => {
      const row = table.rowOf(symbol);
      if (row === null) throw new RangeError(`Cannot make a view: the table has no row ${symbol}`);
      return row;
    });
  }

  get seq(): number {
    return this.#newest.of(this.rows, 0);
  }

  joinedSeq(): number {
    return 0;
  }

  orderOf(row: number): number | null {
    const at = this.rows.indexOf(row);
    return at < 0 ? null : at;
  }
}

/** The row of one symbol, or none as long as the table has none. */
export class SingleRow implements ChannelRows {
  readonly table: VersionedTable;
  readonly leftSeq = 0;
  readonly #symbol: string;

  constructor(table: VersionedTable, symbol: string) {
    this.table = table;
    this.#symbol = symbol;
  }

  get rows(): readonly number[] {
    const row = this.table.rowOf(this.#symbol);
    return row === null ? [] : [row];
  }

  get symbols(): readonly string[] {
    return this.table.rowOf(this.#symbol) === null ? [] : [this.#symbol];
  }

  get seq(): number {
    const row = this.table.rowOf(this.#symbol);
    return row === null ? 0 : this.table.rowSeq(row);
  }

  get shapeSeq(): number {
    const row = this.table.rowOf(this.#symbol);
    return row === null ? 0 : this.table.addedSeq(row);
  }

  joinedSeq(row: number): number {
    return this.table.addedSeq(row);
  }

  orderOf(row: number): number | null {
    return row === this.table.rowOf(this.#symbol) ? 0 : null;
  }
}
