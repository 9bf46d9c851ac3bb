import type { TableName } from "../wire/board.ts";
import type { DeltaFrame, SnapshotFrame } from "../wire/frames.ts";
import { FRAME_CACHE_MAX } from "./limits.ts";
import type { Replica } from "./replica.ts";

/** A client that holds nothing of a table. */
export const NOTHING = -1;

/** Serialised frames, each built once per change of the replica however many clients want it. */
export class FrameCache {
  readonly #replica: Replica;
  readonly #texts = new Map<string, string>();
  /** Data frames serialised, and times the cache was full, since start. */
  built = 0;
  overflows = 0;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** Forgets everything; to be called when the replica changed. */
  clear(): void {
    this.#texts.clear();
  }

  /** What brings a client from seq `base` to now: a delta, or the snapshot where that is smaller. */
  data(name: TableName, base: number): string {
    if (base === NOTHING) return this.shared(`s ${name}`, () => this.#snapshot(name));
    return this.shared(`d ${name} ${base}`, () => {
      const table = this.#replica.table(name)!;
      const d = table.deltaSince(base);
      if (d.length > table.symbols.length * table.width) return this.data(name, NOTHING);
      const { epoch: e, asOfMs: t } = this.#replica;
      const frame: DeltaFrame = { k: "d", c: name, e, p: base, s: table.seq, t, d };
      this.built++;
      return JSON.stringify(frame);
    });
  }

  /** The text kept under `key`, built when it is not there. */
  shared(key: string, build: () => string): string {
    const held = this.#texts.get(key);
    if (held !== undefined) return held;
    const text = build();
    if (this.#texts.size >= FRAME_CACHE_MAX) {
      this.#texts.clear();
      this.overflows++;
    }
    this.#texts.set(key, text);
    return text;
  }

  #snapshot(name: TableName): string {
    const table = this.#replica.table(name)!;
    const { epoch: e, asOfMs: t } = this.#replica;
    const v = table.columns();
    const frame: SnapshotFrame = { k: "s", c: name, e, s: table.seq, t, y: table.symbols, v };
    this.built++;
    return JSON.stringify(frame);
  }
}
