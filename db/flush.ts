import type { Logger } from "../core/log.ts";
import { addDays, vnInstantMs } from "../core/market/time.ts";
import type { JournalPlace, StoreBatch, StoreTable } from "../core/port/store.ts";
import { SOURCE_CODES } from "./codes.ts";
import { DatabaseError } from "./database_error.ts";
import { ALERTS, DAILY_INDICES, DAILY_PRICES, INSTRUMENTS, SESSIONS } from "./day_upserts.ts";
import { BASIS, CANDLES, FOREIGN, INDEX_CANDLES, INDICES, TRADES } from "./market_upserts.ts";
import type { Pool } from "./pool.ts";
import {
  literalsOf,
  type RenderedRow,
  renderRow,
  type RowContext,
  splitByKey,
  type Upsert,
  upsertText,
} from "./upsert.ts";

/** What became of the rows of a batch, by what they are. */
export interface FlushResult {
  /** Rows that are stored now, those that were there already included. */
  readonly stored: Readonly<Record<StoreTable, number>>;
  /** Rows that the database will never take. */
  readonly refused: Readonly<Record<StoreTable, number>>;
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
const TEXTS = byTable((table) => upsertText(UPSERTS[table]));

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
  const result: Tally = { stored: byTable(() => 0), refused: byTable(() => 0) };
  const run = new Flush(pool, options, result);
  if (batch.voided.length > 0) await run.deleteVoided(batch);
  for (const table of TABLES) await run.writeTable(table, batch);
  if (batch.to !== null) await run.saveProgress(batch.tradingDate, batch.to);
  return result;
}

/** A result in the making. */
type Tally = { readonly [K in keyof FlushResult]: Record<StoreTable, number> };

class Flush {
  readonly #pool: Pool;
  readonly #options: FlushOptions;
  readonly #result: Tally;

  constructor(pool: Pool, options: FlushOptions, result: Tally) {
    this.#pool = pool;
    this.#options = options;
    this.#result = result;
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

  /** Never goes back: a batch that comes again says less than what is known. */
  async saveProgress(tradingDate: string, { segment, offset }: JournalPlace): Promise<void> {
    await this.#pool.run(
      (sql) =>
        sql`INSERT INTO journal_progress AS held (trading_date, segment, pos)
        VALUES (${tradingDate}::text::date, ${segment}, ${offset})
        ON CONFLICT (trading_date) DO UPDATE
        SET segment = excluded.segment, pos = excluded.pos, updated_at = now()
        WHERE (excluded.segment, excluded.pos) > (held.segment, held.pos)`,
      this.#options.deadlineMs,
    );
  }

  /** Halves rows among which one is bad until it stands alone. */
  async #write(table: StoreTable, rows: readonly RenderedRow[]): Promise<void> {
    try {
      await this.#pool.run(
        (sql) => sql.unsafe(TEXTS[table], literalsOf(rows), { prepare: true }),
        this.#options.deadlineMs,
      );
      this.#result.stored[table] += rows.length;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== "data") throw error;
      if (rows.length === 1) return this.#refuse(table, error.message);
      const half = Math.ceil(rows.length / 2);
      await this.#write(table, rows.slice(0, half));
      await this.#write(table, rows.slice(half));
    }
  }

  #refuse(table: StoreTable, reason: string): void {
    this.#result.refused[table]++;
    this.#options.log.error("database_row_refused", { table, reason });
  }
}

function byTable<V>(valueOf: (table: StoreTable) => V): Record<StoreTable, V> {
  return Object.fromEntries(TABLES.map((table) => [table, valueOf(table)])) as Record<
    StoreTable,
    V
  >;
}
