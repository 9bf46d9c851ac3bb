import assert from "node:assert/strict";
import { REST_BURST } from "../../core/gateway/rate_limit.ts";
import { Secret } from "../../core/secret.ts";
import { testApp } from "./app_fixture.ts";

const TOKEN = "a.long-token_1";
const PEER = "203.0.113.7";
const ORIGIN = "https://ok.example.vn";
const GUARDED = [
  "/metrics",
  "/api/vn30-components",
  "/api/ws/health",
  "/api/market/snapshot",
  "/api/market/alerts",
  "/api/nothing",
  "/api",
];

function guardedApp() {
  const app = testApp({ wsAuthToken: new Secret(TOKEN), corsOrigins: [ORIGIN] });
  app.start();
  return app;
}

function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

Deno.test("Without the configured token REST and metrics are refused, whatever the address holds (F-101)", async () => {
  const app = guardedApp();
  for (const path of GUARDED) {
    for (const init of [{}, bearer("wrong-token"), { headers: { authorization: TOKEN } }]) {
      const response = await app.ask(path, init);
      const { code, request_id } = await response.json();
      assert.deepEqual([response.status, code], [401, "UNAUTHENTICATED"], path);
      assert.equal(response.headers.get("www-authenticate"), "Bearer");
      assert.equal(request_id, response.headers.get("x-request-id"));
    }
  }
  assert.equal((await app.ask("/api/market/alerts?token=wrong")).status, 401);
  // A refused reader is no refused socket.
  assert.equal(app.services.metrics().ws_refused_token_total, 0);
});

Deno.test("The token as a header or in the query of the API, and a page's ticket, open what sockets open (F-101)", async () => {
  const app = guardedApp();
  for (const secret of [TOKEN, app.services.pageTicket()]) {
    for (const path of ["/metrics", "/api/ws/health", "/api/market/snapshot"]) {
      assert.equal((await app.ask(path, bearer(secret))).status, 200, path);
    }
    const response = await app.ask(`/api/market/alerts?limit=1&token=${secret}`);
    assert.equal(response.status, 200);
    assert.ok(!(await response.text()).includes(secret));
  }
  assert.equal((await app.ask("/api/nothing", bearer(TOKEN))).status, 404);
});

Deno.test("An address written another way is guarded like its plain form (F-101)", async () => {
  const app = guardedApp();
  for (const path of ["//api/market/snapshot", "/%61pi/market/snapshot", "/x/../api/ws/health"]) {
    const response = await app.ask(path);
    await response.body?.cancel();
    assert.ok([401, 404].includes(response.status), `${path}: ${response.status}`);
  }
});

Deno.test("Liveness, readiness and pages stay open; health says only that it lives (F-101, F-082)", async () => {
  const app = guardedApp();
  for (const path of ["/livez", "/readyz", "/page"]) {
    assert.equal((await app.ask(path)).status, 200, path);
  }
  const brief = await (await app.ask("/health")).json();
  assert.deepEqual(brief, { status: "ok", database: "unavailable" });
  const full = await (await app.ask("/health", bearer(TOKEN))).json();
  assert.deepEqual([full.status, full.database, full.version], ["ok", "unavailable", "1.2.3"]);
});

Deno.test("Where no token is set none is asked for, and one in the query changes nothing (F-101)", async () => {
  const app = testApp();
  app.start();
  assert.equal((await app.ask("/api/market/alerts?token=anything")).status, 200);
  const twice = await app.ask("/api/market/alerts?token=a&token=b");
  assert.deepEqual([twice.status, (await twice.json()).code], [400, "REPEATED_PARAMETER"]);
  assert.equal((await app.ask("/livez?token=x")).status, 400);
});

Deno.test("A page of a configured origin may send the token along; others are told nothing (F-100)", async () => {
  const app = guardedApp();
  const preflight = (origin: string) =>
    app.ask("/api/market/alerts", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
      },
    });
  const allowed = await preflight(ORIGIN);
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get("access-control-allow-origin"), ORIGIN);
  assert.equal(allowed.headers.get("access-control-allow-methods"), "GET, HEAD");
  assert.equal(allowed.headers.get("access-control-allow-headers"), "authorization");
  assert.equal(allowed.headers.get("access-control-allow-credentials"), null);
  for (const origin of ["https://evil.io", `${ORIGIN}.evil.io`, "http://ok.example.vn", "null"]) {
    const other = await preflight(origin);
    assert.notEqual(other.status, 204, origin);
    assert.equal(other.headers.get("access-control-allow-origin"), null);
    assert.equal(other.headers.get("access-control-allow-headers"), null);
  }
});

Deno.test("Answers and refusals carry the allowed origin, so that its page can read both (F-100)", async () => {
  const app = guardedApp();
  const headers = { origin: ORIGIN };
  const refused = await app.ask("/api/market/alerts", { headers });
  assert.deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [
    401,
    ORIGIN,
  ]);
  const data = await app.ask(`/api/market/alerts?token=${TOKEN}`, { headers });
  assert.deepEqual([data.status, data.headers.get("access-control-allow-origin")], [200, ORIGIN]);
  assert.match(data.headers.get("vary")!, /origin/i);
  const readable = data.headers.get("access-control-expose-headers")!.split(", ");
  for (const name of ["link", "etag", "x-data-status"]) assert.ok(readable.includes(name), name);
  const stranger = await app.ask("/api/market/alerts", { headers: { origin: "https://evil.io" } });
  assert.equal(stranger.headers.get("access-control-expose-headers"), null);
});

Deno.test("One request more than the burst of another machine's address is refused with when to come back", async () => {
  const app = testApp();
  app.start();
  const ask = async (path = "/api/market/alerts") => {
    const response = await app.askFrom(PEER, path);
    await response.body?.cancel();
    return response;
  };
  const rateOf = ({ headers }: Response) => [
    headers.get("ratelimit-policy"),
    headers.get("ratelimit"),
  ];
  const policy = `"address";q=${REST_BURST};w=2`;
  const first = await ask();
  assert.equal(first.status, 200);
  assert.deepEqual(rateOf(first), [policy, `"address";r=${REST_BURST - 1};t=1`]);
  for (let i = 1; i < REST_BURST; i++) assert.equal((await ask()).status, 200);
  const refused = await ask();
  assert.deepEqual(rateOf(refused), [policy, `"address";r=0;t=2`]);
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [429, "1"]);
  assert.match(refused.headers.get("content-type")!, /problem\+json/);
  const [health, own] = [await ask("/health"), await app.ask("/api/market/alerts")];
  assert.deepEqual([health.status, own.status], [200, 200]);
  assert.deepEqual([rateOf(health), rateOf(own)], [[null, null], [null, null]]);
  assert.equal(app.services.metrics().rest_rate_limited_total, 1);
});

Deno.test("Requests are counted by the template of their route and by status (U-39, U-50)", async () => {
  const app = testApp();
  app.start();
  const paths = [
    "/api/market/alerts?limit=7",
    "/api/market/alerts?limit=x",
    "/api/nothing/FPT",
    "/api/broken",
  ];
  for (const path of paths) await (await app.ask(path)).body?.cancel();
  const html = { headers: { accept: "text/html" } };
  await (await app.ask("/no-such-page", html)).body?.cancel();
  const text = await (await app.ask("/metrics")).text();
  assert.match(text, /^http_requests_total\{route="\/api\/market\/alerts",status="200"\} 1$/m);
  assert.match(text, /^http_requests_total\{route="\/api\/market\/alerts",status="400"\} 1$/m);
  assert.match(text, /^http_requests_total\{route="none",status="404"\} 2$/m);
  assert.match(text, /^http_requests_total\{route="\/api\/broken",status="500"\} 1$/m);
  assert.match(text, /^http_request_duration_seconds_count\{route="\/api\/market\/alerts"\} 2$/m);
  assert.ok(!text.includes("FPT"));
});

Deno.test("Metrics are text for a scraper, and a wrong method is an error for programs (U-11)", async () => {
  const app = testApp();
  const response = await app.ask("/metrics");
  assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  assert.match(await response.text(), /^# HELP build_info /);
  const post = await app.ask("/metrics", { method: "POST", headers: { accept: "text/html" } });
  assert.deepEqual([post.status, (await post.json()).code], [405, "METHOD_NOT_ALLOWED"]);
});
