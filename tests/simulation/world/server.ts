import type { Change, TradeChange } from "../../../core/engine/change.ts";
import { createIngest, type Ingest } from "../../../core/engine/ingest.ts";
import { Hub } from "../../../core/hub/hub.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { BoardRows } from "../../../core/tasks/rows.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { hubStart, liveStatus } from "../../core/hub/world.ts";
import { addTally, NOTHING_RECEIVED, type Tally } from "./tally.ts";
import type { Venue } from "./venue.ts";
import type { Store } from "./store.ts";

/** The production code between a frame and a client; a test may break one of them. */
export interface Parts {
  readonly ingestFrame: (ingest: Ingest, text: string) => readonly Change[];
  /** The way of a message from the engine side to the hub; null loses it. */
  readonly carry: (message: BusMessage) => BusMessage | null;
  /** The way of a text from the hub into a client's socket; null loses it. */
  readonly write: (text: string) => string | null;
  /** What is left to write after a flush that was not confirmed. */
  readonly keep: (batch: TradeChange[]) => TradeChange[];
}

/** Engine side and hub: everything of ours but sockets, files and the database. */
export class Server {
  readonly hub: Hub;
  /** Texts on disk; what was received after them dies with the process. */
  readonly journal: string[] = [];
  readonly store: Store;
  readonly #parts: Parts;
  readonly #venue: Venue;
  readonly #symbolsMax: number;
  #uncommitted: string[] = [];
  #pending: TradeChange[] = [];
  #epochs = 0;
  #newest = "";
  nowMs: number;
  // Set by #start, which a crash calls again.
  ingest!: Ingest;
  publisher!: Publisher;
  tally!: Tally;
  #rows!: BoardRows;

  constructor(
    venue: Venue,
    store: Store,
    setUp: { parts: Parts; symbolsMax: number; nowMs: number },
  ) {
    this.#venue = venue;
    this.store = store;
    this.#parts = setUp.parts;
    this.#symbolsMax = setUp.symbolsMax;
    this.nowMs = setUp.nowMs;
    this.hub = new Hub(hubStart(connectingStatus("ssi", setUp.nowMs)));
    this.#start();
  }

  /** The newest text received; "" before the first and after a crash. */
  get newest(): string {
    return this.#newest;
  }

  get unwritten(): number {
    return this.#pending.length;
  }

  /** Takes one text of the feed. */
  take(text: string): readonly Change[] {
    this.#newest = text;
    this.#uncommitted.push(text);
    return this.#step(text);
  }

  /** The text again; the journal holds it once. */
  takeAgain(text: string): readonly Change[] {
    return this.#step(text);
  }

  /** Publishes what changed; before that it is on disk. */
  tick(): void {
    this.#commit();
    if (this.#rows.needNewEpoch()) this.#rows.startEpoch(this.#newEpoch());
    this.#rows.publishDirty();
    const message = this.publisher.tick(this.ingest.engine.market.asOfMs);
    const carried = message === null ? null : this.#parts.carry(message);
    if (carried === null) return;
    if (this.hub.apply(carried, this.nowMs) === "gap") {
      this.hub.apply(this.publisher.snapshot(), this.nowMs);
    }
  }

  /** Writes what is due; only a confirmed batch leaves memory. */
  flush(): void {
    this.#commit();
    if (this.#pending.length === 0) return;
    const flushed = this.store.write(this.#pending);
    this.#pending = flushed === "committed" ? [] : this.#parts.keep(this.#pending);
  }

  /** The engine side dies and starts from its journal. */
  crash(): void {
    this.#uncommitted = [];
    this.#pending = [];
    this.#newest = "";
    this.#start();
    for (const text of this.journal) this.#step(text);
  }

  #start(): void {
    const symbolsMax = this.#symbolsMax;
    this.ingest = createIngest({ classifier: "feed", symbolsMax });
    this.tally = NOTHING_RECEIVED;
    this.publisher = new Publisher({ epoch: this.#newEpoch(), status: liveStatus(this.nowMs) });
    this.#rows = new BoardRows(this.ingest.engine, this.publisher, {
      extraSymbols: [],
      carry: { ratePct: 4.5, dividendPct: 1.5, costPct: 0.1 },
    });
    const listed = this.#venue.listed;
    this.#rows.setUniverse({
      vn30: listed.filter(({ isFuture }) => !isFuture).map(({ symbol }) => symbol),
      futures: listed.filter(({ isFuture }) => isFuture).map(({ symbol }) => symbol),
      source: "feed",
    });
  }

  #step(text: string): readonly Change[] {
    const changes = this.#parts.ingestFrame(this.ingest, text);
    this.tally = addTally(this.tally, text);
    this.#rows.note(changes);
    for (const change of changes) if (change.kind === "trade") this.#pending.push(change);
    return changes;
  }

  #commit(): void {
    this.journal.push(...this.#uncommitted);
    this.#uncommitted = [];
  }

  #newEpoch(): string {
    return `e${++this.#epochs}`;
  }
}
