import type { Cell } from "../wire/board.ts";
import { type ChannelRows, NewestSeq } from "./channel_rows.ts";
import type { VersionedTable } from "./table.ts";

/**
 * The rows of a table that have one value in a field, in the order of the table: every hub numbers
 * them alike, whenever it came. `look` is to be called after every change of the table.
 */
export class GroupRows implements ChannelRows {
  readonly table: VersionedTable;
  readonly #field: number;
  readonly #value: Cell;
  readonly #openSeq: number;
  readonly #newest: NewestSeq;
  #lookedSeq = -1;
  #rows: number[] = [];
  #symbols: string[] = [];
  #leftSeq: number;
  #shapeSeq = 0;

  /** The table is new and may hold changes of the tick `openSeq` already, whose delta will follow. */
  constructor(
    table: VersionedTable,
    group: { readonly field: number; readonly value: Cell; readonly openSeq: number },
  ) {
    this.table = table;
    this.#field = group.field;
    this.#value = group.value;
    this.#openSeq = group.openSeq;
    this.#newest = new NewestSeq(table);
    // Who left before is not known.
    this.#leftSeq = table.seq;
    this.look();
  }

  get rows(): readonly number[] {
    return this.#rows;
  }

  get symbols(): readonly string[] {
    return this.#symbols;
  }

  get seq(): number {
    return this.#newest.of(this.#rows, this.#shapeSeq);
  }

  get shapeSeq(): number {
    return this.#shapeSeq;
  }

  get leftSeq(): number {
    return this.#leftSeq;
  }

  joinedSeq(row: number): number {
    return this.table.cellSeq(row, this.#field);
  }

  orderOf(row: number): number | null {
    return this.table.cell(row, this.#field) === this.#value ? row : null;
  }

  /** Notes who joined and who left, at the cost of the table's rows when a cell of the field changed. */
  look(): void {
    const { table } = this;
    const fieldSeq = table.fieldSeq(this.#field);
    if (fieldSeq === this.#lookedSeq) return;
    this.#lookedSeq = fieldSeq;
    const held = this.#rows;
    this.#rows = [];
    for (let row = 0; row < table.symbols.length; row++) {
      if (this.orderOf(row) !== null) this.#rows.push(row);
    }
    this.#symbols = this.#rows.map((row) => table.symbols[row]!);
    // Who left in the open tick was not seen to be here.
    const hasLost = held.some((row) => this.orderOf(row) === null);
    if (hasLost || fieldSeq === this.#openSeq) this.#leftSeq = fieldSeq;
    this.#shapeSeq = this.#leftSeq;
    for (const row of this.#rows) this.#shapeSeq = Math.max(this.#shapeSeq, this.joinedSeq(row));
  }
}
