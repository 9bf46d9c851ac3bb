import { table } from "../support/markdown.ts";
import type { CatchUpFigures } from "./catch_up.ts";
import { BATCH_TRADES, type FlushFigures } from "./flushes.ts";
import { ALL_TRADES } from "./load.ts";
import type { ReadFigures } from "./reads.ts";
import type { Pair } from "./servers.ts";
import { PACKED_TRADES, type PackedSize, type PlainSize } from "./sizes.ts";
import type { StartFigures } from "./starts.ts";

/** All that the bench measures. */
export interface StoreFigures {
  readonly versions: Pair<string>;
  readonly starts: StartFigures;
  readonly flushes: FlushFigures;
  readonly catchUp: CatchUpFigures;
  readonly plainReads: readonly ReadFigures[];
  /** Of a day in rows. */
  readonly beforePacking: readonly ReadFigures[];
  readonly packedReads: readonly ReadFigures[];
  readonly plain: Pair<PlainSize>;
  readonly packed: Pair<PackedSize>;
}

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const whole = (value: number) => NUMBER.format(value);
const ratio = (value: number) => value.toFixed(2);
const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
/** Of compressed chunks, measured with TimescaleDB 2.28.3 on PostgreSQL 15. */
const TIMESCALE_BYTES = 13.8;

/** The page about the store; before formatting. */
export function storagePage(figures: StoreFigures): string {
  const { versions, flushes, catchUp, plain, packed } = figures;
  const loadedCandleBytes = plain.embedded.candles / plain.embedded.candleRows;
  return `# Storage

What is stored, how fast it is written and read, and how large it becomes. Written by
\`deno task bench:store\` (four minutes, 3 GB of disk for a while).

## What is where

| table | holds | layout |
| --- | --- | --- |
| \`trades\` | every counted trade; its key is security, date and cumulative volume | a partition a date |
| \`trades_arc\` | the same of older days, a day of a security packed into one value | one table |
| \`candles_1m\`, \`index_candles_1m\` | minutes of securities and indices | one table each |
| \`foreign_snapshots\`, \`index_snapshots\` | the newest state of each 10 s and 5 s | a partition a date |
| \`basis_points\` | basis of futures, a point a second | a partition a date |
| \`alerts\`, \`sessions\` | alerts; archived sessions with their certificates | one table each |
| \`daily_prices\`, \`daily_indices\` | a row a day | one table each |
| \`instruments\` | what is known of securities by name | one table |
| \`journal_progress\`, \`backfill_progress\`, \`store_identity\` | how far, and whose data | one table each |

Without \`DATABASE_URL\` all of it is in an embedded PostgreSQL, in \`postgres\` below the folder of
the source of data. With TimescaleDB the tables with partitions are hypertables, and it compresses
closed days itself; without it the trades of older days are packed
([how long, and as files](configuration.md#history-how-long-and-as-files)).

## Measured

PostgreSQL ${versions.embedded} as it is embedded and PostgreSQL ${versions.debian} of Debian with
its defaults take turns in one run, over a unix socket, with fsync and durable commits. Figures are
medians; times depend on the machine, ratios (the median of embedded : Debian's within a round)
less so. "When chosen" is the ratio of the measurement by which this layout was chosen. The embedded server is compiled for size
(-Os) and Debian's for speed (-O2), which may be why the latter reads quicker.

### Writing

Batches of ${whole(BATCH_TRADES)} trades with their ${flushes.candlesOfBatch} candles and the
progress of the journal, one after the other as the writer does it, ${whole(flushes.trades)} trades
on each server. Catching up reads the journal of a simulated morning (09:00 to 11:30) of the whole market
(${whole(catchUp.frames)} frames, ${whole(catchUp.embedded.rows)} rows, of which
${whole(catchUp.embedded.trades)} are trades), takes every frame through the engine again and
writes its rows.

${writingTable(figures)}

### Starting

Median of ${figures.starts.runs}, up to the first answer.

${startTable(figures)}

### Reading

${whole(ALL_TRADES)} trades over 10 days of 1,600 securities, vacuumed, through the readers of the
REST history.

${readTable(figures.plainReads)}

Candles from \`candles_1m\` take this share of the time that making them out of trades takes:

${candleTable(figures)}

A day of ${whole(PACKED_TRADES)} trades before and after it is packed:

${packedTable(figures)}

## Size of a day of ${whole(PACKED_TRADES)} trades

Made-up trades, loaded at once; \`deno task bench:archive\` packs those of the simulated exchange.
Packing takes ${(packed.embedded.tookMs / 1_000).toFixed(1)} s. The writer changes a candle while
its minute lasts, and leaves ${whole(catchUp.embedded.candleBytes)} bytes a candle until vacuum lets
it use that space again, in the place of ${whole(loadedCandleBytes)}.

${sizeTable(figures)}

TimescaleDB is not measured by this command: ${TIMESCALE_BYTES} bytes a row were measured with its
version 2.28.3 on PostgreSQL 15 when this layout was chosen.
`;
}

function writingTable({ flushes, catchUp }: StoreFigures): string {
  const { embedded, debian, liveMs } = catchUp;
  const caught = (one: typeof embedded) => one.rows / one.tookMs * 1_000;
  const { tradesPerSecond: trades } = flushes;
  return table(["what", "embedded", "Debian's", "ratio", "when chosen", "goal"], [
    [
      "trades a second",
      ...[trades.embedded, trades.debian].map(whole),
      ratio(trades.ratio),
      "0.93",
      "≥ 0.90",
    ],
    [
      "rows a second, catching up",
      ...[embedded, debian].map((one) => whole(caught(one))),
      ratio(caught(embedded) / caught(debian)),
      "",
      "",
    ],
    [
      "of its time, for the database",
      ...[embedded, debian].map(({ flushMs, tookMs }) => `${whole(100 * flushMs / tookMs)} %`),
      ...["", "", ""],
    ],
    [
      "times as fast as the market",
      ...[embedded, debian].map(({ tookMs }) => whole(liveMs / tookMs)),
      ...["", "", ""],
    ],
  ]);
}

function startTable({ starts }: StoreFigures): string {
  return table(["embedded server", "took", "when chosen", "goal"], [
    ["first start, in an empty directory", ms(starts.firstMs), "620 ms", "< 1,500 ms"],
    ["later start", ms(starts.againMs), "30 ms", "< 100 ms"],
  ]);
}

function readTable(reads: readonly ReadFigures[]): string {
  const rows = reads.map(({ name, chosenRatio, goal, ...times }) => [
    name,
    ...timesOf(times),
    chosenRatio === null ? "" : ratio(chosenRatio),
    goal ?? "",
  ]);
  return table(["what", "embedded", "Debian's", "ratio", "when chosen", "goal"], rows);
}

/** The plain reads come in pairs: out of trades, and from the table of candles. */
function candleTable({ plainReads }: StoreFigures): string {
  const share = (at: number, kind: keyof Pair<unknown>) =>
    ratio(plainReads[at + 1]![kind] / plainReads[at]![kind]);
  return table(["candles of", "embedded", "Debian's", "when chosen", "goal"], [
    ["a day of 30,000 trades", share(0, "embedded"), share(0, "debian"), "0.03", "≤ 0.05"],
    ["10 days of 34,000 trades", share(2, "embedded"), share(2, "debian"), "0.09", ""],
  ]);
}

function packedTable({ beforePacking, packedReads }: StoreFigures): string {
  const rows = beforePacking.flatMap(({ name, ...before }, i) => [
    [name, "rows", ...timesOf(before)],
    [name, "packed", ...timesOf(packedReads[i]!)],
  ]);
  return table(["what", "the day is", "embedded", "Debian's", "ratio"], rows);
}

function sizeTable({ plain, packed }: StoreFigures): string {
  const row = (name: string, of: (kind: keyof Pair<unknown>) => number) => [
    name,
    megabytes(of("embedded")),
    megabytes(of("debian")),
    (of("embedded") / PACKED_TRADES).toFixed(1),
  ];
  return table(["form", "embedded", "Debian's", "bytes a trade"], [
    row("rows: heap", (kind) => plain[kind].heap),
    row("rows: index", (kind) => plain[kind].index),
    row("rows: whole partition", (kind) => plain[kind].total),
    row("packed", (kind) => packed[kind].total),
    row(
      `its ${whole(plain.embedded.candleRows)} candles, which stay`,
      (kind) => plain[kind].candles,
    ),
  ]);
}

function timesOf({ embedded, debian, ratio: value }: Pair<number> & { ratio: number }): string[] {
  return [ms(embedded), ms(debian), ratio(value)];
}
