import type { Cell } from "../wire/board.ts";
import { forEachBit, joinHalves, MASK_BITS_MAX } from "../wire/mask.ts";

/**
 * A table whose every cell carries the seq of its last change, so that the delta since any seq can be
 * built without history: cells in one flat array, row after row, and two arrays of stamps, one per
 * cell and one per row (the newest of its cells, which lets `deltaSince` skip quiet rows).
 * Cost: 8 bytes of stamp per cell; 1,600 rows × 37 fields are 0.5 MB.
 */
export class VersionedTable {
  readonly symbols: readonly string[];
  readonly width: number;
  readonly #cells: Cell[];
  readonly #cellSeq: Float64Array;
  readonly #rowSeq: Float64Array;
  readonly #rowOf: ReadonlyMap<string, number>;
  #seq: number;

  /** An empty table (every cell null), stamped with `seq` throughout. */
  constructor(shape: { symbols: readonly string[]; width: number; seq: number }) {
    if (shape.width > MASK_BITS_MAX) {
      throw new RangeError(
        `Cannot make a table of ${shape.width} fields: ${MASK_BITS_MAX} at most`,
      );
    }
    this.symbols = shape.symbols;
    this.width = shape.width;
    this.#seq = shape.seq;
    const rows = shape.symbols.length;
    this.#cells = new Array<Cell>(rows * shape.width).fill(null);
    this.#cellSeq = new Float64Array(rows * shape.width).fill(shape.seq);
    this.#rowSeq = new Float64Array(rows).fill(shape.seq);
    this.#rowOf = new Map(shape.symbols.map((symbol, row) => [symbol, row]));
    if (this.#rowOf.size !== rows) throw new TypeError("Cannot make a table: a symbol is repeated");
  }

  /** Seq of the last change of any cell. */
  get seq(): number {
    return this.#seq;
  }

  /** Row number of a symbol, or null when the table has no such row. */
  rowOf(symbol: string): number | null {
    return this.#rowOf.get(symbol) ?? null;
  }

  /** Seq of the last change in a row. */
  rowSeq(row: number): number {
    return this.#rowSeq[row] ?? 0;
  }

  /** Cells of a row, in field order. */
  row(row: number): Cell[] {
    return this.#cells.slice(row * this.width, (row + 1) * this.width);
  }

  /** Takes the whole row; cells whose value differs get stamped. Says whether any did. */
  put(row: number, cells: readonly Cell[], seq: number): boolean {
    if (cells.length !== this.width || row < 0 || row >= this.symbols.length) {
      throw new RangeError(
        `Cannot put ${cells.length} cells into row ${row}: wanted ${this.width}`,
      );
    }
    const start = row * this.width;
    let changed = false;
    for (let field = 0; field < this.width; field++) {
      const value = cells[field]!;
      if (this.#cells[start + field] === value) continue;
      this.#cells[start + field] = value;
      this.#cellSeq[start + field] = seq;
      changed = true;
    }
    if (changed) {
      this.#rowSeq[row] = seq;
      this.#seq = seq;
    }
    return changed;
  }

  /**
   * Takes flat rows as `deltaSince` gives them. Every named cell is stamped, equal or not: who sent
   * it says that it changed, and the copy here may have come early inside a snapshot.
   */
  apply(flat: readonly Cell[], seq: number): void {
    for (let at = 0; at < flat.length;) {
      const row = flat[at++] as number;
      const mask = flat[at++] as number;
      if (!(row >= 0 && row < this.symbols.length && mask < 2 ** this.width)) {
        throw new RangeError(`Cannot apply a delta: row ${row}, mask ${mask}, not in the table`);
      }
      const start = row * this.width;
      forEachBit(mask, (field) => {
        this.#cells[start + field] = flat[at++]!;
        this.#cellSeq[start + field] = seq;
      });
      this.#rowSeq[row] = seq;
    }
    if (flat.length > 0) this.#seq = seq;
  }

  /** Every cell that changed after `seq`: row number, mask, values of the set bits, row after row. */
  deltaSince(seq: number): Cell[] {
    const flat: Cell[] = [];
    for (let row = 0; row < this.symbols.length; row++) {
      if (this.#rowSeq[row]! <= seq) continue;
      const maskAt = flat.push(row, 0) - 1;
      const start = row * this.width;
      let low = 0;
      let high = 0;
      for (let field = 0; field < this.width; field++) {
        if (this.#cellSeq[start + field]! <= seq) continue;
        if (field < 32) low |= 1 << field;
        else high |= 1 << (field - 32);
        flat.push(this.#cells[start + field]!);
      }
      flat[maskAt] = joinHalves(low, high);
    }
    return flat;
  }

  /** The whole table as one column of cells per field. */
  columns(): Cell[][] {
    const { width, symbols } = this;
    return Array.from(
      { length: width },
      (_, field) => symbols.map((_, row) => this.#cells[row * width + field]!),
    );
  }

  /** The whole table as one array of cells per row. */
  rows(): Cell[][] {
    return this.symbols.map((_, row) => this.row(row));
  }
}
