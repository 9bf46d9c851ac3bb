import assert from "node:assert/strict";
import fc from "fast-check";
import { withApp } from "../support/app.ts";
import { askRaw, type RawRequest } from "../support/raw_http.ts";

/** Everything a client can be told; an error on our side is not among it. */
const STATUSES = [101, 200, 204, 304, 400, 404, 405, 406, 414, 421, 426, 429, 431, 503];
const RUNS = 600;

const PATHS = [
  "/",
  "/health",
  "/livez",
  "/readyz",
  "/metrics",
  "/api/market/alerts",
  "/api/market/auction",
  "/api/market/basis-trend",
  "/api/market/breadth",
  "/api/market/contributions",
  "/api/market/foreign-detail",
  "/api/market/index-intraday",
  "/api/market/sparklines",
  "/api/market/limits",
  "/api/market/session",
  "/api/market/snapshot",
  "/api/market/volume-stats",
  "/api/history/FPT/candles",
  "/api/history/FPT/foreign/daily",
  "/api/history/index/VN30",
  "/api/history/alerts",
  "/api/ws/health",
  "/api/vn30-components",
  "/ws",
  "/ws/market",
  "/favicon.svg",
  "/_fresh/js/",
  "/api",
  "*",
];
const TAILS = ["", "/", "//", "/..", "/%2e%2e/", "%00", "%", "%E1%", "/..%2f..%2fdeno.json", "\\"];
const KEYS = [
  "lang",
  "theme",
  "token",
  "__frsh_c",
  "symbols",
  "limit",
  "minutes",
  "cursor",
  "%00",
  "%",
  "__proto__",
  "a[]",
  "",
];
const VALUES = [
  "vi",
  "FPT",
  "30",
  "9".repeat(400),
  "en",
  "dark",
  "%00",
  "%FF",
  "%",
  "' OR 1=1 --",
  "a".repeat(16_384),
  "",
];

// A line of the request cannot hold spaces or line ends; anything else a client may write.
const word = fc.string({ unit: "binary-ascii", maxLength: 12 }).map((text) =>
  text.replace(/[\0-\x20\x7f]/g, "")
);
const anyPath = fc.tuple(
  fc.oneof(fc.constantFrom(...PATHS), word.map((text) => `/${text}`)),
  fc.constantFrom(...TAILS),
).map((parts) => parts.join(""));
const pair = fc.tuple(
  fc.oneof(fc.constantFrom(...KEYS), word),
  fc.oneof(fc.constantFrom(...VALUES), word),
).map(([key, value]) => `${key}=${value.replaceAll(" ", "+")}`);
const query = fc.array(pair, { maxLength: 3 }).map((pairs) =>
  pairs.length === 0 ? "" : `?${pairs.join("&")}`
);
const request: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "DELETE", "TRACE", "FOO"),
  target: fc.tuple(anyPath, query).map((parts) => parts.join("")),
  host: fc.oneof(
    { weight: 9, arbitrary: fc.constant("localhost") },
    { weight: 1, arbitrary: word },
  ),
  headers: fc.dictionary(
    fc.constantFrom("accept", "cookie", "accept-language", "if-none-match", "upgrade", "origin"),
    fc.oneof(fc.constantFrom("text/html", "websocket", "*", "lang=%", '"x"', "null"), word),
    { maxKeys: 3 },
  ),
});

Deno.test("Whatever is asked for, the answer is a page, data or a clear refusal, never a failure", async () => {
  await withApp({ WS_MAX_CONNECTIONS_PER_IP: "1000" }, async ({ port, lines }) => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const answer = await askRaw(port, asked);
        // The runtime cuts some requests that are no HTTP before they reach us.
        if (answer === null) return;
        const { status, headers, body } = answer;
        seen.set(status, (seen.get(status) ?? 0) + 1);
        assert.ok(STATUSES.includes(status), `${status}: ${body.slice(0, 200)}`);
        const isOurs = headers.has("x-request-id");
        if (status < 400 || !isOurs || asked.method === "HEAD") return;
        const type = headers.get("content-type") ?? "";
        const wantsPage = asked.headers?.accept?.includes("text/html") ?? false;
        if (!wantsPage && type !== "") assert.match(type, /problem\+json/);
        // Dots in a path are resolved before anybody looks at it.
        const path = URL.parse(`http://localhost${asked.target}`)?.pathname ?? "";
        if (/^\/(api|health|livez|readyz|metrics)(\/|$)/.test(path)) {
          assert.match(type, /problem\+json/, asked.target);
          assert.equal(JSON.parse(body).status, status);
        }
      }),
      { numRuns: RUNS },
    );
    for (const status of [200, 400, 404, 405]) assert.ok(seen.has(status), `no answer ${status}`);
    assert.deepEqual(lines, [], "nothing failed inside");
  });
});
