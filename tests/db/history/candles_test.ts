import assert from "node:assert/strict";
import { readCandles } from "../../../db/history/candles.ts";
import { readDayCandles } from "../../../db/history/day_candles.ts";
import { fillHistory, openHistory } from "../../support/history_days.ts";
import { databaseTest } from "../../support/postgres.ts";

databaseTest(
  "A page of candles is a range of the index, never a walk over the table",
  async ({ address }) => {
    await using held = openHistory(address);
    const { sql } = held;
    await fillHistory(address, sql);
    await sql`
    INSERT INTO candles_1m (symbol, ts, tv0, tv1, buy, sell, none, value, o, h, l, c)
    SELECT 'S' || s, '2026-08-03T09:00:00+07'::timestamptz + n * interval '1 minute',
      n, n + 1, 0, 0, 1, 1, 1, 1, 1, 1
    FROM generate_series(1, 60) s, generate_series(0, 254) n`;
    await sql`ANALYZE candles_1m`;
    const scans = async () => {
      // What this session did is told once its next statement ends.
      await sql`SELECT pg_stat_force_next_flush()`;
      const [row] = await sql<{ seq: number; idx: number }[]>`
      SELECT seq_scan AS seq, idx_scan AS idx FROM pg_stat_user_tables
      WHERE relname = 'candles_1m'`;
      return row!;
    };
    const before = await scans();
    const fromMs = Date.parse("2026-08-03T00:00:00+07:00");
    const range = {
      fromDate: "2026-08-03",
      toDate: "2026-08-03",
      fromMs,
      untilMs: fromMs + 86_400_000,
    };
    const query = { subject: "S7", range, minutes: 1 };
    const page = await readCandles(sql, query, {
      isDescending: false,
      after: null,
      rowsMax: 2_000,
    });
    assert.equal(page.rows.length, 255);
    const after = await scans();
    assert.deepEqual([after.seq - before.seq, after.idx - before.idx], [0, 1]);
  },
);

databaseTest(
  "The candle of a day tells what was traded before its first minute as missing (F-089)",
  async ({ address }) => {
    await using held = openHistory(address);
    const { sql } = held;
    await fillHistory(address, sql);
    await sql`
    INSERT INTO candles_1m (symbol, ts, tv0, tv1, buy, sell, none, value, o, h, l, c)
    VALUES ('AAR', '2026-08-03T10:00:00+07', 15300, 15400, 100, 0, 0, 1, 1, 1, 1, 1),
      ('AAR', '2026-08-03T10:02:00+07', 15400, 16000, 0, 500, 0, 1, 1, 1, 1, 1)`;
    const fromMs = Date.parse("2026-08-03T00:00:00+07:00");
    const day = { fromDate: "2026-08-03", toDate: "2026-08-03" };
    const range = { ...day, fromMs, untilMs: fromMs + 86_400_000 };
    const { rows } = await readDayCandles(sql, { subject: "AAR", range, minutes: 1_440 }, {
      ...{ isDescending: false, after: null, rowsMax: 10 },
    });
    assert.deepEqual(rows.map(({ volume, missing }) => [volume, missing]), [[600, 15_400]]);
  },
);
