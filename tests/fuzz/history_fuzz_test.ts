import assert from "node:assert/strict";
import fc from "fast-check";
import { historyTest } from "../routes/history_fixture.ts";
import { MANY_TRADES } from "../support/history_days.ts";

/** Everything that a client can be told; an error on our side is not among it. */
const STATUSES = [200, 304, 400, 404, 406];
const RUNS = 1_500;

const NAMES = [
  "FPT",
  "VN30F1M",
  "XYZ",
  "VN30",
  "index",
  "'; DROP TABLE trades; --",
  "a\0b",
  "é",
  "%",
];
const TAILS = ["/candles", "/ticks", "/foreign", "/foreign/daily", "/daily", "", "/", "/x"];
const KEYS = [
  ...["start", "end", "interval", "limit", "order", "cursor", "days", "format", "type", "severity"],
  ...["token", "__proto__", "symbol"],
];
const VALUES = [
  ...[
    "2026-07-30",
    "2026-08-03",
    "2026-07-30T09:15:00Z",
    "2026-07-30T09:15:00+07:00",
    "2099-12-31",
  ],
  ...[
    "2026-02-30",
    "0000-00-00",
    "1m",
    "5m",
    "1h",
    "1d",
    "1",
    "7",
    "50000",
    "50001",
    "asc",
    "desc",
  ],
  ...["json", "ndjson", "csv", "critical", "volume_spike", "30", "366", "-1", "1e9", "NaN", "null"],
  ...[
    "' OR 1=1 --",
    "1; DROP TABLE trades",
    "$1",
    "{1,2}",
    "\\",
    "a".repeat(5_000),
    "\0",
    "\ud800",
  ],
];

const word = fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: "binary", maxLength: 12 }));
const path = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...TAILS)).map(([name, tail]) =>
    encode(name) + tail
  ),
  fc.constantFrom(...NAMES).chain((name) =>
    fc.constantFrom("index/", "derivatives/").map((folder) => folder + encode(name))
  ),
  fc.constantFrom("alerts", "sessions", "index/VN30/candles", "FPT/ticks", "FPT/candles"),
);
const query = fc.array(fc.tuple(fc.constantFrom(...KEYS), word), { maxLength: 4 });

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

historyTest(
  "Whatever is asked of history, the answer is data or a clear refusal (FZ5)",
  async ({ app, sql }) => {
    const seen = new Map<number, number>();
    const request = fc.record({
      path,
      query,
      accept: fc.constantFrom("*/*", "text/csv", "application/x-ndjson", "text/html", "q=;,"),
      held: fc.constantFrom("*", '"x"', "W/"),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ path, query, accept, held }) => {
        const text = query.map(([key, value]) => `${key}=${encode(value)}`).join("&");
        const headers = { accept, "if-none-match": held };
        const response = await app.ask(`/api/history/${path}?${text}`, { headers });
        const body = await response.text();
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        assert.ok(STATUSES.includes(response.status), `${response.status}: ${body.slice(0, 200)}`);
        if (response.status < 400) return;
        const { status, detail } = JSON.parse(body);
        assert.equal(status, response.status);
        assert.doesNotMatch(detail, /syntax|relation|SELECT|postgres/i);
      }),
      { numRuns: RUNS },
    );
    for (const status of STATUSES) assert.ok(seen.has(status), `no answer ${status}`);
    assert.equal(app.services.historyLoad.open, 0);
    assert.ok(!app.lines.some((line) => line.includes("request_failed")), "nothing failed inside");
    const [row] = await sql<{ n: number }[]>`SELECT count(*) AS n FROM trades WHERE symbol = 'FPT'`;
    assert.equal(row!.n, MANY_TRADES + 2);
  },
);
