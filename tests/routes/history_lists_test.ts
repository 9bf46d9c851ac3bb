import assert from "node:assert/strict";
import { AlertSchema } from "../../core/wire/alert_schema.ts";
import { BasisPointSchema } from "../../core/wire/derivative_schema.ts";
import {
  DaySchema,
  ForeignDaySchema,
  ForeignSnapshotSchema,
  historySchema,
  IndexPointSchema,
  PastSessionSchema,
  TickSchema,
  VolumePriceSchema,
} from "../../core/wire/history_schema.ts";
import { FUTURE, MANY_TRADES, PACKED_DATE } from "../support/history_days.ts";
import { historyTest } from "./history_fixture.ts";

historyTest("Trades say which side was active and how that was found (F-090)", async ({ ask }) => {
  const body = await ask("fpt/ticks");
  historySchema("ticks", TickSchema).parse(body);
  assert.deepEqual([body.symbol, body.ticks.length], ["FPT", 2]);
  assert.deepEqual(body.ticks[0], {
    timestamp: "2026-08-03T09:15:01.000+07:00",
    ...{ price: 101_500, volume: 500, value: 50_750_000, total_volume: 500 },
    ...{ side: "sell", method: "feed", reason: "flag", feed_side: "sell", phase: "ato" },
    late: false,
  });
});

historyTest(
  "A contract's trades have the multiplier in their value, and its name may roll (F-090, F-094)",
  async ({ ask }) => {
    for (const name of [FUTURE, "VN30F1M", "vn30f2608"]) {
      const body = await ask(`${name}/ticks`);
      assert.deepEqual([body.symbol, body.unit.prices, body.unit.volumes], [
        ...[FUTURE, "points", "contracts"],
      ]);
      assert.deepEqual([body.ticks[0].price, body.ticks[0].value], [1_900.1, 380_020_000]);
    }
  },
);

historyTest(
  "Packed and plain days of trades are one list, in both orders (F-090)",
  async ({ ask }) => {
    const query = `FPT/ticks?start=2026-07-30&end=2026-08-03`;
    const { ticks } = await ask(query);
    assert.equal(ticks.length, MANY_TRADES + 3 + 2);
    const packed = ticks.filter((row: { timestamp: string }) =>
      row.timestamp.startsWith(PACKED_DATE)
    );
    assert.deepEqual(
      packed.map((row: Record<string, unknown>) => [row.total_volume, row.price, row.late]),
      [[100, 101_000, false], [300, 101_100, false], [900, 101_200, true]],
    );
    const backwards = await ask(`${query}&order=desc`);
    assert.deepEqual(backwards.ticks, ticks.toReversed());
  },
);

historyTest(
  "A trade that is packed and plain at once, as while a day is packed, comes once (F-090)",
  async ({ ask, sql }) => {
    await sql`
    INSERT INTO trades (symbol, trading_date, ts, total_vol, volume, price, side, method, reason,
      phase, flags)
    SELECT 'FPT', ${PACKED_DATE}::date, '2026-07-31T09:15:01+07'::timestamptz, total, 200, 10110000,
      1, 2, 2, 2, 0 FROM unnest('{300,500}'::bigint[]) total`;
    const { ticks } = await ask(`FPT/ticks?start=${PACKED_DATE}&end=${PACKED_DATE}`);
    const totals = ticks.map((row: { total_volume: number }) => row.total_volume);
    assert.deepEqual(totals, [100, 300, 500, 900]);
  },
);

historyTest(
  "Trades come 10,000 at a time unless asked, 50,000 at most, and pages join (F-090, U-13)",
  async ({ ask, refusal, sql }) => {
    await sql`
    INSERT INTO trades (symbol, trading_date, ts, total_vol, volume, price, side, method, reason,
      phase, flags)
    SELECT 'VNM', '2026-07-30', '2026-07-30T09:15:00+07'::timestamptz + n * interval '1 second',
      n, 1, 6000000, 1, 2, 2, 2, 0 FROM generate_series(1, 10001) n`;
    const query = "VNM/ticks?start=2026-07-30&end=2026-07-30";
    const first = await ask(query);
    assert.equal(first.ticks.length, 10_000);
    const rest = await ask(`${query}&cursor=${first.next_cursor}`);
    assert.deepEqual([rest.ticks.length, rest.next_cursor], [1, null]);
    const all = await ask(`${query}&limit=50000`);
    assert.deepEqual([...first.ticks, ...rest.ticks], all.ticks);
    for (const bad of ["0", "50001", "-1", "1e3", ""]) {
      assert.equal((await refusal(`${query}&limit=${bad}`))[3], "a whole number from 1 to 50000");
    }
  },
);

historyTest(
  "Pages of trades of any size join over packed and plain days (F-090)",
  async ({ ask }) => {
    for (const order of ["asc", "desc"]) {
      const query = `FPT/ticks?start=2026-07-31&end=2026-08-03&order=${order}`;
      const whole = (await ask(query)).ticks;
      for (const limit of [1, 2, 3, 4, 5]) {
        const joined = [];
        let cursor: string | null = "";
        while (cursor !== null) {
          const page = await ask(`${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
          joined.push(...page.ticks);
          cursor = page.next_cursor;
        }
        assert.deepEqual(joined, whole, `${order} by ${limit}`);
      }
    }
  },
);

historyTest(
  "Volume at price of a day is by side, of packed and plain trades together, each once (F-090)",
  async ({ ask, refusal, sql }) => {
    const of = async (query: string) => (await ask(`FPT/volume-prices?${query}`)).prices;
    const body = await ask("FPT/volume-prices");
    historySchema("prices", VolumePriceSchema).parse(body);
    const levels = (rows: Record<string, unknown>[]) =>
      rows.map((row) => [row.price, row.mua_chu_dong_volume, row.ban_chu_dong_volume, row.trades]);
    assert.deepEqual(levels(body.prices), [[101_500, 0, 500, 1], [101_550, 0, 200, 1]]);
    assert.deepEqual((await of("order=desc")).map((row: { price: number }) => row.price), [
      ...[101_550, 101_500],
    ]);
    assert.deepEqual(levels(await of("end=2026-08-03T09:15:01%2B07:00")), [[101_500, 0, 500, 1]]);
    await sql`
    INSERT INTO trades (symbol, trading_date, ts, total_vol, volume, price, side, method, reason,
      phase, flags)
    SELECT 'FPT', ${PACKED_DATE}::date, '2026-07-31T09:15:01+07'::timestamptz, total, 200, 10110000,
      1, 2, 2, 2, 0 FROM unnest('{300,500}'::bigint[]) total`;
    const packed = await of(`start=${PACKED_DATE}&end=${PACKED_DATE}`);
    assert.deepEqual(levels(packed), [
      ...[[101_000, 100, 0, 1], [101_100, 400, 0, 2], [101_200, 600, 0, 1]],
    ]);
    const first = await ask("FPT/volume-prices?limit=1");
    const rest = await of(`limit=1&cursor=${first.next_cursor}`);
    assert.deepEqual([...first.prices, ...rest], body.prices);
    assert.equal(
      (await refusal("FPT/volume-prices?start=2026-07-30"))[3],
      "at most 1 day with this list",
    );
  },
);

historyTest("Foreign flow of a day is a list of its snapshots (F-091)", async ({ ask }) => {
  const body = await ask("FPT/foreign");
  historySchema("points", ForeignSnapshotSchema).parse(body);
  assert.deepEqual(body.points.at(-1), {
    timestamp: "2026-08-03T09:16:00.000+07:00",
    ...{ buy_volume: 400, sell_volume: 1_400, net_volume: -1_000 },
    ...{ buy_value: 40_000_000, sell_value: 140_000_000, net_value: -100_000_000 },
    ...{ current_room: 79_600, total_room: 100_000 },
  });
  const one = await ask("FPT/foreign?start=2026-08-03T09:15:05Z&end=2026-08-03T09:15:30Z");
  assert.deepEqual(one.points, []);
  const page = await ask("FPT/foreign?limit=2&order=desc");
  assert.equal((await ask(`FPT/foreign?order=desc&cursor=${page.next_cursor}`)).points.length, 1);
});

historyTest(
  "A day's foreign flow is what was bought less what was sold, negative when sold (F-092, B-18)",
  async ({ ask, sql }) => {
    // The largest net of the day was positive: it is not the day's.
    await sql`
    INSERT INTO foreign_snapshots (symbol, trading_date, slot, ts, buy_vol, sell_vol, buy_val,
      sell_val, room, total_room)
    VALUES ('FPT', '2026-08-03', '2026-08-03T09:00:00+07', '2026-08-03T09:00:00+07', 90, 0, 9, 0,
      1, 1)`;
    const body = await ask("FPT/foreign/daily");
    historySchema("days", ForeignDaySchema).parse(body);
    assert.deepEqual([body.start, body.end], ["2026-07-05", "2026-08-03"]);
    assert.deepEqual(
      body.days.map((row: Record<string, unknown>) => [
        ...[row.trading_date, row.net_volume, row.net_value, row.current_room, row.source],
      ]),
      [
        ["2026-07-30", -15_000, -1_500_000_000, 77_000, "daily"],
        ["2026-08-03", -1_000, -100_000_000, 79_600, "snapshot"],
      ],
    );
  },
);

historyTest(
  "Days go back 30 unless told otherwise and 365 at most, or have a start and an end (F-092, U-13)",
  async ({ ask, refusal }) => {
    assert.equal((await ask("FPT/foreign/daily?days=365")).start, "2025-08-04");
    assert.equal((await ask("FPT/foreign/daily?days=1")).days.length, 1);
    assert.equal((await ask("FPT/daily?start=2025-08-04&end=2026-08-03")).days.length, 2);
    for (const bad of ["0", "366", "x"]) {
      assert.deepEqual(await refusal(`FPT/foreign/daily?days=${bad}`), [
        ...[400, "BAD_PARAMETER", "days", "a whole number from 1 to 365"],
      ]);
    }
    const either = await refusal("FPT/daily?days=3&start=2026-07-30");
    assert.deepEqual(either.slice(2), ["days", "days, or start and end"]);
    const long = await refusal("FPT/daily?start=2025-08-03&end=2026-08-03");
    assert.deepEqual(long.slice(2), ["start", "at most 365 days with this list"]);
  },
);

historyTest(
  "Whole days have reference, put-through and foreign flow; null is what nobody told",
  async ({ ask }) => {
    const body = await ask("FPT/daily");
    historySchema("days", DaySchema).parse(body);
    const [thursday, friday] = body.days;
    assert.deepEqual([thursday.ref, thursday.average, thursday.put_through_volume], [
      ...[99_000, 100_123.45, 5_000],
    ]);
    assert.deepEqual([thursday.foreign_net_value, thursday.mua_chu_dong_volume], [-15e8, 600_000]);
    assert.deepEqual([friday.ref, friday.foreign_net_value, friday.close], [null, null, 101_200]);
  },
);

historyTest(
  "Values of an index come with its breadth, and its name in either case (F-093)",
  async ({ ask, refusal }) => {
    const body = await ask("index/vn30");
    historySchema("points", IndexPointSchema).parse(body);
    assert.deepEqual([body.symbol, body.points.length], ["VN30", 2]);
    const { timestamp, value, prior, change, change_pct, advances, floors } = body.points[1];
    assert.deepEqual([timestamp, value, prior, change, change_pct, advances, floors], [
      ...["2026-08-03T09:15:05.000+07:00", 1_932.01, 1_930, 2.01, 0.1, 20, 0],
    ]);
    assert.deepEqual((await ask("index/VNINDEX")).points, []);
    // No address of a symbol takes it.
    assert.deepEqual((await refusal("index/candles")).slice(0, 3), [404, "NOT_FOUND", "index"]);
  },
);

historyTest(
  "The basis of a contract is found by its code, its old code and its rolling name (F-094)",
  async ({ ask, refusal }) => {
    for (const name of [FUTURE, FUTURE.toLowerCase(), "VN30F1M", "VN30F2608"]) {
      const body = await ask(`derivatives/${name}`);
      historySchema("points", BasisPointSchema).parse(body);
      assert.deepEqual([body.symbol, body.points.length], [FUTURE, 3]);
      assert.deepEqual([body.points[0].basis, body.points[1].is_premium], [-0.1, null]);
    }
    for (const name of ["FPT", "VN30F3M", "41I1H8000"]) {
      assert.deepEqual((await refusal(`derivatives/${name}`)).slice(0, 3), [
        ...[404, "NOT_FOUND", "contract"],
      ]);
    }
  },
);

historyTest(
  "Alerts are kept in a table and read by type, severity and date, newest first (F-081, F-102)",
  async ({ ask, refusal }) => {
    const body = await ask("alerts");
    historySchema("alerts", AlertSchema).parse(body);
    const ids = (page: { alerts: { id: string }[] }) => page.alerts.map(({ id }) => id);
    assert.deepEqual([body.symbol, ids(body).length, ids(body)[0]], [null, 6, "2026-08-03-3"]);
    assert.deepEqual(ids(await ask("alerts?severity=critical&type=volume_spike")), [
      ...["2026-08-03-2", "2026-07-30-2"],
    ]);
    assert.deepEqual(ids(await ask("alerts?start=2026-07-30&end=2026-07-30&order=asc&limit=2")), [
      ...["2026-07-30-1", "2026-07-30-2"],
    ]);
    const page = await ask("alerts?type=volume_spike&limit=3");
    const rest = await ask(`alerts?type=volume_spike&limit=3&cursor=${page.next_cursor}`);
    assert.deepEqual([...ids(page), ...ids(rest)], [
      ...["2026-08-03-2", "2026-08-03-1", "2026-07-30-2", "2026-07-30-1"],
    ]);
    assert.equal((await refusal("alerts?limit=201"))[3], "a whole number from 1 to 200");
    assert.equal((await refusal("alerts?type=spike"))[2], "type");
  },
);

historyTest("Archived sessions have their quality and the certificate (N-17)", async ({ ask }) => {
  const body = await ask("sessions");
  historySchema("sessions", PastSessionSchema).parse(body);
  const [session] = body.sessions;
  assert.deepEqual([session.trading_date, session.missing_volume, session.stalls], [
    ...["2026-07-30", 1_000, null],
  ]);
  assert.equal(session.certificate.boards.HOSE.trades, 4_500);
});

historyTest(
  "A day in the future is fine and empty, as is a day without trading",
  async ({ ask }) => {
    for (const date of ["2030-01-05", "2026-08-02", "2010-01-01"]) {
      for (const path of ["FPT/candles", "FPT/ticks", "FPT/daily", "index/VN30", "alerts"]) {
        const body = await ask(`${path}?start=${date}&end=${date}`);
        const rows = Object.values(body).find(Array.isArray);
        assert.deepEqual(rows, [], path);
      }
    }
    assert.equal((await ask("FPT/candles?start=2030-01-05")).end, "2030-01-05");
  },
);
