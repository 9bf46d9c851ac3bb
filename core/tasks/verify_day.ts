import { listDays } from "../feed/journal_files.ts";
import { createLogger } from "../log.ts";
import { journalDirOf } from "./data_source.ts";
import { engineOptions } from "./ingest.ts";
import { DAY_END, DAY_START } from "./journal_place.ts";
import { journalRows } from "./journal_rows.ts";
import { exitWithError, readConfig, tell } from "./program.ts";
import { StatusLine } from "./status_line.ts";
import { openStoreClient } from "./store_client.ts";
import { compareDay } from "./verify/compare_day.ts";
import { readBooks } from "./verify/day_books.ts";

const USAGE = "deno task verify-day DATE, such as 2026-11-20";
/** Of one security: a busy day of it is a few pages. */
const READ_DEADLINE_MS = 60_000;
/** Differences that are written out. */
const SHOWN_MAX = 20;
const NUMBER = new Intl.NumberFormat("en");

/** Replays the journal of a day and compares what it says with what the store holds. */
async function run(): Promise<void> {
  const config = readConfig();
  const dir = journalDirOf(config, config.feed.provider);
  const date = readDate(Deno.args, dir);
  const nowMs = () => Date.now();
  const log = createLogger({ level: "warn", nowMs, write: (line) => tell(`${line}\n`) });
  const line = new StatusLine({ isTerminal: Deno.stderr.isTerminal(), write: tell, nowMs });
  const client = await openStoreClient(config, log);
  try {
    const day = { dir, tradingDate: date, from: DAY_START, to: DAY_END };
    let read = 0;
    const books = await readBooks(
      journalRows(day, engineOptions(config.feed), (event, fields) => log.warn(event, fields)),
      ({ rows }) => line.show(`${NUMBER.format(read += rows.trades.length)} trades replayed`),
    );
    const verdict = await compareDay(books, date, {
      read: (work) => client.pool.read(work, READ_DEADLINE_MS),
      onSymbol: (symbol) => line.show(`comparing ${symbol}`),
    });
    line.clear();
    const { symbols, trades, candles, differences } = verdict;
    tell(
      `${date}: ${NUMBER.format(trades)} trades and ${NUMBER.format(candles)} candles of ` +
        `${NUMBER.format(symbols)} securities in the store\n`,
    );
    for (const difference of differences.slice(0, SHOWN_MAX)) tell(`${difference}\n`);
    if (differences.length > SHOWN_MAX) tell(`… and ${differences.length - SHOWN_MAX} more\n`);
    if (books.stateHash === null) tell(`${date}: not archived; what is being written may differ\n`);
    if (differences.length > 0) throw new Error(`${date}: the store is not what the journal says`);
    tell(`${date}: every trade, every candle and the hash of the session are the journal's\n`);
  } finally {
    await client.close();
  }
}

function readDate(args: readonly string[], dir: string): string {
  const [date, ...others] = args;
  if (date === undefined || others.length > 0 || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw new Error(`Cannot verify: the form is ${USAGE}`);
  }
  const days = listDays(dir);
  if (!days.includes(date)) {
    throw new Error(`No journal of ${date} in ${dir}; there is ${days.join(", ") || "none"}`);
  }
  return date;
}

if (import.meta.main) await run().catch(exitWithError);
