import { type ChannelRows, NewestSeq } from "./channel_rows.ts";
import type { VersionedTable } from "./table.ts";

/** The rows of a channel whose symbol is in the set, in the order of the channel. */
export function filteredRows(of: ChannelRows, symbols: ReadonlySet<string>): ChannelRows {
  return new FilteredRows(of, symbols);
}

class FilteredRows implements ChannelRows {
  readonly #of: ChannelRows;
  readonly #wanted: ReadonlySet<string>;
  readonly #newest: NewestSeq;
  #lookedSeq = -1;
  #rows: readonly number[] = [];
  #symbols: readonly string[] = [];
  #shapeSeq = 0;

  constructor(of: ChannelRows, wanted: ReadonlySet<string>) {
    this.#of = of;
    this.#wanted = wanted;
    this.#newest = new NewestSeq(of.table);
  }

  get table(): VersionedTable {
    return this.#of.table;
  }

  get rows(): readonly number[] {
    this.#look();
    return this.#rows;
  }

  get symbols(): readonly string[] {
    this.#look();
    return this.#symbols;
  }

  get seq(): number {
    this.#look();
    return this.#newest.of(this.#rows, this.#shapeSeq);
  }

  get shapeSeq(): number {
    this.#look();
    return this.#shapeSeq;
  }

  /** A row that left the channel may have been one of these, in the eyes of another hub at least. */
  get leftSeq(): number {
    return this.#of.leftSeq;
  }

  joinedSeq(row: number): number {
    return this.#of.joinedSeq(row);
  }

  orderOf(row: number): number | null {
    const isWanted = this.#wanted.has(this.table.symbols[row] ?? "");
    return isWanted ? this.#of.orderOf(row) : null;
  }

  /** Once per change of the channel's set of rows, at the cost of the symbols wanted. */
  #look(): void {
    const { shapeSeq, table } = this.#of;
    if (shapeSeq === this.#lookedSeq) return;
    this.#lookedSeq = shapeSeq;
    const places: { readonly row: number; readonly order: number }[] = [];
    for (const symbol of this.#wanted) {
      const row = table.rowOf(symbol);
      const order = row === null ? null : this.#of.orderOf(row);
      if (order !== null) places.push({ row: row!, order });
    }
    this.#rows = places.sort((a, b) => a.order - b.order).map(({ row }) => row);
    this.#symbols = this.#rows.map((row) => table.symbols[row]!);
    const joined = this.#rows.map((row) => this.joinedSeq(row));
    this.#shapeSeq = Math.max(this.leftSeq, ...joined);
  }
}
