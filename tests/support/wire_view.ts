import assert from "node:assert/strict";
import type { Cell } from "../../core/wire/board.ts";
import type { ServerFrame } from "../../core/wire/frames.ts";
import { forEachBit } from "../../core/wire/mask.ts";

/** A channel of state as a client holds it. */
export interface HeldRows {
  e: string;
  s: number;
  readonly y: string[];
  /** One array of cells per row. */
  readonly rows: Cell[][];
}

/** A log as a client holds it: entries with numbers `first`, `first + 1`, … */
export interface HeldLog {
  e: string;
  s: number;
  first: number;
  entries: unknown[];
}

/**
 * What a client holds that applies frames by the letter of the protocol and asserts its rules: no
 * delta that does not follow, no position that goes back, no entry that is skipped without a GAP.
 */
export class WireView {
  readonly rows = new Map<string, HeldRows>();
  readonly logs = new Map<string, HeldLog>();
  /** Channels whose log was told to have a hole, and frames applied. */
  readonly gaps = new Set<string>();
  applied = 0;

  static copy(view: WireView): WireView {
    const copy = new WireView();
    for (const [c, held] of view.rows) copy.rows.set(c, structuredClone(held));
    for (const [c, held] of view.logs) copy.logs.set(c, structuredClone(held));
    return copy;
  }

  /** Positions to go on from, as `sub` takes them. */
  get from(): Record<string, { e: string; s: number }> {
    return Object.fromEntries(
      [...this.rows, ...this.logs].map(([c, { e, s }]) => [c, { e, s }]),
    );
  }

  take(frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.#take(frame);
  }

  #take(frame: ServerFrame): void {
    if (frame.k === "err" && frame.code === "GAP") {
      for (const c of frame.c ?? []) {
        this.gaps.add(c);
        this.logs.delete(c);
      }
    }
    if (frame.k === "s") {
      const rows = frame.y.map((_, row) => frame.v.map((column) => column[row]!));
      const part = frame.i ?? 0;
      const before = part === 0 ? { y: [], rows: [] } : this.rows.get(frame.c)!;
      this.rows.set(frame.c, {
        e: frame.e,
        s: frame.s,
        y: [...before.y, ...frame.y],
        rows: [...before.rows, ...rows],
      });
      this.applied++;
    }
    if (frame.k === "d") {
      const held = this.rows.get(frame.c);
      assert.ok(held !== undefined && held.e === frame.e, `${frame.c}: a delta of another epoch`);
      assert.ok(frame.p <= held.s, `${frame.c}: a delta from ${frame.p} to one at ${held.s}`);
      assert.ok(frame.s > held.s, `${frame.c}: a delta that brings nothing`);
      for (let at = 0; at < frame.d.length;) {
        const row = held.rows[frame.d[at++] as number]!;
        forEachBit(frame.d[at++] as number, (field) => row[field] = frame.d[at++]!);
      }
      held.s = frame.s;
      this.applied++;
    }
    if (frame.k === "a") {
      const held = this.logs.get(frame.c);
      if (held === undefined || held.e !== frame.e) {
        const { c, e, s, p } = frame;
        this.logs.set(c, { e, s, first: p, entries: [...frame.list] });
      } else {
        assert.ok(frame.p <= held.s, `${frame.c}: entries after ${frame.p} to one at ${held.s}`);
        held.entries.push(...frame.list.slice(held.s - frame.p));
        held.s = frame.s;
      }
      this.applied++;
    }
  }
}
