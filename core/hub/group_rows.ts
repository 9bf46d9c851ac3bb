import type { Cell } from "../wire/board.ts";
import { type ChannelRows, NewestSeq } from "./channel_rows.ts";
import type { VersionedTable } from "./table.ts";

/**
 * The rows of a table that have one value in a field, in the order of the table: every hub numbers
 * them alike, whenever it came. The table is looked through once per change of that field.
 */
export class GroupRows implements ChannelRows {
  readonly table: VersionedTable;
  readonly #field: number;
  readonly #value: Cell;
  readonly #newest: NewestSeq;
  #lookedSeq = -1;
  #rows: number[] = [];
  #symbols: string[] = [];
  #shapeSeq = 0;

  constructor(table: VersionedTable, group: { readonly field: number; readonly value: Cell }) {
    this.table = table;
    this.#field = group.field;
    this.#value = group.value;
    this.#newest = new NewestSeq(table);
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

  joinedSeq(row: number): number {
    return this.table.cellSeq(row, this.#field);
  }

  orderOf(row: number): number | null {
    return this.table.cell(row, this.#field) === this.#value ? row : null;
  }

  #look(): void {
    const { table } = this;
    const fieldSeq = table.fieldSeq(this.#field);
    if (fieldSeq === this.#lookedSeq) return;
    this.#lookedSeq = fieldSeq;
    const held = this.#rows;
    this.#rows = [];
    let at = 0;
    for (let row = 0; row < table.symbols.length; row++) {
      const wasIn = held[at] === row;
      const isIn = this.orderOf(row) !== null;
      if (wasIn) at++;
      if (isIn) this.#rows.push(row);
      if (wasIn || isIn) this.#shapeSeq = this.#shapeAfter(row, wasIn && isIn);
    }
    this.#symbols = this.#rows.map((row) => table.symbols[row]!);
  }

  /** A row whose cell was written again with the same value is where it was. */
  #shapeAfter(row: number, stays: boolean): number {
    return stays ? this.#shapeSeq : Math.max(this.#shapeSeq, this.joinedSeq(row));
  }
}
