import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import type { Database } from "../../../db/client.ts";
import { type DayExport, exportDay } from "../../../db/export/export_day.ts";
import { addToManifest, readManifest } from "../../../db/export/manifest.ts";
import { EXPORT_TABLES } from "../../../db/export/tables.ts";
import { packDate } from "../../../db/pack.ts";
import { ONE_TRADE } from "../support/archived_trades.ts";
import { insertTrades, storeTest } from "../support/trade_store.ts";

const DATE = "2026-11-20";
const SECOND_TRADE = {
  ...ONE_TRADE,
  ...{ exchangeMs: ONE_TRADE.exchangeMs + 1_000, totalVolume: 1_600, volume: 100, late: true },
  ...{ side: "none", method: "none", reason: "late", feedSide: null } as const,
};
const CSV = [
  "timestamp,symbol,price,volume,value,total_volume,side,method,reason,feed_side,phase,late",
  "2026-11-20T09:15:00+07:00,41I1GC000,1934.5,2,386900000,2,buy,feed,flag,buy,continuous,false",
  "2026-11-20T09:15:00+07:00,ACB,25050,500,12525000,1500,buy,feed,flag,buy,continuous,false",
  "2026-11-20T09:15:01+07:00,ACB,25050,100,2505000,1600,none,none,late,,continuous,true",
  "",
].join("\r\n");

const TRADES = {
  table: "trades",
  date: DATE,
  symbols: null,
  provider: "ssi",
  onRows() {},
} as const;

/** One row of each table that is not trades. */
const ROWS = [
  `candles_1m (ts, tv0, tv1, buy, sell, none, value, o, h, l, c, source, symbol) VALUES
    ('2026-11-20 09:15+07', 100, 700, 300, 200, 0, 12525000, 2505000, 2510000, 2500000, 2505000, 0, 'ACB'),
    ('2026-11-20 09:16+07', 700, 800, 0, 0, 100, 2505000, 2505000, 2505000, 2505000, 2505000, 1, 'ACB'),
    ('2026-11-21 00:00+07', 0, 100, 0, 0, 100, 2505000, 1, 1, 1, 1, 0, 'ACB')`,
  `foreign_snapshots VALUES ('2026-11-20 09:15+07', '2026-11-20 09:15:03+07', 10, 30, 100, 300, NULL,
    NULL, '2026-11-20', 'ACB')`,
  `index_snapshots VALUES ('2026-11-20 09:15+07', '2026-11-20 09:15:01+07', 5, 6, 193262, 193000, 1,
    2, 3, 4, 5, '2026-11-20', 'VN30')`,
  `basis_points (ts, future, spot, trading_date, symbol) VALUES ('2026-11-20 09:15+07', 193450,
    193262, '2026-11-20', '41I1GC000')`,
  `alerts (ts, n, trading_date, id, type, severity, symbol, message, message_vi, data) VALUES
    ('2026-11-20 09:15+07', 1, '2026-11-20', '2026-11-20-1', 'volume-spike', 'info', 'ACB',
    'said "much", twice', E'hai\\ndòng', '{"a": 1}')`,
  `daily_prices (symbol, trading_date, ref, c, volume, value, source) VALUES ('ACB', '2026-11-20',
    2500000, 2505000, 700, 17535000, 0)`,
];

async function insertTwo(sql: Database): Promise<void> {
  await insertTrades(sql, DATE, "ACB", [ONE_TRADE]);
  const future = { ...ONE_TRADE, priceE2: 193_450, volume: 2, totalVolume: 2 };
  await insertTrades(sql, DATE, "41I1GC000", [future]);
}

async function insertAllTables(sql: Database): Promise<void> {
  await insertTwo(sql);
  for (const row of ROWS) await sql.unsafe(`INSERT INTO ${row}`);
}

/** Exports into a folder that is gone afterwards. */
async function inFolder(act: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await act(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
  return await parquetReadObjects({ file: (await Deno.readFile(path)).buffer });
}

storeTest(
  "Export: packed and plain trades of a date are one CSV file with prices in VND",
  async (sql) => {
    await insertTwo(sql);
    await packDate(sql, DATE);
    await insertTrades(sql, DATE, "ACB", [SECOND_TRADE]);
    await inFolder(async (dir) => {
      const entry = await exportDay(sql, { ...TRADES, dir, format: "csv" });
      const text = await Deno.readTextFile(`${dir}/trades_2026-11-20.csv`);
      assert.equal(text, CSV);
      assert.deepEqual(entry, {
        ...{ name: "trades_2026-11-20.csv", table: "trades", trading_date: DATE, symbols: null },
        ...{ data_status: "recorded", rows: 3, bytes: text.length },
        sha256: createHash("sha256").update(text).digest("hex"),
      });
      assert.deepEqual([...Deno.readDirSync(dir)].length, 1);
    });
  },
);

storeTest("Export: every table gives the same values as CSV and as Parquet", async (sql) => {
  await insertAllTables(sql);
  await inFolder(async (dir) => {
    for (const table of EXPORT_TABLES) {
      const wanted = { ...TRADES, dir, table };
      const csv = (await exportDay(sql, { ...wanted, format: "csv" }))!;
      const parquet = (await exportDay(sql, { ...wanted, format: "parquet" }))!;
      const [first] = await parquetRows(`${dir}/${parquet.name}`);
      const [names, line] = (await Deno.readTextFile(`${dir}/${csv.name}`)).split("\r\n");
      assert.deepEqual(Object.keys(first!), names!.split(","));
      assert.equal(parquet.rows, csv.rows);
      if (table !== "alerts") assert.equal(Object.values(first!).map(asCsv).join(), line);
    }
  });
});

/** A value of Parquet as CSV has it. */
function asCsv(value: unknown): string {
  if (!(value instanceof Date)) return value === null || value === undefined ? "" : String(value);
  const vn = new Date(value.getTime() + 7 * 3_600_000).toISOString();
  return vn.startsWith("2026-11-20T07:00:00") ? vn.slice(0, 10) : vn.replace(".000Z", "+07:00");
}

storeTest("Export: quotes, commas and line ends in texts survive", async (sql) => {
  await insertAllTables(sql);
  await inFolder(async (dir) => {
    const wanted = { ...TRADES, dir, table: "alerts" } as const;
    await exportDay(sql, { ...wanted, format: "csv" });
    const text = await Deno.readTextFile(`${dir}/alerts_2026-11-20.csv`);
    assert.match(text, /,"said ""much"", twice","hai\ndòng","\{""a"": 1\}"\r\n$/);
    await exportDay(sql, { ...wanted, format: "parquet" });
    const [row] = await parquetRows(`${dir}/alerts_2026-11-20.parquet`);
    assert.equal(row!.message, 'said "much", twice');
    assert.equal(row!.message_vi, "hai\ndòng");
  });
});

storeTest("Export: what is missing or unknown of a minute is told", async (sql) => {
  await insertAllTables(sql);
  await inFolder(async (dir) => {
    await exportDay(sql, { ...TRADES, dir, table: "candles_1m", format: "csv" });
    const lines = (await Deno.readTextFile(`${dir}/candles_1m_2026-11-20.csv`)).split("\r\n");
    assert.deepEqual(lines.slice(1, 3).map((line) => line.split(",").slice(6)), [
      ["500", "300", "200", "0", "12525000", "100", "live"],
      ["100", "", "", "", "2505000", "0", "backfill"],
    ]);
    assert.equal(lines.length, 4);
  });
});

storeTest(
  "Export: simulated data and a selection say so in the name and in the file",
  async (sql) => {
    await insertTwo(sql);
    await inFolder(async (dir) => {
      const entry = await exportDay(sql, {
        ...{ ...TRADES, dir, format: "parquet", provider: "sim", symbols: ["ACB", "FPT"] },
      } as DayExport);
      assert.equal(entry!.name, "trades_2026-11-20_selection_simulated.parquet");
      assert.equal(entry!.rows, 1);
      const file = (await Deno.readFile(`${dir}/${entry!.name}`)).buffer;
      const metadata = new Map(
        parquetMetadata(file).key_value_metadata!.map(({ key, value }) => [key, value]),
      );
      assert.equal(metadata.get("data_status"), "simulated");
      assert.equal(metadata.get("symbols"), "ACB,FPT");
      await addToManifest(dir, [entry!]);
      await addToManifest(dir, [entry!]);
      assert.deepEqual(await readManifest(dir), [entry]);
    });
  },
);

Deno.test("Export: a manifest that is not ours is refused and left alone", async () => {
  await inFolder(async (dir) => {
    for (const text of ["", "{}", '{"files": [{"name": "a"}]}']) {
      await Deno.writeTextFile(`${dir}/manifest.json`, text);
      await assert.rejects(addToManifest(dir, []), /manifest.json is no list of exported files/);
      assert.equal(await Deno.readTextFile(`${dir}/manifest.json`), text);
    }
  });
});

storeTest("Export: a date without rows leaves no file, nor does one that fails", async (sql) => {
  await insertTwo(sql);
  await sql`INSERT INTO trades_arc VALUES ('ACB', ${DATE}, 1, 500, ${new Uint8Array([1, 2, 3])})`;
  await inFolder(async (dir) => {
    for (const format of ["csv", "parquet"] as const) {
      assert.equal(await exportDay(sql, { ...TRADES, dir, format, date: "2026-11-21" }), null);
      await assert.rejects(exportDay(sql, { ...TRADES, dir, format }), /Cannot read packed trades/);
    }
    assert.deepEqual([...Deno.readDirSync(dir)], []);
  });
});

storeTest("Export: a whole day of one security is written in groups of rows", async (sql) => {
  await sql`
    INSERT INTO trades (ts, total_vol, volume, price, trading_date, side, method, reason, phase, flags, symbol)
    SELECT '2026-11-20 09:15+07'::timestamptz + n * interval '0.1 s', n * 100, 100, 2505000,
      ${DATE}, 0, 0, 1, 2, 0, 'ACB' FROM generate_series(1, 120000) n`;
  await inFolder(async (dir) => {
    const entry = await exportDay(sql, { ...TRADES, dir, format: "parquet" });
    assert.equal(entry!.rows, 120_000);
    const file = (await Deno.readFile(`${dir}/${entry!.name}`)).buffer;
    const groups = parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows));
    assert.deepEqual(groups, [50_000, 50_000, 20_000]);
    const [last] = await parquetReadObjects({ file, rowStart: 119_999, rowEnd: 120_000 });
    assert.equal(last!.total_volume, 12_000_000n);
  });
});
