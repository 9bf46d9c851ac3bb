/**
 * A busy simulated day of about two and a half million trades, packed: bytes a trade, time to pack
 * and to read, beside other ways to compress the same columns; its size in a database before and after,
 * and the time to write it into files. Takes some minutes, most of which play the day, and 500 MB of disk for a while.
 */
import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  inflateRawSync,
  zstdCompressSync,
} from "node:zlib";
import { addToCandle, candleCount, createCandles } from "../../core/analytics/candles.ts";
import { createIngest, ingestFrame } from "../../core/engine/ingest.ts";
import { createDay } from "../../core/exchange/day.ts";
import { type ArchivedTrade, packTrades, unpackColumns } from "../../db/archive_codec.ts";
import type { Address } from "../../db/address.ts";
import { exportDay, FORMATS } from "../../db/export/export_day.ts";
import { migrate } from "../../db/migrate.ts";
import { packDate } from "../../db/pack.ts";
import type { Database } from "../../db/client.ts";
import { connectTo, insertTrades, makePartition } from "../db/support/trade_store.ts";
import { DATE, listen } from "../simulation/market_frames.ts";
import { startEmbeddedForTests } from "../support/postgres.ts";

/** Bytes of a pack before its deflated part. */
const HEAD_BYTES = 5;
const READ_TRADES = 30_000;
const READ_RUNS = 21;
/** Rows of one statement: 11 values each, of at most 65,534. */
const INSERT_ROWS = 5_000;

const COMPRESSORS: Readonly<Record<string, (plain: Uint8Array) => Uint8Array>> = {
  "deflate 6": (plain) => deflateRawSync(plain, { level: 6 }),
  "deflate 9": (plain) => deflateRawSync(plain, { level: 9 }),
  "brotli 5": (plain) =>
    brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  "zstd 3": (plain) => zstdCompressSync(plain),
};

function playDay(): Map<string, ArchivedTrade[]> {
  const day = createDay({ seed: 3, scenario: "volatile", date: DATE });
  const ingest = createIngest({ classifier: "feed", symbolsMax: 8_192 });
  const bySymbol = new Map<string, ArchivedTrade[]>();
  const wants = (channel: string) => ["F", "X-TRADE", "X-QUOTE"].includes(channel);
  for (const frame of listen(day, "15:06:00", wants)) {
    for (const change of ingestFrame(ingest, frame)) {
      if (change.kind !== "trade") continue;
      const {
        kind: _,
        symbol,
        exchange: _exchange,
        tradingDate: _date,
        session: _session,
        ...trade
      } = change;
      const trades = bySymbol.get(symbol);
      if (trades === undefined) bySymbol.set(symbol, [trade]);
      else trades.push(trade);
    }
  }
  return bySymbol;
}

function timed<T>(act: () => T): [T, number] {
  const startMs = performance.now();
  const result = act();
  return [result, performance.now() - startMs];
}

/** Median time to unpack the trades of a symbol and make its minutes of them. */
function readingMs(trades: readonly ArchivedTrade[]): [number, number] {
  const bytes = packTrades(trades.slice(0, READ_TRADES));
  const runs = Array.from({ length: READ_RUNS }, () =>
    timed(() => {
      const { length, exchangeMs, totalVolume, volume, priceE2, label, labels } = unpackColumns(
        bytes,
      );
      const candles = createCandles();
      for (let i = 0; i < length; i++) {
        addToCandle(candles, {
          exchange: "HOSE",
          exchangeMs: exchangeMs[i]!,
          totalVolume: totalVolume[i]!,
          volume: volume[i]!,
          priceE2: priceE2[i]!,
          side: labels[label[i]!]!.side,
        });
      }
      return candleCount(candles);
    }));
  return runs.toSorted(([, a], [, b]) => a - b)[READ_RUNS >> 1]!;
}

async function sizes(sql: Database) {
  const [row] = await sql<{ plain: number; packed: number }[]>`
    SELECT (SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits
        WHERE inhparent = 'trades'::regclass) AS plain,
      pg_total_relation_size('trades_arc') AS packed`;
  return row!;
}

async function onServer(bySymbol: ReadonlyMap<string, ArchivedTrade[]>): Promise<string[]> {
  const server = await startEmbeddedForTests({ settings: { max_wal_size: "4GB" } });
  try {
    return await databaseLines(server.address(), bySymbol);
  } finally {
    await server.close();
  }
}

async function databaseLines(
  address: Address,
  bySymbol: ReadonlyMap<string, ArchivedTrade[]>,
): Promise<string[]> {
  await migrate(address);
  const connections = connectTo(address);
  const { sql } = connections;
  await makePartition(sql, "trades", DATE);
  for (const [symbol, trades] of bySymbol) {
    for (let i = 0; i < trades.length; i += INSERT_ROWS) {
      await insertTrades(sql, DATE, symbol, trades.slice(i, i + INSERT_ROWS));
    }
  }
  const before = await sizes(sql);
  const startMs = performance.now();
  const { trades } = await packDate(sql, DATE);
  const packedMs = performance.now() - startMs;
  const after = await sizes(sql);
  const files = await exportLines(sql);
  await connections.end(1);
  const of = (bytes: number) =>
    `${(bytes / 1e6).toFixed(1)} MB, ${(bytes / trades).toFixed(1)} bytes a trade`;
  return [
    `  database, plain     ${of(before.plain)}`,
    `  database, packed    ${of(after.packed)}, in ${(packedMs / 1_000).toFixed(1)} s`,
    ...files,
  ];
}

/** The packed day as files. */
async function exportLines(sql: Database): Promise<string[]> {
  const dir = await Deno.makeTempDir();
  const wanted = {
    table: "trades",
    date: DATE,
    symbols: null,
    provider: "sim",
    onRows() {},
  } as const;
  const lines: string[] = [];
  for (const format of FORMATS) {
    const startMs = performance.now();
    const entry = await exportDay(sql, { ...wanted, dir, format });
    const seconds = (performance.now() - startMs) / 1_000;
    const megabytes = (entry!.bytes / 1e6).toFixed(1);
    lines.push(`  export, ${format.padEnd(11)} ${megabytes} MB, in ${seconds.toFixed(1)} s`);
  }
  await Deno.remove(dir, { recursive: true });
  return lines;
}

const bySymbol = playDay();
const all = [...bySymbol.values()];
const count = all.reduce((sum, { length }) => sum + length, 0);
const [packed, packMs] = timed(() => all.map(packTrades));
const bytes = packed.reduce((sum, { length }) => sum + length, 0);
const [, unpackMs] = timed(() => packed.forEach(unpackColumns));
const [candles, readMs] = readingMs(all.toSorted((a, b) => b.length - a.length)[0]!);
const lines = [
  `archive bench: ${count.toLocaleString("en")} trades of ${bySymbol.size} symbols`,
  `  packed              ${(bytes / 1e6).toFixed(2)} MB, ${
    (bytes / count).toFixed(2)
  } bytes a trade`,
  `  pack, unpack        ${packMs.toFixed(0)} ms, ${unpackMs.toFixed(0)} ms`,
  `  ${READ_TRADES.toLocaleString("en")} trades       ${
    readMs.toFixed(1)
  } ms to read and make ${candles} minutes of`,
];
const plains = packed.map((pack) => inflateRawSync(pack.subarray(HEAD_BYTES)));
for (const [name, compress] of Object.entries(COMPRESSORS)) {
  const [size, ms] = timed(() => plains.reduce((sum, plain) => sum + compress(plain).length, 0));
  lines.push(
    `  ${name.padEnd(18)}  ${(size / count).toFixed(2)} bytes a trade, ${ms.toFixed(0)} ms`,
  );
}
lines.push(...await onServer(bySymbol));
await Deno.stdout.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
