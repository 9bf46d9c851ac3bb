import type { Cell } from "../../wire/board.ts";
import type { DeltaFrame, SnapshotFrame } from "../../wire/frames.ts";
import { forEachBit } from "../../wire/mask.ts";

/** Positions of which the digest is remembered; at ten changes a second some seconds. */
const REMEMBERED_MAX = 64;
const FNV_PRIME = 0x01000193;

/**
 * What a client holds of a channel of state, with a digest of every cell: two clients with the same
 * digest show the same.
 */
export class LoadView {
  #epoch = "";
  #seq = -1;
  #symbols: readonly string[] = [];
  #rows: Cell[][] = [];
  /** Rows of a snapshot whose last part has not come. */
  #parts: { readonly symbols: string[]; readonly rows: Cell[][] } = { symbols: [], rows: [] };
  #low = 0;
  #high = 0;
  readonly #digests = new Map<string, string>();

  get isWhole(): boolean {
    return this.#seq >= 0;
  }

  /** Where to go on from after a reconnect. */
  get position(): { readonly e: string; readonly s: number } {
    return { e: this.#epoch, s: this.#seq };
  }

  get digest(): string {
    return `${this.#low >>> 0}.${this.#high >>> 0}`;
  }

  /** Digests by epoch and seq of the newest positions. */
  get digests(): ReadonlyMap<string, string> {
    return this.#digests;
  }

  /** Takes a snapshot or a part of one. */
  snapshot(frame: SnapshotFrame): void {
    if ((frame.i ?? 0) === 0) this.#parts = { symbols: [], rows: [] };
    const { symbols, rows } = this.#parts;
    frame.y.forEach((symbol, row) => {
      symbols.push(symbol);
      rows.push(frame.v.map((column) => column[row] ?? null));
    });
    if ((frame.i ?? 0) + 1 < (frame.n ?? 1)) return;
    this.#symbols = symbols;
    this.#rows = rows;
    this.#parts = { symbols: [], rows: [] };
    [this.#low, this.#high] = [0, 0];
    rows.forEach((cells, row) => cells.forEach((cell, field) => this.#toggle(row, field, cell)));
    this.#digests.clear();
    this.#moveTo(frame);
  }

  /** Takes a delta; `gap` when frames before it are missing, and then nothing changes. */
  delta(frame: DeltaFrame): "applied" | "ignored" | "gap" {
    if (frame.e !== this.#epoch || frame.s <= this.#seq) return "ignored";
    if (frame.p > this.#seq) return "gap";
    const { d } = frame;
    for (let at = 0; at < d.length;) {
      const row = d[at++] as number;
      const cells = this.#rows[row];
      if (cells === undefined) throw new Error(`Cannot apply a delta: no row ${row}`);
      forEachBit(d[at++] as number, (field) => {
        this.#toggle(row, field, cells[field] ?? null);
        cells[field] = d[at++] ?? null;
        this.#toggle(row, field, cells[field]);
      });
    }
    this.#moveTo(frame);
    return "applied";
  }

  #moveTo({ e, s }: { readonly e: string; readonly s: number }): void {
    this.#epoch = e;
    this.#seq = s;
    this.#digests.set(`${e} ${s}`, this.digest);
    if (this.#digests.size <= REMEMBERED_MAX) return;
    this.#digests.delete(this.#digests.keys().next().value!);
  }

  /** Puts a cell into the digest, or takes it out again; an empty one is not in it. */
  #toggle(row: number, field: number, cell: Cell): void {
    if (cell === null) return;
    const text = `${this.#symbols[row]}\t${field}\t${typeof cell}\t${cell}`;
    let low = 0x811c9dc5;
    let high = 0x1000193 ^ text.length;
    for (let i = 0; i < text.length; i++) {
      low = Math.imul(low ^ text.charCodeAt(i), FNV_PRIME);
      high = Math.imul(high ^ low, 0x85ebca6b) ^ (high >>> 15);
    }
    this.#low ^= low;
    this.#high ^= high;
  }
}
