import type { Logger } from "../core/log.ts";
import { addDays, vnInstantMs } from "../core/market/time.ts";
import type { StoreBatch, StoreTable } from "../core/port/store.ts";
import { SOURCE_CODES } from "./codes.ts";
import { DatabaseError } from "./database_error.ts";
import { ALERTS, DAILY_INDICES, DAILY_PRICES, INSTRUMENTS, SESSIONS } from "./day_upserts.ts";
import { BASIS, CANDLES, FOREIGN, INDEX_CANDLES, INDICES, TRADES } from "./market_upserts.ts";
import type { Pool } from "./pool.ts";
import { saveProgress } from "./progress.ts";
import {
  literalsOf,
  type RenderedRow,
  renderRow,
  type RowContext,
  splitByKey,
  type Upsert,
  upsertText,
} from "./upsert.ts";

/** Rows of a batch by what they are; what is not named is none. */
export interface FlushResult {
  /** Rows that are stored now, those that were there already included. */
  readonly stored: ReadonlyMap<StoreTable, number>;
  /** Rows that the database will never take. */
  readonly refused: ReadonlyMap<StoreTable, number>;
}

export interface FlushOptions {
  readonly source: keyof typeof SOURCE_CODES;
  /** For each statement. */
  readonly deadlineMs: number;
  readonly log: Logger;
}

/** Rows of one statement; an array literal of as many is about 20 KB. */
export const STATEMENT_ROWS_MAX = 1_000;

/** In the order in which they are written: names first, what closes a day last. */
const UPSERTS: { readonly [T in StoreTable]: Upsert<T> } = {
  instruments: INSTRUMENTS,
  trades: TRADES,
  candles: CANDLES,
  indexCandles: INDEX_CANDLES,
  foreign: FOREIGN,
  indices: INDICES,
  basis: BASIS,
  alerts: ALERTS,
  dailyPrices: DAILY_PRICES,
  dailyIndices: DAILY_INDICES,
  sessions: SESSIONS,
};
const TABLES = Object.keys(UPSERTS) as StoreTable[];
const TEXTS = new Map(TABLES.map((table) => [table, upsertText(UPSERTS[table])]));

/**
 * Writes a batch, statement by statement. The progress of the journal is the last one: whatever ends
 * it before, the whole batch is written again, and that changes nothing. A row that the database
 * refuses is counted, logged and passed over. Rejects as `Pool.run` does when the batch must come
 * again.
 */
export async function flushBatch(
  pool: Pool,
  batch: StoreBatch,
  options: FlushOptions,
): Promise<FlushResult> {
  const flush = new Flush(pool, options);
  if (batch.voided.length > 0) await flush.deleteVoided(batch);
  for (const table of TABLES) await flush.writeTable(table, batch);
  const { tradingDate, to } = batch;
  if (to !== null) await saveProgress(pool, tradingDate, to, options.deadlineMs);
  return flush;
}

class Flush implements FlushResult {
  readonly #pool: Pool;
  readonly #options: FlushOptions;
  readonly stored = new Map<StoreTable, number>();
  readonly refused = new Map<StoreTable, number>();

  constructor(pool: Pool, options: FlushOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  async deleteVoided({ tradingDate, voided }: StoreBatch): Promise<void> {
    const symbols = JSON.stringify(voided);
    const from = new Date(vnInstantMs(tradingDate, 0));
    const to = new Date(vnInstantMs(addDays(tradingDate, 1), 0));
    const { deadlineMs } = this.#options;
    await this.#pool.run(
      (sql) =>
        sql`WITH void AS (SELECT jsonb_array_elements_text(${symbols}::text::jsonb) AS symbol),
        counted AS (
          DELETE FROM trades WHERE trading_date = ${tradingDate}::text::date
            AND symbol IN (SELECT symbol FROM void)),
        packed AS (
          DELETE FROM trades_arc WHERE trading_date = ${tradingDate}::text::date
            AND symbol IN (SELECT symbol FROM void))
        DELETE FROM candles_1m WHERE ts >= ${from} AND ts < ${to}
          AND symbol IN (SELECT symbol FROM void)`,
      deadlineMs,
    );
  }

  async writeTable<T extends StoreTable>(table: T, batch: StoreBatch): Promise<void> {
    const { tradingDate } = batch;
    const context: RowContext = { tradingDate, source: SOURCE_CODES[this.#options.source] };
    const upsert: Upsert<T> = UPSERTS[table];
    const rendered: RenderedRow[] = [];
    for (const row of batch.rows[table]) {
      const literals = renderRow(upsert, row, context);
      if (literals === null) this.#refuse(table, "a value that no column takes");
      else rendered.push(literals);
    }
    for (const part of splitByKey(UPSERTS[table], rendered)) {
      for (let i = 0; i < part.length; i += STATEMENT_ROWS_MAX) {
        await this.#write(table, part.slice(i, i + STATEMENT_ROWS_MAX));
      }
    }
  }

  /** Halves rows among which one is bad until it stands alone. */
  async #write(table: StoreTable, rows: readonly RenderedRow[]): Promise<void> {
    try {
      await this.#pool.run(
        (sql) => sql.unsafe(TEXTS.get(table)!, literalsOf(rows), { prepare: true }),
        this.#options.deadlineMs,
      );
      add(this.stored, table, rows.length);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== "data") throw error;
      if (rows.length === 1) return this.#refuse(table, error.message);
      const half = Math.ceil(rows.length / 2);
      await this.#write(table, rows.slice(0, half));
      await this.#write(table, rows.slice(half));
    }
  }

  #refuse(table: StoreTable, reason: string): void {
    add(this.refused, table, 1);
    this.#options.log.error("database_row_refused", { table, reason });
  }
}

function add(counts: Map<StoreTable, number>, table: StoreTable, count: number): void {
  counts.set(table, count + (counts.get(table) ?? 0));
}
