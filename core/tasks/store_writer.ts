import type { EngineOptions } from "../engine/state.ts";
import { delay } from "../feed/delay.ts";
import { listDays } from "../feed/journal_files.ts";
import type { FeedLog } from "../feed/log.ts";
import type { JournalPlace, Store, StoreBatch } from "../port/store.ts";
import { DelayHistogram } from "./delay_histogram.ts";
import { DAY_END, DAY_START, isBefore } from "./journal_place.ts";
import { JOURNAL_UNREADABLE, journalRows } from "./journal_rows.ts";
import type { RowsMessage, StoreHello, StoreSettled } from "./store_messages.ts";
import { countRows, NO_ROWS } from "./store_rows.ts";

/** Waits between two tries of something that the database did not do. */
const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 1_000;

/** Another one that writes to the store; it rests while that may change hands. */
export interface Filler {
  begin(): void;
  rest(): Promise<void>;
}

export interface StoreWriterDeps {
  readonly store: Store;
  /** Folder of the provider's journal. */
  readonly journalDir: string;
  readonly engine: EngineOptions;
  /** Null where nothing else writes. */
  readonly filler: Filler | null;
  readonly nowMs: () => number;
  readonly log: FeedLog;
}

/** Where the engine side hears what became of its rows. */
export type Settle = (answer: StoreSettled) => void;

/**
 * Brings rows into the store, one batch after the other, each until it is committed. What is missing
 * before a batch (the store was away, or we were) is read from the journal. One writer at a time
 * makes the order of batches the order of the journal.
 */
export class StoreWriter {
  readonly #deps: StoreWriterDeps;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  readonly #seconds = new DelayHistogram();
  #queue: RowsMessage[] = [];
  #settle: Settle = () => {};
  #wake: () => void = () => {};
  #isEnding = false;
  #problem: string | null = null;
  /** How far each day is stored; null when the database has to be asked. */
  #progress: Map<string, JournalPlace> | null = null;
  /** The day before which no journal is unread. */
  #checkedDate: string | null = null;
  #tradingDate: string | null = null;
  #counts = { rows: 0, flushes: 0, failures: 0, catchUps: 0, reread: 0, damages: 0, givenUp: 0 };

  constructor(deps: StoreWriterDeps) {
    this.#deps = deps;
    this.#running = this.#run();
  }

  /** Takes messages of a new engine side; what waits of the old one is in the journal. */
  connect(settle: Settle): void {
    this.#queue = [];
    this.#settle = settle;
  }

  take(message: RowsMessage): void {
    this.#queue.push(message);
    this.#wake();
  }

  /** Writes what waits, unless the database fails, and ends. */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#wake();
    await this.#running;
  }

  /** Ends without writing more. */
  async abort(): Promise<void> {
    this.#stop.abort();
    await this.end();
  }

  /** Why the database takes nothing for now; null while it does. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Date of the newest rows of this engine side; null before the first. */
  get tradingDate(): string | null {
    return this.#tradingDate;
  }

  /** The figures of this part; names of counters end in `_total`. */
  metrics(): Readonly<Record<string, number>> {
    const { rows, flushes, failures, catchUps, reread, damages, givenUp } = this.#counts;
    return {
      store_rows_total: rows,
      store_flushes_total: flushes,
      store_flush_failures_total: failures,
      store_catch_ups_total: catchUps,
      store_reread_rows_total: reread,
      store_reread_damages_total: damages,
      store_given_up_rows_total: givenUp,
      store_queued_batches: this.#queue.length,
      ...this.#seconds.takeFigures("store_batch_ms"),
    };
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const message = this.#queue.shift();
      if (message === undefined) {
        if (this.#isEnding) return;
        await new Promise<void>((wake) => this.#wake = wake);
        continue;
      }
      const settle = this.#settle;
      if (message.kind === "hello") await this.#begin(message);
      else {
        await this.#store(message.batch);
        settle({ kind: "settled", rows: message.rows });
      }
    }
  }

  async #begin({ market, place }: StoreHello): Promise<void> {
    this.#progress = null;
    this.#checkedDate = null;
    this.#tradingDate = place?.tradingDate ?? null;
    const { store, filler, log } = this.#deps;
    await filler?.rest();
    if (market !== null) await this.#insist(() => store.enterMarket(market));
    const progress = await this.#known();
    if (progress === null) return;
    filler?.begin();
    if (place === null) return;
    const { tradingDate, segment, offset } = place;
    const stored = progress.get(tradingDate);
    if (stored !== undefined && isBefore(place, stored)) {
      // A power cut took the journal's last moments, which the database has.
      log("store_rewound", { tradingDate });
      if (!await this.#insist(() => store.rewind(tradingDate, { segment, offset }))) return;
      progress.set(tradingDate, { segment, offset });
    }
    // Perhaps no row follows before the next day.
    await this.#fillBefore({ tradingDate, from: place });
  }

  async #store(batch: StoreBatch): Promise<void> {
    this.#tradingDate = batch.tradingDate;
    const isReady = await this.#known() !== null && await this.#fillBefore(batch);
    // Its place in the journal would say that all before it is stored.
    if (!isReady || !await this.#flush(batch)) this.#counts.givenUp += countRows(batch.rows);
  }

  /** How far each day is stored; null while the store is not for us. */
  async #known(): Promise<Map<string, JournalPlace> | null> {
    if (this.#progress !== null) return this.#progress;
    let read: ReadonlyMap<string, JournalPlace> = new Map();
    const isRead = await this.#insist(async () => read = await this.#deps.store.progress());
    return this.#progress = isRead ? new Map(read) : null;
  }

  /** Reads from the journal what is not stored and comes before a batch; false when it did not end. */
  async #fillBefore(
    { tradingDate, from }: Pick<StoreBatch, "tradingDate" | "from">,
  ): Promise<boolean> {
    if (this.#checkedDate !== tradingDate) {
      for (const date of listDays(this.#deps.journalDir)) {
        if (date < tradingDate && !await this.#catchUp(date, DAY_END)) return false;
      }
      this.#checkedDate = tradingDate;
    }
    return from === null || await this.#catchUp(tradingDate, from);
  }

  async #catchUp(tradingDate: string, to: JournalPlace): Promise<boolean> {
    const { journalDir: dir, engine, nowMs } = this.#deps;
    const log: FeedLog = (event, fields) => {
      if (event === JOURNAL_UNREADABLE) this.#counts.damages++;
      this.#deps.log(event, fields);
    };
    const from = this.#progress?.get(tradingDate) ?? DAY_START;
    if (!isBefore(from, to)) return true;
    this.#counts.catchUps++;
    const startMs = nowMs();
    let rows = 0;
    for await (const batch of journalRows({ dir, tradingDate, from, to }, engine, log)) {
      if (this.#isEnding || !await this.#flush(batch)) return false;
      rows += countRows(batch.rows);
    }
    this.#counts.reread += rows;
    log("store_caught_up", { tradingDate, rows, tookMs: Math.round(nowMs() - startMs) });
    return await this.#flush({ tradingDate, rows: NO_ROWS, voided: [], from: null, to });
  }

  /** Writes a batch; false when it will not be written now. */
  async #flush(batch: StoreBatch): Promise<boolean> {
    const { store, nowMs } = this.#deps;
    const startMs = nowMs();
    if (!await this.#insist(() => store.flush(batch))) return false;
    this.#seconds.add(nowMs() - startMs);
    this.#counts.flushes++;
    this.#counts.rows += countRows(batch.rows);
    if (batch.to !== null) this.#progress?.set(batch.tradingDate, batch.to);
    return true;
  }

  /** Does something until it is done; false at the end, and while the store is not for us. */
  async #insist(work: () => Promise<unknown>): Promise<boolean> {
    let waitMs = RETRY_MIN_MS;
    while (!this.#stop.signal.aborted) {
      try {
        await work();
        this.#tellFailing(null);
        return true;
      } catch (error) {
        this.#counts.failures++;
        this.#tellFailing(error instanceof Error ? error.message : String(error));
        if (this.#isEnding || this.#deps.store.isRefused()) break;
      }
      await delay(waitMs, this.#stop.signal);
      waitMs = Math.min(waitMs * 2, RETRY_MAX_MS);
    }
    this.#progress = null;
    return false;
  }

  /** Logs the beginning and the end of a run of failures; null for a success. */
  #tellFailing(reason: string | null): void {
    const isNews = (this.#problem === null) !== (reason === null);
    this.#problem = reason;
    if (!isNews) return;
    if (reason === null) this.#deps.log("store_resumed", {});
    else this.#deps.log("store_failed", { reason });
  }
}
