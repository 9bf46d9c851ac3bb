import assert from "node:assert/strict";
import type { BackfillArguments } from "../../../../core/tasks/backfill/arguments.ts";
import { StartFiller, type StartFillerDeps } from "../../../../core/tasks/backfill/start_filler.ts";
import { silent } from "../../../support/history_store.ts";
import { second } from "../../sim/support/with_service.ts";
import { until } from "../../sim/support/until.ts";
import { fillTest, LAST_CLOSED, type Rig } from "./fill_rig.ts";

const HOUR_MS = 3_600_000;
const TODAY = "2026-11-20";
const TWO: BackfillArguments = {
  days: 3,
  names: ["HPG", "VN30"],
  kinds: ["index", "prices", "intraday"],
};

function fillerOf({ deps }: Rig, changed: Partial<StartFillerDeps> = {}): StartFiller {
  const { service, store } = deps;
  return new StartFiller({
    open: () => ({ service, store, close: () => Promise.resolve() }),
    wanted: TWO,
    lastClosed: () => LAST_CLOSED,
    runningDay: () => TODAY,
    limits: {
      run: { ...deps.limits, triesMax: 2, lostMax: 1 },
      ...{ roundsMax: 1_000, againMs: 5, firstMinuteMs: 0 },
    },
    nowMs: () => performance.now(),
    random: () => 0,
    log: silent,
    ...changed,
  });
}

const isState = (filler: StartFiller, state: string) =>
  until(() => filler.health.state === state, `a past that is ${state}`);

fillTest(
  "the start fills days, minutes of the past and the running day up to the feed's first minute",
  async (rig) => {
    const { sim, pool, one } = rig;
    await sim.stepTo(second("09:20:40"));
    // The feed began within a minute, and saw the last trade of that minute only.
    await pool.run((sql) =>
      sql`INSERT INTO candles_1m (symbol, ts, tv0, tv1, buy, sell, none, value, o, h, l, c, source)
        VALUES ('HPG', '2026-11-20 09:19+07', 1, 2, 1, 0, 0, 1, 100, 100, 100, 100, 0)`
    );
    const filler = fillerOf(rig);
    assert.equal(filler.health.state, "waiting");
    filler.begin();
    filler.begin();
    await isState(filler, "done");
    const { rows, reason, unit } = filler.health;
    assert.deepEqual([reason, unit], [null, null]);
    assert.equal(filler.metrics().store_backfilled_rows_total, rows);
    assert.equal(await one("SELECT count(*) FROM daily_prices WHERE symbol = 'HPG'"), 3);
    const dates = "SELECT count(DISTINCT (ts AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)";
    assert.equal(await one(`${dates} FROM candles_1m`), 4);
    assert.equal(await one(`${dates} FROM index_candles_1m`), 4);
    // No minute is missing, none counts twice.
    const today = "FROM candles_1m WHERE ts >= '2026-11-20 00:00+07'";
    assert.equal(
      await one(`SELECT sum(buy + sell + none)::bigint - max(tv1) ${today}`),
      0,
    );
    assert.equal(await one(`SELECT min(tv0) ${today}`), 0);
    // The running day will be asked for again.
    assert.equal(await one("SELECT max(to_date) FROM backfill_progress"), LAST_CLOSED);
    await filler.close();
    filler.begin();
    assert.equal(filler.health.state, "done");
  },
);

fillTest("a pause ends when the database is back, not when its time is over", async (rig) => {
  const { service, store } = rig.deps;
  let isAway = true;
  let failures = 0;
  const lost = () => {
    failures++;
    return Promise.reject(new Error("connection lost"));
  };
  const filler = fillerOf(rig, {
    open: () => ({
      service,
      store: {
        ...store,
        doneSpans: (from) => isAway ? lost() : store.doneSpans(from),
        save: (rows, done) => isAway ? lost() : store.save(rows, done),
      },
      close: () => Promise.resolve(),
    }),
    limits: {
      run: { ...rig.deps.limits, backoff: { minMs: HOUR_MS, maxMs: HOUR_MS } },
      ...{ roundsMax: 9, againMs: HOUR_MS, firstMinuteMs: 0 },
    },
  });
  filler.begin();
  // Nothing can be read of what is done already: a pause between two rounds.
  await until(() => filler.health.reason !== null, "a pause after a round");
  isAway = false;
  filler.wake();
  await until(() => filler.health.done > 0, "a part");
  // Nothing can be stored: a pause between two tries.
  isAway = true;
  await until(() => failures > 1, "a try that failed");
  isAway = false;
  filler.wake();
  await isState(filler, "done");
  await filler.close();
});

fillTest("nothing is filled in of a day that is over for the feed", async (rig) => {
  const { sim, one } = rig;
  await sim.stepTo(second("09:20:40"));
  let asked = 0;
  // The exchange goes on to its next day while it is asked for this one.
  const filler = fillerOf(rig, { runningDay: () => asked++ === 0 ? TODAY : "2026-11-23" });
  filler.begin();
  await isState(filler, "done");
  assert.equal(await one("SELECT count(*) FROM candles_1m WHERE ts >= '2026-11-20 00:00+07'"), 0);
  assert.ok(asked > 1);
  await filler.close();
});

fillTest(
  "a service that is away is waited for, a rest gone on after, a refused key is the end",
  async (rig) => {
    const { sim, one } = rig;
    sim.setAuth("http500");
    const filler = fillerOf(rig);
    filler.begin();
    await until(() => filler.health.reason !== null, "a reason to wait");
    assert.equal(filler.health.state, "waiting");
    sim.setAuth("ok");
    await until(() => filler.health.done > 1, "two parts");
    await filler.rest();
    assert.equal(filler.health.state, "filling");
    filler.begin();
    await isState(filler, "done");
    // Four boards, and two kinds of each of two names.
    assert.equal(await one("SELECT count(*) FROM backfill_progress"), 8);
    await filler.close();

    sim.revokeTokens();
    sim.setAuth("refuse");
    const refused = fillerOf(rig);
    refused.begin();
    await isState(refused, "failed");
    assert.match(refused.health.reason!, /ConsumerID or ConsumerSecret is invalid/);
    await refused.close();
  },
);
