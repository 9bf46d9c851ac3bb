import assert from "node:assert/strict";
import { until } from "../core/gateway/test_server.ts";
import { MANY_TRADES } from "../support/history_days.ts";
import { historyTest } from "./history_fixture.ts";

const JULY_30 = "start=2026-07-30&end=2026-07-30";

historyTest(
  "NDJSON and CSV give every trade of the range, a page at a time (F-090)",
  async ({ app, text, ask }) => {
    const { ticks } = await ask(`FPT/ticks?${JULY_30}`);
    const lines = (await text(`FPT/ticks?${JULY_30}`, "application/x-ndjson")).trimEnd().split(
      "\n",
    );
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      ticks.map((row: object) => ({ ...row, symbol: "FPT", data_status: "closed" })),
    );
    const csv = (await text(`FPT/ticks?${JULY_30}`, "text/csv")).trimEnd().split("\r\n");
    assert.equal(csv.length, MANY_TRADES + 1);
    assert.equal(
      csv[0],
      "timestamp,price,volume,value,total_volume,side,method,reason,feed_side,phase,late,symbol,data_status",
    );
    assert.equal(
      csv[1],
      "2026-07-30T09:15:01.000+07:00,100100,100,10010000,100,buy,quote,above-ask,,continuous,false,FPT,closed",
    );
    assert.equal(app.services.historyLoad.open, 0);
  },
);

historyTest(
  "Every answer gives its place back, whatever its format and size",
  async ({ app }) => {
    for (const format of ["json", "ndjson", "csv"]) {
      for (const path of [`FPT/ticks?${JULY_30}&`, "alerts?", "sessions?", "XYZ/ticks?"]) {
        const response = await app.ask(`/api/history/${path}format=${format}`);
        await response.text();
        assert.equal(app.services.historyLoad.open, 0, `${path} ${format}`);
      }
    }
  },
);

historyTest(
  "Text of alerts survives CSV, and a list without rows has its header",
  async ({ text }) => {
    const csv = await text("alerts?start=2026-07-30&end=2026-07-30&order=asc&limit=1", "text/csv");
    const [head, row] = csv.split("\r\n");
    assert.equal(
      head,
      "id,n,alert_type,severity,symbol,message,message_vi,timestamp,data,data_status",
    );
    assert.ok(row!.includes(`"{""inputs"":{""volume"":5},`), row!);
    assert.ok(row!.includes(String.raw`a \""quoted\"", text`), row!);
    const empty = await text("sessions?start=2020-01-01&end=2020-01-01", "text/csv");
    assert.match(empty, /^trading_date,.*,certificate,data_status\r\n$/);
  },
);

historyTest(
  "The format is chosen by Accept with its weights, or by name",
  async ({ app, refusal }) => {
    const typeOf = async (accept: string | null, query = "") => {
      const headers: HeadersInit = accept === null ? {} : { accept };
      const response = await app.ask(`/api/history/sessions${query}`, { headers });
      await response.body?.cancel();
      assert.match(response.headers.get("vary")!, /accept/);
      return response.headers.get("content-type")!.split(";")[0];
    };
    const [json, ndjson, csv] = ["application/json", "application/x-ndjson", "text/csv"];
    const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (const accept of [null, "", "*/*", "application/*", "APPLICATION/JSON", browser]) {
      assert.equal(await typeOf(accept), json, `${accept}`);
    }
    assert.equal(await typeOf("text/*"), csv);
    assert.equal(await typeOf("text/csv;q=0.5, application/x-ndjson;q=0.9"), ndjson);
    assert.equal(await typeOf("application/json;q=0, */*"), ndjson);
    assert.equal(await typeOf("application/json", "?format=csv"), csv);
    for (const accept of ["text/html", "image/png", "application/json;q=0", "text/csv;q=x"]) {
      assert.deepEqual(await refusal("sessions", { headers: { accept } }), [
        ...[406, "NOT_ACCEPTABLE", "Accept"],
        "one of application/json, application/x-ndjson, text/csv",
      ]);
    }
    assert.equal((await refusal("sessions?format=xml"))[3], "one of json, ndjson, csv");
  },
);

historyTest(
  "A limited stream names its next page in a Link, as JSON does in next_cursor",
  async ({ app, ask, text }) => {
    const linkOf = async (limit: number) => {
      const path = `/api/history/FPT/ticks?${JULY_30}&limit=${limit}&format=ndjson&token=hush-hush`;
      const response = await app.ask(path);
      const lines = (await response.text()).trimEnd().split("\n");
      assert.equal(lines.length, Math.min(limit, MANY_TRADES));
      return { link: response.headers.get("link"), last: JSON.parse(lines.at(-1)!) };
    };
    for (const limit of [10, 2_000, 2_001, 4_499]) {
      const { link, last } = await linkOf(limit);
      const [, next] = /^<\/api\/history\/(.+)>; rel="next"$/.exec(link!)!;
      assert.ok(!next!.includes("hush"));
      const cursor = new URLSearchParams(next!.split("?")[1]).get("cursor");
      assert.equal((await ask(`FPT/ticks?${JULY_30}&limit=${limit}`)).next_cursor, cursor);
      const [row] = (await text(next!, "*/*")).split("\n");
      assert.equal(JSON.parse(row!).total_volume, last.total_volume + 100);
    }
    assert.equal((await linkOf(MANY_TRADES)).link, null);
    assert.equal((await linkOf(MANY_TRADES + 1)).link, null);
  },
);

historyTest(
  "A client that leaves ends the reading, and nothing stays open",
  async ({ app, pool, sql }) => {
    const response = await app.ask(`/api/history/FPT/ticks?${JULY_30}&format=csv`);
    const { historyLoad } = app.services;
    assert.equal(historyLoad.open, 1);
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    assert.deepEqual([historyLoad.open, historyLoad.cut], [0, 1]);
    assert.ok(app.lines.some((line) => line.includes("history_stream_cut")));
    const [row] = await sql<{ busy: number }[]>`
    SELECT count(*) AS busy FROM pg_stat_activity
    WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'`;
    assert.equal(row!.busy, 0);
    await pool.run((own) => own`SELECT 1`);
  },
);

historyTest("A stream over a connection that breaks ends its reading too", async ({ app }) => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request, info) => app.handler(request, info),
  );
  const { historyLoad } = app.services;
  const leaving = new AbortController();
  const response = await fetch(
    `http://127.0.0.1:${server.addr.port}/api/history/FPT/ticks?${JULY_30}&format=ndjson`,
    { signal: leaving.signal },
  );
  const reader = response.body!.getReader();
  assert.ok((await reader.read()).value!.length > 0);
  leaving.abort();
  await assert.rejects(reader.read());
  await until(() => historyLoad.open === 0, "the stream to end");
  await server.shutdown();
});

historyTest(
  "An answer that the client has is not sent again; a change makes it another (ETag)",
  async ({ app, sql }) => {
    for (const query of ["", "&format=csv"]) {
      const path = `/api/history/FPT/candles?${JULY_30}${query}`;
      const first = await app.ask(path);
      await first.body?.cancel();
      const tag = first.headers.get("etag")!;
      assert.match(tag, /^W\/"[\w-]{20}"$/);
      assert.equal(first.headers.get("cache-control"), "private, max-age=3600");
      const again = (held: string) => app.ask(path, { headers: { "if-none-match": held } });
      for (const held of [tag, tag.slice(2), `"x", ${tag}`, "*"]) {
        const answer = await again(held);
        assert.deepEqual([answer.status, await answer.text()], [304, ""], held);
        assert.equal(answer.headers.get("etag"), tag);
        assert.match(answer.headers.get("vary")!, /accept/);
      }
      await sql`UPDATE candles_1m SET c = c + 10 WHERE symbol = 'FPT'`;
      const changed = await again(tag);
      await changed.body?.cancel();
      assert.equal(changed.status, 200);
    }
  },
);

historyTest(
  "What includes today, is empty or simulated is asked for again each time",
  async ({ app }) => {
    const cacheOf = async (path: string) => {
      const response = await app.ask(`/api/history/${path}`);
      await response.body?.cancel();
      return [response.headers.get("cache-control"), response.headers.get("x-data-status")];
    };
    assert.deepEqual(await cacheOf("FPT/candles"), ["private, no-cache", "live"]);
    const long = "FPT/candles?start=2026-07-30&end=2026-08-03";
    assert.deepEqual(await cacheOf(long), ["private, no-cache", "live"]);
    const empty = "FPT/candles?start=2026-07-01&end=2026-07-01";
    assert.deepEqual(await cacheOf(empty), ["private, no-cache", "closed"]);
    assert.deepEqual(await cacheOf(`FPT/candles?${JULY_30}`), ["private, max-age=3600", "closed"]);
    const { status } = app.services.hub.view();
    app.services.hub.apply({ k: "status", epoch: "e1", status: { ...status, provider: "sim" } }, 0);
    const simulated = ["private, no-cache", "simulated"];
    assert.deepEqual(await cacheOf(`FPT/candles?${JULY_30}`), simulated);
    const response = await app.ask(`/api/history/FPT/candles?${JULY_30}&format=csv`);
    const lines = (await response.text()).trimEnd().split("\r\n").slice(1);
    assert.ok(lines.length === 240 && lines.every((line) => line.endsWith(",FPT,simulated")));
  },
);

historyTest("HEAD answers like GET in every format, without reading on", async ({ app }) => {
  for (const format of ["json", "ndjson", "csv"]) {
    const path = `/api/history/FPT/ticks?${JULY_30}&format=${format}`;
    const [get, head] = [await app.ask(path), await app.ask(path, { method: "HEAD" })];
    assert.deepEqual([head.status, await head.text()], [200, ""]);
    for (const name of ["content-type", "etag", "cache-control", "x-data-status", "vary"]) {
      assert.equal(head.headers.get(name), get.headers.get(name), name);
    }
    await get.text();
  }
  assert.equal(app.services.historyLoad.open, 0);
});
