import type { Cell } from "../../wire/board.ts";
import type { DeltaFrame, SnapshotFrame } from "../../wire/frames.ts";
import { forEachBit } from "../../wire/mask.ts";

const FNV_PRIME = 0x01000193;

/** What a client may hold of a channel. It never changes, so that clients with the same share one. */
export interface ViewState {
  readonly e: string;
  /** −1 while parts of the snapshot are missing. */
  readonly s: number;
  readonly symbols: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Halves of a digest of every cell: states with the same digest show the same. */
  readonly low: number;
  readonly high: number;
}

export const EMPTY: ViewState = { e: "", s: -1, symbols: [], rows: [], low: 0, high: 0 };

/** What followed from which state and frame: thousands of clients are sent the same. */
const known = new WeakMap<ViewState, WeakMap<SnapshotFrame | DeltaFrame, ViewState>>();

/** The state after a frame; the frame must fit. */
export function follow(state: ViewState, frame: SnapshotFrame | DeltaFrame): ViewState {
  let nexts = known.get(state);
  if (nexts === undefined) known.set(state, nexts = new WeakMap());
  let next = nexts.get(frame);
  if (next === undefined) {
    next = frame.k === "s" ? withPart(state, frame) : withDelta(state, frame);
    nexts.set(frame, next);
  }
  return next;
}

/** Adds a part of a snapshot, or the whole of one. */
function withPart(state: ViewState, frame: SnapshotFrame): ViewState {
  const isLast = (frame.i ?? 0) + 1 >= (frame.n ?? 1);
  const symbols = [...state.symbols, ...frame.y];
  const added = frame.y.map((_, row) => frame.v.map((column) => column[row] ?? null));
  const digest = new Digest(state);
  added.forEach((cells, row) =>
    cells.forEach((cell, field) => digest.toggle(frame.y[row]!, field, cell))
  );
  const s = isLast ? frame.s : -1;
  return { e: frame.e, s, symbols, rows: [...state.rows, ...added], ...digest.halves() };
}

function withDelta(state: ViewState, { s, d }: DeltaFrame): ViewState {
  const rows = [...state.rows];
  const digest = new Digest(state);
  for (let at = 0; at < d.length;) {
    const row = d[at++] as number;
    const symbol = state.symbols[row];
    if (symbol === undefined) throw new Error(`Cannot apply a delta: no row ${row}`);
    const cells = [...rows[row]!];
    forEachBit(d[at++] as number, (field) => {
      digest.toggle(symbol, field, cells[field] ?? null);
      cells[field] = d[at++] ?? null;
      digest.toggle(symbol, field, cells[field]);
    });
    rows[row] = cells;
  }
  return { ...state, s, rows, ...digest.halves() };
}

class Digest {
  #low: number;
  #high: number;

  constructor({ low, high }: ViewState) {
    this.#low = low;
    this.#high = high;
  }

  /** Puts a cell in, or takes it out again; an empty one is never in. */
  toggle(symbol: string, field: number, cell: Cell): void {
    if (cell === null) return;
    const text = `${symbol}\t${field}\t${typeof cell}\t${cell}`;
    let low = 0x811c9dc5;
    let high = FNV_PRIME ^ text.length;
    for (let i = 0; i < text.length; i++) {
      low = Math.imul(low ^ text.charCodeAt(i), FNV_PRIME);
      high = Math.imul(high ^ low, 0x85ebca6b) ^ (high >>> 15);
    }
    this.#low ^= low;
    this.#high ^= high;
  }

  halves(): { readonly low: number; readonly high: number } {
    return { low: this.#low, high: this.#high };
  }
}
