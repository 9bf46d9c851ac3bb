import assert from "node:assert/strict";
import type { BackfillRows, Dated } from "../../core/port/backfill.ts";
import type { CandleRow, DailyPriceRow, InstrumentRow } from "../../core/port/store.ts";
import { claimStore, countOf, doneSpans, saveSpan } from "../../db/backfill.ts";
import type { Pool } from "../../db/pool.ts";
import { historyStoreTest } from "../support/history_store.ts";

const DATE = "2026-11-19";

const candle = (volume: number, rest: Partial<CandleRow> = {}): Dated<CandleRow> => ({
  symbol: "FPT",
  tradingDate: DATE,
  minute: 600,
  openE2: 100,
  highE2: 120,
  lowE2: 90,
  closeE2: 110,
  buy: 0,
  sell: 0,
  none: volume,
  valueVnd: volume,
  fromVolume: 1_000,
  toVolume: 1_000 + volume,
  ...rest,
});
const price = (volume: number, rest: Partial<DailyPriceRow> = {}): Dated<DailyPriceRow> => ({
  symbol: "FPT",
  tradingDate: DATE,
  referenceE2: 100,
  ceilingE2: 107,
  floorE2: 93,
  openE2: 100,
  highE2: 105,
  lowE2: 99,
  closeE2: 104,
  averageE2: 102,
  volume,
  valueVnd: 9_007_199_254_740_991,
  putThroughVolume: 5,
  putThroughValueVnd: 6,
  foreignBuyVolume: 7,
  foreignSellVolume: 8,
  foreignBuyValueVnd: 9,
  foreignSellValueVnd: 10,
  foreignRoom: 11,
  activeBuyVolume: null,
  activeSellVolume: null,
  ...rest,
});

const save = (pool: Pool, rows: BackfillRows) => saveSpan(pool, rows, null);

/** A minute as the live engine stores it. */
const live = (pool: Pool, buy: number, sell: number, none: number) =>
  pool.run((sql) =>
    sql`INSERT INTO candles_1m (ts, tv0, tv1, buy, sell, none, value, o, h, l, c, symbol)
      VALUES ('2026-11-19T10:00+07', 2000, ${
      2_000 + buy + sell + none
    }, ${buy}, ${sell}, ${none}, 5,
        101, 102, 100, 102, 'FPT')`
  );
const candles = (pool: Pool) =>
  pool.run((sql) => sql`SELECT *, ts::text AS at FROM candles_1m ORDER BY symbol, ts`);

historyStoreTest(
  "backfill store - a minute without a live one is stored with its source",
  async (pool) => {
    await save(pool, { candles: [candle(300)] });
    const [row] = await candles(pool);
    const { at, tv0, tv1, buy, sell, none, value, o, h, l, c, source } = row!;
    assert.equal(at, "2026-11-19 03:00:00+00");
    assert.deepEqual([tv0, tv1, buy, sell, none, value], [1_000, 1_300, 0, 0, 300, 300]);
    assert.deepEqual([o, h, l, c, source], [100, 120, 90, 110, 1]);
  },
);

historyStoreTest("backfill store - a live minute of as much volume is kept", async (pool) => {
  await live(pool, 200, 50, 50);
  await save(pool, { candles: [candle(300)] });
  const [row] = await candles(pool);
  assert.deepEqual([row!.o, row!.buy, row!.none, row!.source, row!.value], [101, 200, 50, 0, 5]);
});

historyStoreTest(
  "backfill store - a fuller minute replaces a live one, whose sides stay known",
  async (pool) => {
    await live(pool, 200, 40, 10);
    const rows = { candles: [candle(300)] };
    await save(pool, rows);
    const first = await candles(pool);
    const { o, h, l, c, buy, sell, none, tv0, tv1, source } = first[0]!;
    assert.deepEqual([o, h, l, c, source], [100, 120, 90, 110, 1]);
    assert.deepEqual([buy, sell, none, tv0, tv1], [200, 40, 60, 1_000, 1_300]);
    await save(pool, rows);
    assert.deepEqual(await candles(pool), first);
  },
);

historyStoreTest(
  "backfill store - a daily row fills what is not known and replaces what is not full",
  async (pool) => {
    const prices = (symbol: string) =>
      pool.run((sql) => sql`SELECT * FROM daily_prices WHERE symbol = ${symbol}`);
    await pool.run((sql) =>
      sql`INSERT INTO daily_prices (symbol, trading_date, c, volume, value, active_buy_vol, source)
      VALUES ('FPT', ${DATE}, 103, 500, 1, 300, 0), ('VCB', ${DATE}, 103, 499, 1, 300, 0)`
    );
    await save(pool, { dailyPrices: [price(500), price(500, { symbol: "VCB" })] });
    const [full] = await prices("FPT");
    assert.deepEqual(
      [full!.c, full!.value, full!.source, full!.o, full!.pt_vol, full!.active_buy_vol],
      [103, 1, 0, 100, 5, 300],
    );
    const [partial] = await prices("VCB");
    assert.deepEqual(
      [partial!.c, partial!.value, partial!.source, partial!.volume, partial!.active_buy_vol],
      [104, 9_007_199_254_740_991, 1, 500, 300],
    );
    assert.equal(partial!.trading_date, DATE);
  },
);

historyStoreTest(
  "backfill store - a security keeps what is told of it once, and its days grow",
  async (pool) => {
    const row: Dated<InstrumentRow> = {
      symbol: "FPT",
      tradingDate: DATE,
      exchange: "HOSE",
      nameVi: `Công ty "FPT", {NULL}\\`,
      nameEn: null,
      listedShares: 1_000,
    };
    await save(pool, { instruments: [row] });
    const later = {
      ...row,
      tradingDate: "2026-11-20",
      nameVi: null,
      nameEn: "FPT",
      listedShares: null,
    };
    await save(pool, { instruments: [later] });
    await save(pool, { instruments: [{ ...later, tradingDate: "2026-11-10" }] });
    const [stored] = await pool.run((sql) => sql`SELECT * FROM instruments`);
    assert.deepEqual(stored, {
      symbol: "FPT",
      exchange: "HOSE",
      name_vi: row.nameVi,
      name_en: "FPT",
      listed_shares: 1_000,
      first_date: "2026-11-10",
      last_date: "2026-11-20",
    });
  },
);

historyStoreTest(
  "backfill store - what is done is remembered with its rows, or neither is",
  async (pool) => {
    const span = { kind: "intraday", symbol: "FPT", from: "2026-11-01", to: "2026-11-19" };
    const rows = { candles: [candle(300)] };
    await saveSpan(pool, rows, span);
    await saveSpan(pool, rows, span);
    assert.deepEqual(await doneSpans(pool, "2026-11-19"), [span]);
    assert.deepEqual(await doneSpans(pool, "2026-11-20"), []);
    const broken = {
      candles: [candle(400, { symbol: "VCB" }), candle(400, { openE2: 3_000_000_000 })],
    };
    await assert.rejects(saveSpan(pool, broken, { ...span, symbol: "VCB" }));
    assert.equal((await candles(pool)).length, 1);
    assert.equal((await doneSpans(pool, "2026-11-01")).length, 1);
  },
);

historyStoreTest(
  "backfill store - a unit of more rows than a statement takes is stored whole",
  async (pool) => {
    const minutes = Array.from({ length: 1_400 }, (_, minute) => minute);
    const rows = {
      candles: ["2026-11-17", "2026-11-18", "2026-11-19"].flatMap((tradingDate) =>
        minutes.map((minute) => ({ ...candle(100, { minute }), tradingDate }))
      ),
    };
    assert.equal(countOf(rows), 4_200);
    await save(pool, rows);
    assert.equal((await candles(pool)).length, 4_200);
  },
);

historyStoreTest("backfill store - a store holds data of one provider", async (pool) => {
  await claimStore(pool, "sim");
  await claimStore(pool, "sim");
  const [identity] = await pool.run((sql) => sql`SELECT provider, layout FROM store_identity`);
  assert.deepEqual(identity, { provider: "sim", layout: "partitions" });
  await assert.rejects(claimStore(pool, "ssi"), /holds data of sim, not of ssi/);
});
