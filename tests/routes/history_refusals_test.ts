import assert from "node:assert/strict";
import { HISTORY_ANSWERS_MAX } from "../../core/gateway/history_load.ts";
import type { Pool } from "../../db/pool.ts";
import { databaseTest, startDebianPostgres, startEmbeddedForTests } from "../support/postgres.ts";
import { until } from "../core/gateway/test_server.ts";
import { fillHistory, MANY_TRADES, openHistory } from "../support/history_days.ts";
import { historyApp, historyTest } from "./history_fixture.ts";
import { testApp } from "./app_fixture.ts";

const PATHS = [
  "FPT/candles",
  "FPT/candles?interval=1d",
  "FPT/ticks",
  "FPT/foreign",
  "FPT/foreign/daily",
  "FPT/daily",
  "index/VN30",
  "index/VN30/candles",
  "index/VN30/candles?interval=1d",
  "derivatives/41I1G8000",
  "alerts",
  "sessions",
];

Deno.test("Without a store every address of history is 503 and says why (F-089…F-095)", async () => {
  const app = testApp();
  app.start();
  for (const path of PATHS) {
    const response = await app.ask(`/api/history/${path}`);
    const { code, detail } = await response.json();
    assert.deepEqual([response.status, code], [503, "STORE_UNAVAILABLE"], path);
    assert.equal(detail, "history cannot be read now: this test has no store");
    assert.equal(response.headers.get("retry-after"), "5");
    assert.match(response.headers.get("content-type")!, /problem\+json/);
  }
  assert.equal(app.services.metrics().history_unavailable_total, PATHS.length);
});

for (
  const [kind, start] of Object.entries({
    debian: startDebianPostgres,
    embedded: startEmbeddedForTests,
  })
) {
  Deno.test(`A database that goes makes 503, and one that returns is used without a restart (F-095, B-16) (${kind})`, async () => {
    const server = await start({ tcp: true });
    try {
      await using held = openHistory(server.address());
      await fillHistory(server.address(), held.sql);
      const { app, ask } = historyApp(held.history);
      for (const path of PATHS) await ask(path);
      await held.sql.end({ timeout: 0 });
      await server.kill();
      for (const path of PATHS) {
        const response = await app.ask(`/api/history/${path}`);
        const { code, detail } = await response.json();
        assert.deepEqual([response.status, code], [503, "STORE_UNAVAILABLE"], path);
        assert.doesNotMatch(detail, /127\.|postgres:/);
      }
      assert.equal((await app.ask("/health")).status, 200);
      await server.restart();
      let isBack = false;
      const look = async () => {
        const response = await app.ask("/api/history/FPT/candles");
        await response.body?.cancel();
        isBack = response.status === 200;
        if (!isBack) void look();
      };
      await look();
      await until(() => isBack, "the database to be used again");
      for (const path of PATHS) await ask(path);
      assert.ok(!app.lines.some((line) => line.includes("request_failed")));
    } finally {
      await server.close();
    }
  });
}

historyTest(
  "A symbol, an index or a contract that nobody knows is not found; a known one is empty",
  async ({ ask, refusal }) => {
    for (const path of ["candles", "ticks", "foreign", "foreign/daily", "daily"]) {
      for (const name of ["XYZ", "A", "a-b", "VN30F9M", "%27%20OR%201=1--", "%E1%BA%A1"]) {
        const [status, code, parameter] = await refusal(`${name}/${path}`);
        assert.deepEqual(
          [status, code, parameter],
          [404, "NOT_FOUND", "symbol"],
          `${name}/${path}`,
        );
      }
      // One of the table, and one that only the live board knows.
      for (const name of ["OLD", "old", "ACB"]) await ask(`${name}/${path}`);
    }
    for (const name of ["XYZ", "V", "%22"]) {
      assert.deepEqual((await refusal(`index/${name}`)).slice(0, 3), [404, "NOT_FOUND", "index"]);
    }
    assert.equal((await refusal("FPT/nothing"))[0], 404);
  },
);

historyTest(
  "A wrong date names the form that is wanted, an end before the start is refused (U-13)",
  async ({ refusal }) => {
    const moment =
      "a date of this century such as 2026-11-25, or a time such as 2026-11-25T09:15:00%2B07:00";
    const date = "a date of this century such as 2026-11-25";
    const bad = [
      ...[
        "",
        "today",
        "2026-13-01",
        "2026-02-30",
        "25/11/2026",
        "2026-11-5",
        "1999-12-31",
        "9999-12-31",
      ],
      ...["2026-11-25T09:15:00", "2026-11-25T25:00:00Z", "2026-11-25' OR 1=1 --", "%00", "-1"],
    ];
    for (const text of bad) {
      for (const parameter of ["start", "end"]) {
        const value = encodeURIComponent(text);
        assert.deepEqual(await refusal(`FPT/ticks?${parameter}=${value}`), [
          ...[400, "BAD_PARAMETER", parameter, moment],
        ], text);
        assert.equal((await refusal(`FPT/daily?${parameter}=${value}`))[3], date, text);
      }
    }
    for (const path of ["FPT/candles", "FPT/daily", "index/VN30", "alerts"]) {
      assert.deepEqual(await refusal(`${path}?start=2026-07-31&end=2026-07-30`), [
        ...[400, "BAD_PARAMETER", "end", "a date or time not before start"],
      ]);
    }
    assert.deepEqual((await refusal("FPT/ticks?start=2026-06-01&end=2026-08-03")).slice(2), [
      ...["start", "at most 31 days with this list"],
    ]);
  },
);

historyTest(
  "A cursor that was changed, or is of another query or database, is refused",
  async ({ ask, refusal, sql }) => {
    const query = "start=2026-07-30&end=2026-08-03&limit=5";
    const { next_cursor: cursor } = await ask(`FPT/ticks?${query}`);
    const wanted = [400, "BAD_PARAMETER", "cursor", "a next_cursor of the same query"];
    const [place, seal] = cursor.split(".");
    const moved = btoa(atob(place).replace("500", "100")).replace(/=+$/, "");
    const bad = [
      ...[
        "",
        "x",
        ".",
        "..",
        place,
        `.${seal}`,
        `${place}.`,
        `${place}.${seal}x`,
        `${place}.${seal}.`,
      ],
      ...[
        `${moved}.${seal}`,
        `${seal}.${place}`,
        cursor.toUpperCase(),
        `${cursor}=`,
        "a".repeat(400),
      ],
      ...["a".repeat(401), "%00", "'; DROP TABLE trades; --", '["2026-07-30",1]'],
    ];
    for (const text of bad) {
      const value = encodeURIComponent(text);
      assert.deepEqual(await refusal(`FPT/ticks?${query}&cursor=${value}`), wanted, text);
    }
    for (
      const other of [
        `VNM/ticks?${query}`,
        `FPT/foreign?${query}`,
        `FPT/ticks?${query}&order=desc`,
        "FPT/ticks?start=2026-07-30&end=2026-08-02",
        "FPT/ticks",
      ]
    ) {
      const glue = other.includes("?") ? "&" : "?";
      assert.deepEqual(await refusal(`${other}${glue}cursor=${cursor}`), wanted, other);
    }
    // How many, and in which shape, is free to change.
    await ask(`FPT/ticks?start=2026-07-30&end=2026-08-03&cursor=${cursor}&limit=7&format=json`);
    await sql`UPDATE store_identity SET created_at = created_at + interval '1 second'`;
    assert.deepEqual(await refusal(`FPT/ticks?${query}&cursor=${cursor}`), wanted);
  },
);

historyTest(
  "A cursor survives a restart, and goes on where it was when a new day has begun",
  async ({ ask, history }) => {
    const { next_cursor: cursor } = await ask("FPT/ticks?limit=1");
    const later = historyApp(history);
    const { status } = later.app.services.hub.view();
    const next = { ...status, tradingDate: "2026-08-04" };
    later.app.services.hub.apply({ k: "status", epoch: "e1", status: next }, 0);
    assert.deepEqual((await later.ask("FPT/ticks")).start, "2026-08-04");
    const page = await later.ask(`FPT/ticks?limit=1&cursor=${cursor}`);
    assert.deepEqual([page.start, page.ticks[0].total_volume, page.next_cursor], [
      ...["2026-08-03", 700, null],
    ]);
  },
);

historyTest(
  "Other parameters, repeated ones and other methods are refused",
  async ({ app, refusal }) => {
    assert.deepEqual((await refusal("FPT/ticks?interval=1m")).slice(0, 3), [
      ...[400, "UNKNOWN_PARAMETER", "interval"],
    ]);
    assert.deepEqual((await refusal("alerts?limit=1&limit=2")).slice(0, 3), [
      ...[400, "REPEATED_PARAMETER", "limit"],
    ]);
    for (const path of PATHS) {
      const response = await app.ask(`/api/history/${path}`, { method: "POST" });
      await response.body?.cancel();
      assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, HEAD"]);
    }
  },
);

historyTest(
  "So many answers at once and no more; the next is told to come again",
  async ({ app, ask, refusal }) => {
    const path = "/api/history/FPT/ticks?start=2026-07-30&end=2026-07-30&format=csv";
    const open: Response[] = [];
    while (open.length < HISTORY_ANSWERS_MAX) open.push(await app.ask(path));
    assert.deepEqual((await refusal("alerts")).slice(0, 2), [503, "UNAVAILABLE"]);
    assert.equal(app.services.metrics().history_refused_total, 1);
    await open.pop()!.text();
    await ask("alerts");
    for (const response of open) await response.body!.cancel();
    assert.equal(app.services.metrics().history_answers_open, 0);
  },
);

databaseTest(
  "A stream whose store goes away is cut, never ended as if it were whole (F-095)",
  async ({ address }) => {
    let isAway = false;
    const access = (pool: Pool) => () => isAway ? { reason: "it was taken away" } : { pool };
    await using held = openHistory(address, access);
    await fillHistory(address, held.sql);
    const { app, ask } = historyApp(held.history);
    const path = "FPT/ticks?start=2026-07-30&end=2026-07-30";
    const response = await app.ask(`/api/history/${path}&format=ndjson`);
    const reader = response.body!.getReader();
    await reader.read();
    isAway = true;
    await assert.rejects(reader.read(), /it was taken away/);
    assert.equal(app.services.metrics().history_cut_total, 1);
    assert.ok(app.lines.some((line) => line.includes("history_stream_cut")));
    isAway = false;
    assert.equal((await ask(path)).ticks.length, MANY_TRADES);
  },
);

historyTest("History is answered before the feed has told anything", async ({ history }) => {
  const app = testApp({}, history);
  const body = await (await app.ask("/api/history/FPT/daily")).json();
  assert.deepEqual([body.as_of, body.seq, body.epoch, body.days.length], [null, 0, "", 2]);
});
