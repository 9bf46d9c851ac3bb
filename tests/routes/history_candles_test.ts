import assert from "node:assert/strict";
import { CandleSchema, historySchema, IndexCandleSchema } from "../../core/wire/history_schema.ts";
import { historyTest } from "./history_fixture.ts";

historyTest(
  "Candles of a day have prices, sides, missing volume and the stamp of every payload (F-089)",
  async ({ ask }) => {
    const body = await ask("FPT/candles?start=2026-07-30&end=2026-07-30");
    historySchema("candles", CandleSchema).parse(body);
    assert.deepEqual([body.symbol, body.interval, body.candles.length], ["FPT", "1m", 240]);
    assert.deepEqual(body.candles[1], {
      timestamp: "2026-07-30T09:16:00.000+07:00",
      open: 100_001,
      high: 100_001.5,
      low: 100_000.5,
      close: 100_001.1,
      volume: 900,
      mua_chu_dong_volume: 400,
      ban_chu_dong_volume: 300,
      neutral_volume: 200,
      value: 90_000_000,
      missing_volume: 100,
      source: "live",
    });
    assert.deepEqual(body.unit, { prices: "VND", volumes: "shares", values: "VND" });
    assert.deepEqual([body.data_status, body.epoch, body.next_cursor], ["closed", "e1", null]);
  },
);

historyTest("Candles of today are read without dates, and are live (F-089)", async ({ ask }) => {
  const body = await ask("FPT/candles");
  assert.deepEqual([body.start, body.end, body.data_status], ["2026-08-03", "2026-08-03", "live"]);
  assert.deepEqual(
    body.candles.map((row: { close: number; source: string }) => [row.close, row.source]),
    [[101_550, "live"], [101_300, "backfill"]],
  );
});

historyTest(
  "Longer candles are joined of minutes, counted from midnight in Viet Nam (F-089)",
  async ({ ask }) => {
    const of = async (interval: string) =>
      (await ask(`FPT/candles?start=2026-07-30&end=2026-07-30&interval=${interval}`)).candles;
    const hours = await of("1h");
    assert.deepEqual(
      hours.map((row: { timestamp: string }) => row.timestamp.slice(11, 16)),
      ["09:00", "10:00", "11:00", "12:00", "13:00"],
    );
    assert.deepEqual([hours[0].volume, hours[0].missing_volume], [45 * 900, 45 * 100]);
    assert.deepEqual([hours[0].open, hours[0].close], [100_000, 100_044.1]);
    assert.deepEqual([hours[0].high, hours[0].low], [100_044.5, 99_999.5]);
    for (const [interval, count] of [["3m", 80], ["5m", 48], ["15m", 16], ["30m", 9]] as const) {
      const candles = await of(interval);
      assert.equal(candles.length, count, interval);
      const volumes = candles.map((row: { volume: number }) => row.volume);
      assert.equal(volumes.reduce((a: number, b: number) => a + b), 240 * 900, interval);
    }
    const today = (await ask("FPT/candles?interval=5m")).candles;
    assert.deepEqual([today.length, today[0].source, today[0].low], [1, "mixed", 101_200]);
  },
);

historyTest(
  "Pages of candles join without a seam, forwards and backwards (F-089)",
  async ({ ask }) => {
    for (const interval of ["1m", "5m"]) {
      for (const order of ["asc", "desc"]) {
        const query =
          `FPT/candles?start=2026-07-30&end=2026-08-03&interval=${interval}&order=${order}`;
        const whole = (await ask(query)).candles;
        const joined = [];
        let cursor = "";
        for (let pages = 0; pages < 100; pages++) {
          const page = await ask(`${query}&limit=7${cursor}`);
          joined.push(...page.candles);
          if (page.next_cursor === null) break;
          cursor = `&cursor=${page.next_cursor}`;
        }
        assert.deepEqual(joined, whole);
      }
    }
  },
);

historyTest(
  "A day's candle is the day's own record, else made of its minutes (F-089)",
  async ({ ask }) => {
    const { candles } = await ask("FPT/candles?interval=1d&start=2026-07-28&end=2026-08-04");
    assert.deepEqual(
      candles.map((row: Record<string, unknown>) => [
        ...[row.timestamp, row.open, row.close, row.volume],
        ...[row.mua_chu_dong_volume, row.neutral_volume, row.missing_volume, row.source],
      ]),
      [
        [
          ...["2026-07-30T00:00:00.000+07:00", 100_000, 100_500, 1_000_000],
          ...[600_000, null, null, "backfill"],
        ],
        [
          ...["2026-07-31T00:00:00.000+07:00", 101_000, 101_200, 1_000_000],
          ...[null, null, null, "backfill"],
        ],
        ["2026-08-03T00:00:00.000+07:00", 101_500, 101_300, 900, 500, 0, 0, "mixed"],
      ],
    );
  },
);

historyTest(
  "Ten years of days come in bounded windows, and a page goes on in them",
  async ({ ask }) => {
    const query = "FPT/candles?interval=1d&start=2016-08-05&end=2026-08-03";
    assert.equal((await ask(query)).candles.length, 3);
    const first = await ask(`${query}&limit=2`);
    assert.equal(first.candles.length, 2);
    const rest = await ask(`${query}&limit=2&cursor=${first.next_cursor}`);
    assert.deepEqual([rest.candles.length, rest.next_cursor], [1, null]);
    const newest = await ask(`${query}&limit=1&order=desc`);
    assert.equal(newest.candles[0].timestamp.slice(0, 10), "2026-08-03");
  },
);

historyTest(
  "A range may be of instants, with a plus in the query as clients write it (U-13)",
  async ({ ask }) => {
    const at = async (start: string, end: string) =>
      (await ask(`FPT/candles?start=${start}&end=${end}`)).candles.length;
    const end = "2026-07-30T09:20:00%2B07:00";
    assert.equal(await at("2026-07-30T09:16:00%2B07:00", end), 5);
    assert.equal(await at("2026-07-30T09:16:00+07:00", "2026-07-30T09:20:00+07:00"), 5);
    assert.equal(await at("2026-07-30T02:16:00Z", end), 5);
    assert.equal(await at("2026-07-30T09:16:30Z", "2026-07-31"), 0);
  },
);

historyTest(
  "Each length of a candle has its longest range, which a refusal names (U-13)",
  async ({ refusal, ask }) => {
    const caps = { "1m": 31, "3m": 93, "5m": 183, "15m": 366, "30m": 366, "1h": 366, "1d": 3_660 };
    for (const [interval, days] of Object.entries(caps)) {
      const start = (more: number) =>
        new Date(Date.parse("2026-08-03") - (days - 1 + more) * 86_400_000).toISOString().slice(
          0,
          10,
        );
      const query = `FPT/candles?interval=${interval}&end=2026-08-03`;
      await ask(`${query}&start=${start(0)}`);
      assert.deepEqual(await refusal(`${query}&start=${start(1)}`), [
        ...[400, "BAD_PARAMETER", "start"],
        `at most ${days} days with interval=${interval}`,
      ]);
    }
    assert.equal(
      (await refusal("FPT/candles?interval=2m"))[3],
      `one of ${Object.keys(caps).join(", ")}`,
    );
  },
);

historyTest("Candles of an index are at their own address, in points (U-12)", async ({ ask }) => {
  const body = await ask("index/VN30/candles");
  historySchema("candles", IndexCandleSchema).parse(body);
  assert.deepEqual([body.symbol, body.unit.prices, body.candles.length], ["VN30", "points", 2]);
  assert.deepEqual(body.candles[0], {
    timestamp: "2026-08-03T09:15:00.000+07:00",
    ...{ open: 1_932, high: 1_933, low: 1_931, close: 1_932.62, total_volume: 90, source: "live" },
  });
  const joined = (await ask("index/vn30/candles?interval=5m")).candles[0];
  assert.deepEqual([joined.high, joined.close, joined.total_volume], [1_933.01, 1_932.63, 190]);
  const days = (await ask("index/VN30/candles?interval=1d")).candles;
  assert.deepEqual(
    days.map((row: { close: number; source: string }) => [row.close, row.source]),
    [[1_929, "backfill"], [1_932.63, "live"]],
  );
});
