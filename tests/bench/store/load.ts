import type { TradeRow } from "../../../core/port/store.ts";
import { TRADES } from "../../../db/market_upserts.ts";
import { makePartitions } from "../../../db/partitions.ts";
import { SOURCE_CODES } from "../../../db/codes.ts";
import type { BenchStore } from "./servers.ts";
import { dayTrades, nextOf } from "./trades.ts";

/** Trades of each day: ten million, of which one day has two. */
export const DAYS: readonly (readonly [date: string, trades: number])[] = [
  ["2026-11-09", 2_000_000],
  ["2026-11-10", 500_000],
  ["2026-11-11", 1_000_000],
  ["2026-11-12", 1_000_000],
  ["2026-11-13", 1_000_000],
  ["2026-11-16", 1_000_000],
  ["2026-11-17", 1_000_000],
  ["2026-11-18", 1_000_000],
  ["2026-11-19", 1_000_000],
  ["2026-11-20", 500_000],
];
export const ALL_TRADES = DAYS.reduce((sum, [, trades]) => sum + trades, 0);
const LOAD_DEADLINE_MS = 120_000;
const CHUNK_ROWS = 20_000;
const COLUMNS = Object.keys(TRADES.columns).join(", ");

/** Puts the days into both stores at a time, and leaves nothing for autovacuum to do afterwards. */
export async function loadDays(
  stores: readonly BenchStore[],
  onDay: (date: string) => void,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    // The server reads the file, and is somebody else.
    await Deno.chmod(dir, 0o755);
    for (const [date, trades] of DAYS) {
      const path = `${dir}/${date}`;
      await writeFile(path, date, trades);
      await Promise.all(stores.map((store) => loadDay(store, path, date)));
      await Deno.remove(path);
      onDay(date);
    }
    await Promise.all(stores.map((store) => statement(store, "VACUUM (ANALYZE)")));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** With checkpoints, which let go of the log of what was written. */
async function loadDay(store: BenchStore, path: string, date: string): Promise<void> {
  await makePartitions(store.pool, [date]);
  await statement(store, `COPY trades (${COLUMNS}) FROM '${path}'`);
  await statement(store, "CHECKPOINT");
  await statement(
    store,
    `INSERT INTO candles_1m (ts, tv0, tv1, buy, sell, none, value, o, h, l, c, symbol)
    SELECT date_bin('1 minute', ts, '2026-01-01Z') AS minute, min(total_vol - volume),
      max(total_vol), coalesce(sum(volume) FILTER (WHERE side = 1), 0),
      coalesce(sum(volume) FILTER (WHERE side = 2), 0),
      coalesce(sum(volume) FILTER (WHERE side = 0), 0), sum(volume * price / 100),
      min((total_vol << 31) | price) & 2147483647, max(price), min(price),
      max((total_vol << 31) | price) & 2147483647, symbol
    FROM trades WHERE trading_date = '${date}' GROUP BY minute, symbol ORDER BY minute`,
  );
  await statement(store, "CHECKPOINT");
}

async function statement({ pool }: BenchStore, text: string): Promise<void> {
  await pool.run((sql) => sql.unsafe(text), LOAD_DEADLINE_MS);
}

async function writeFile(path: string, date: string, count: number): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true, mode: 0o644 });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  const trades = dayTrades(date, count);
  for (let written = 0; written < count; written += CHUNK_ROWS) {
    const lines = nextOf(trades, CHUNK_ROWS).map((trade) => lineOf(trade, date));
    await writer.write(encoder.encode(lines.join("")));
  }
  await writer.close();
}

/** A row as COPY reads it, by the columns that the product writes. */
function lineOf(trade: TradeRow, tradingDate: string): string {
  const values = TRADES.valuesOf(trade, { tradingDate, source: SOURCE_CODES.live });
  return `${timeText(trade.exchangeMs)}\t${values.slice(1).join("\t")}\n`;
}

let held: readonly [ms: number, text: string] = [0, ""];

/** Trades of the same second follow each other. */
function timeText(ms: number): string {
  if (held[0] !== ms) held = [ms, new Date(ms).toISOString()];
  return held[1];
}
