import type { Change } from "../engine/change.ts";
import type { EngineState } from "../engine/state.ts";
import type { FeedState } from "../feed/feed.ts";
import type { JournalPlace, SessionFeed } from "../port/store.ts";
import { DAY_END, DAY_START } from "./journal_place.ts";
import { type Gathered, RowCollector } from "./row_collector.ts";
import type { StoreMessage, StoreSettled } from "./store_messages.ts";
import { BATCH_ROWS, countRows, NO_ROWS } from "./store_rows.ts";

/** Rows leave for the store after this time, if they do not make a full batch before. */
export const BATCH_MS = 250;
/** Some minutes of a busy market, or 100 MB at worst. */
export const PENDING_ROWS_MAX = 200_000;
/** Without rows the store is told this often where the journal stands. */
const PLACE_MS = 2_000;

/** The part of a MessagePort that the outlet uses. */
export interface StorePort {
  postMessage(message: StoreMessage): void;
  close(): void;
}

export interface StoreOutletDeps {
  readonly engine: EngineState;
  /** The place behind everything taken of the engine's day; null while the journal does not hold it. */
  readonly place: () => JournalPlace | null;
  readonly nowMs: () => number;
  /** Rows that the store may owe an answer for; what comes beyond is read from the journal later. */
  readonly pendingRowsMax: number;
}

/**
 * The engine side's end of the way to the store. It never waits: rows leave while the store keeps up,
 * and when it does not they stay where they are already, in the journal, from which the store reads
 * what it sees missing between two batches.
 */
export class StoreOutlet {
  readonly #deps: StoreOutletDeps;
  #port: StorePort | null = null;
  #collector: RowCollector | null = null;
  #date: string | null = null;
  #place: JournalPlace | null = null;
  #toldMs = 0;
  #pending = 0;
  #unanswered = 0;
  /** The newest batch did not leave, and the store cannot know before the next one. */
  #isOwing = false;
  #feed = { stalls: 0, reconnects: 0 };
  #feedState: FeedState["state"] = "connecting";
  #sent = 0;
  #spilled = 0;
  #unrecorded = 0;

  constructor(deps: StoreOutletDeps) {
    this.#deps = deps;
  }

  /** Gives rows to a store from now on; the one before is gone. */
  attach(port: StorePort, market: string | null): void {
    this.#port?.close();
    this.#port = port;
    this.#collector = new RowCollector(this.#deps.engine, () => this.#sessionFeed());
    this.#pending = 0;
    this.#unanswered = 0;
    this.#isOwing = false;
    const { tradingDate } = this.#deps.engine.market;
    this.#date = tradingDate;
    this.#place = tradingDate === null ? DAY_START : this.#deps.place();
    const place = tradingDate === null || this.#place === null
      ? null
      : { tradingDate, ...this.#place };
    port.postMessage({ kind: "hello", market, place });
  }

  /** The store's answer. */
  settled({ rows }: StoreSettled): void {
    this.#pending -= rows;
    this.#unanswered--;
  }

  /** Takes what one record changed. */
  note(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === "day")) this.#feed = { stalls: 0, reconnects: 0 };
    if (this.#collector === null) return;
    this.#collector.note(changes);
    if (this.#collector.size >= BATCH_ROWS) this.flush();
  }

  /** Counts the interruptions of a day. */
  feedState({ state }: FeedState): void {
    if (state === "stale" && this.#feedState === "live") this.#feed.stalls++;
    if (state === "connecting" && this.#feedState !== "connecting") this.#feed.reconnects++;
    this.#feedState = state;
  }

  /** Sends what is gathered; called every BATCH_MS. */
  flush(): void {
    if (this.#collector === null) return;
    for (const gathered of this.#collector.take()) this.#send(gathered);
    const place = this.#date === null ? null : this.#deps.place();
    if (place === null) return;
    const isDue = this.#deps.nowMs() - this.#toldMs >= PLACE_MS;
    const isNews = place.offset !== this.#place?.offset || place.segment !== this.#place.segment;
    // A store that owes answers knows where it stands once it has given them.
    if (isDue && (isNews || this.#isOwing) && this.#unanswered === 0) {
      this.#tellPlace(this.#date!, place);
    }
  }

  /** Sends the last and lets the store go. */
  end(): void {
    this.flush();
    this.#port?.postMessage({ kind: "end" });
    this.#port?.close();
    this.#port = null;
    this.#collector = null;
  }

  /** The figures of this part; names of counters end in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    return {
      store_pending_rows: this.#pending,
      store_pending_rows_max: this.#deps.pendingRowsMax,
      store_sent_rows_total: this.#sent,
      store_spilled_rows_total: this.#spilled,
      store_unrecorded_rows_total: this.#unrecorded,
    };
  }

  #send({ tradingDate, rows, voided, isLast }: Gathered): void {
    if (this.#date !== tradingDate) this.#place = DAY_START;
    this.#date = tradingDate;
    const to = isLast ? DAY_END : this.#deps.place();
    const from = this.#from(to);
    const count = countRows(rows);
    if (this.#pending + count > this.#deps.pendingRowsMax) {
      this.#isOwing = true;
      if (to === null) this.#unrecorded += count;
      else this.#spilled += count;
    } else {
      this.#post({ tradingDate, rows, voided, from, to }, count);
    }
    if (!isLast) return;
    this.#date = this.#deps.engine.market.tradingDate;
    this.#place = DAY_START;
  }

  /**
   * Where rows up to a place begin. A journal that could not be written has by now what it kept in
   * memory, which the store may not have got: it is to read that before it takes the place over.
   */
  #from(to: JournalPlace | null): JournalPlace | null {
    const from = this.#place ?? to;
    this.#place = to;
    return from;
  }

  #tellPlace(tradingDate: string, to: JournalPlace): void {
    const from = this.#from(to);
    this.#post({ tradingDate, rows: NO_ROWS, voided: [], from, to }, 0);
  }

  #post(batch: (StoreMessage & { kind: "batch" })["batch"], rows: number): void {
    this.#port!.postMessage({ kind: "batch", batch, rows });
    this.#toldMs = this.#deps.nowMs();
    this.#isOwing = false;
    this.#pending += rows;
    this.#unanswered++;
    this.#sent += rows;
  }

  #sessionFeed(): SessionFeed {
    return { ...this.#feed };
  }
}
