import assert from "node:assert/strict";
import { fillTest, LAST_CLOSED, THREE } from "./fill_rig.ts";

fillTest("every table of the past is filled from the service", async ({ fill, one, pool }) => {
  const outcome = await fill(THREE);
  assert.equal(outcome.end, "done");
  assert.equal(outcome.progress!.skipped, 0);
  for (const table of ["daily_prices", "daily_indices"]) {
    // Two names on each of ten trading days.
    assert.equal(await one(`SELECT count(*) FROM ${table} WHERE source = 1`), 20, table);
  }
  assert.equal(await one("SELECT count(DISTINCT symbol) FROM candles_1m"), 2);
  assert.equal(await one("SELECT count(DISTINCT code) FROM index_candles_1m"), 2);
  assert.equal(await one("SELECT count(*) FROM daily_indices WHERE o IS NULL OR ref IS NULL"), 0);
  assert.equal(await one("SELECT max(trading_date) FROM daily_prices"), LAST_CLOSED);
  const [hpg] = await pool.run((sql) => sql`SELECT * FROM instruments WHERE symbol = 'HPG'`);
  assert.equal(hpg!.exchange, "HOSE");
  assert.ok(hpg!.name_vi && hpg!.name_en && hpg!.listed_shares > 0);
  const boards = "SELECT count(DISTINCT exchange) FROM instruments";
  assert.equal(await one(boards), 4);
});

fillTest("minutes make up the day: volume, first and last price", async ({ fill, pool }) => {
  await fill(THREE);
  const days = await pool.run((sql) =>
    sql`SELECT p.symbol, p.volume, p.o, p.c, p.h, p.l, sum(m.none)::bigint AS minutes,
        max(m.tv1) AS total, max(m.h) AS high, min(m.l) AS low,
        (array_agg(m.o ORDER BY m.ts))[1] AS first, (array_agg(m.c ORDER BY m.ts DESC))[1] AS last,
        bool_and(m.tv1 - m.tv0 = m.none) AS is_joined
      FROM daily_prices p JOIN candles_1m m
        ON m.symbol = p.symbol AND (m.ts AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = p.trading_date
      GROUP BY p.symbol, p.trading_date, p.volume, p.o, p.c, p.h, p.l`
  );
  assert.equal(days.length, 20);
  for (const day of days) {
    assert.deepEqual([day.minutes, day.total], [day.volume, day.volume]);
    assert.deepEqual([day.first, day.last, day.high, day.low], [day.o, day.c, day.h, day.l]);
    assert.ok(day.is_joined);
  }
});

fillTest("a second run asks for names alone", async ({ fill, one, sim }) => {
  await fill(THREE);
  const rows = await one("SELECT count(*) FROM candles_1m");
  const asked = sim.stats().restRequests;
  const outcome = await fill(THREE);
  assert.deepEqual([outcome.end, outcome.progress!.units], ["done", 0]);
  assert.equal(sim.stats().restRequests - asked, 2);
  // A longer past asks for what is before.
  const longer = await fill({ ...THREE, days: 20, kinds: ["prices"] });
  assert.equal(longer.progress!.units, 2);
  assert.equal(await one("SELECT count(*) FROM candles_1m"), rows);
  assert.equal(await one("SELECT count(*) FROM daily_prices WHERE symbol = 'HPG'"), 14);
});

fillTest("a run that was stopped goes on where it was", async ({ fill, one }) => {
  const stop = new AbortController();
  const first = await fill(THREE, {
    stop: stop.signal,
    onProgress: ({ done }) => done === 5 && stop.abort(),
  });
  assert.deepEqual([first.end, first.progress!.done], ["stopped", 5]);
  assert.equal(await one("SELECT count(*) FROM backfill_progress"), 5);
  const second = await fill(THREE);
  assert.deepEqual([second.end, second.progress!.units], ["done", first.progress!.units - 5]);
  assert.equal(await one("SELECT count(*) FROM daily_prices"), 20);
});

fillTest(
  "a unit that was stored and not remembered is asked for again harmlessly",
  async ({ fill, one, pool }) => {
    await fill(THREE);
    const state = () =>
      one("SELECT md5(string_agg(t::text, '' ORDER BY symbol, ts)) FROM candles_1m t");
    const before = await state();
    await pool.run((sql) => sql`DELETE FROM backfill_progress`);
    const again = await fill(THREE);
    assert.ok(again.progress!.units > 0);
    assert.equal(await state(), before);
  },
);

fillTest("VN30 is its members, its futures and the followed indices", async ({ fill, one }) => {
  const outcome = await fill({ days: 2, names: "vn30", kinds: ["prices", "index"] });
  assert.equal(outcome.end, "done");
  // The fourth future was listed after the third Thursday, which was the last day that is closed.
  assert.equal(await one("SELECT count(DISTINCT symbol) FROM daily_prices"), 30 + 3);
  assert.equal(
    await one("SELECT string_agg(DISTINCT code, ' ') FROM daily_indices"),
    "VN30 VNINDEX",
  );
});

fillTest("all securities have their prices from their boards", async ({ fill, one, sim }) => {
  const outcome = await fill({ days: 2, names: "all", kinds: ["prices"] });
  assert.equal(outcome.end, "done");
  const listed = await one("SELECT count(*) - 1 FROM instruments");
  assert.equal(await one("SELECT count(DISTINCT symbol) FROM daily_prices"), listed);
  assert.ok(sim.stats().restRequests < 30, "not a call for each security");
});

fillTest("a quota is waited for", async ({ fill, one }) => {
  const outcome = await fill({ days: 1, names: ["HPG"], kinds: ["prices"] });
  assert.equal(outcome.end, "done");
  assert.ok(outcome.progress!.retries > 0, "the quota was met");
  assert.equal(await one("SELECT count(*) FROM daily_prices"), 1);
}, { restPerSecond: 5 });

fillTest("a refused key ends it at once, with the service's words", async ({ fill, sim }) => {
  sim.setAuth("refuse");
  const outcome = await fill(THREE);
  assert.equal(outcome.end, "refused");
  assert.match(outcome.reason!, /ConsumerID or ConsumerSecret is invalid/);
});
