import type { Cell } from "../../../core/wire/board.ts";
import { connectTables } from "../../support/tables_client.ts";
import type { DeltaFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { forEachBit } from "../../../core/wire/mask.ts";
import { SimSocket, type Surroundings } from "./socket.ts";

/** Tables that a client of a world looks at. */
export const WATCHED = ["board:vn30", "board:der", "index"] as const;
export type Watched = typeof WATCHED[number];

/** A table as a page would show it. */
interface Shown {
  readonly epoch: string;
  readonly symbols: readonly string[];
  readonly rows: Cell[][];
}

/** A page with the product's own client, over a line that can stall. */
export class SimClient {
  readonly tables = new Map<string, Shown>();
  readonly #in: Surroundings;
  readonly #timers = new Map<number, { act: () => void; atMs: number }>();
  readonly #client: { close(): void };
  #socket!: SimSocket;
  #lastTimer = 0;
  #stalledSteps = 0;

  constructor(surroundings: Surroundings) {
    this.#in = surroundings;
    this.#client = connectTables({
      url: "ws://board.test/ws",
      seed: WATCHED.map((c) => ({ c, e: "", s: 0 })),
      onSnapshot: (frame) => this.#whole(frame),
      onDelta: (frame) => this.#change(frame),
      shell: {
        open: () => (this.#socket = new SimSocket(surroundings)) as unknown as WebSocket,
        fetch: () => Promise.reject(new TypeError("a world has no REST")),
        later: (act, ms) => this.#later(act, ms),
        random: () => 0.5,
        nowMs: () => surroundings.world.nowMs,
      },
    });
  }

  /** Takes nothing off the line for some steps. */
  stall(steps: number): void {
    this.#stalledSteps = steps;
    this.#socket.stall();
  }

  /** Lets the world's time reach line and timers. */
  step(): void {
    const { nowMs } = this.#in.world;
    this.#socket.open();
    if (this.#stalledSteps > 0 && --this.#stalledSteps === 0) this.#socket.resume();
    for (const [id, { act, atMs }] of [...this.#timers]) {
      if (atMs <= nowMs && this.#timers.delete(id)) act();
    }
  }

  /** The line is free from now on. */
  free(): void {
    this.#stalledSteps = 0;
    this.#socket.resume();
  }

  close(): void {
    this.#client.close();
  }

  #whole({ c, e, y, v }: SnapshotFrame): void {
    const rows = y.map((_, row) => v.map((column) => column[row]!));
    this.tables.set(c, { epoch: e, symbols: y, rows });
  }

  #change({ c, d }: DeltaFrame): void {
    const { rows } = this.tables.get(c)!;
    for (let at = 0; at < d.length;) {
      const row = rows[d[at++] as number]!;
      forEachBit(d[at++] as number, (field) => row[field] = d[at++]!);
    }
  }

  #later(act: () => void, ms: number): () => void {
    const id = ++this.#lastTimer;
    this.#timers.set(id, { act, atMs: this.#in.world.nowMs + ms });
    return () => this.#timers.delete(id);
  }
}
