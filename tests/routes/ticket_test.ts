import assert from "node:assert/strict";
import { REST_BURST } from "../../core/gateway/rate_limit.ts";
import { TICKETS_MAX } from "../../core/gateway/token_check.ts";
import { Secret } from "../../core/secret.ts";
import { testApp } from "./app_fixture.ts";

const TOKEN = "a.long-token_1";
const ORIGIN = "https://ok.example.vn";
const PATH = "/ws/ticket";

function post(headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", headers: { authorization: `Bearer ${TOKEN}`, ...headers } };
}

function guardedApp() {
  return testApp({ wsAuthToken: new Secret(TOKEN), corsOrigins: [ORIGIN] });
}

Deno.test("A ticket is given to who shows the token, each time another, and opens one socket", async () => {
  const app = guardedApp();
  const response = await app.ask(PATH, post());
  assert.deepEqual([response.status, response.headers.get("cache-control")], [200, "no-store"]);
  const { ticket, expires_in } = await response.json();
  assert.match(ticket, /^[\w-]{43}$/);
  assert.equal(expires_in, 30);
  assert.notEqual((await (await app.ask(PATH, post())).json()).ticket, ticket);
  const { admission } = app.services;
  assert.deepEqual([1, 2].map(() => admission.isValidToken(ticket)), [true, false]);
  assert.ok(!app.lines.join().includes(ticket));
});

Deno.test("A ticket is refused to strangers, to other origins, and by any way but POST", async () => {
  const app = guardedApp();
  const cases: [RequestInit, string, number, string][] = [
    [post({ authorization: "Bearer wrong" }), PATH, 401, "UNAUTHENTICATED"],
    [{ method: "POST" }, PATH, 401, "UNAUTHENTICATED"],
    [post({ origin: "https://evil.io" }), PATH, 403, "FORBIDDEN_ORIGIN"],
    [post({ origin: "null" }), PATH, 403, "FORBIDDEN_ORIGIN"],
    [{ ...post(), method: "GET" }, PATH, 405, "METHOD_NOT_ALLOWED"],
    [post(), `${PATH}?token=${TOKEN}`, 400, "UNKNOWN_PARAMETER"],
  ];
  for (const [init, path, status, code] of cases) {
    const response = await app.ask(path, init);
    assert.deepEqual([response.status, (await response.json()).code], [status, code]);
  }
  assert.equal(app.services.metrics().ws_tickets_issued_total, 0);
  // A one-time ticket makes no other.
  const ticket = app.services.admission.issueTicket();
  const response = await app.ask(PATH, post({ authorization: `Bearer ${ticket}` }));
  assert.equal(response.status, 401);
});

Deno.test("A page of our own or a configured origin gets a ticket, and may ask for it beforehand", async () => {
  const app = guardedApp();
  for (const origin of ["http://localhost", ORIGIN]) {
    assert.equal((await app.ask(PATH, post({ origin }))).status, 200, origin);
  }
  const headers = { origin: ORIGIN, "access-control-request-method": "POST" };
  const preflight = await app.ask(PATH, { method: "OPTIONS", headers });
  assert.equal(preflight.headers.get("access-control-allow-methods"), "POST");
});

Deno.test("Tickets are limited in rate like other requests, and in number", async () => {
  const app = guardedApp();
  const statuses: number[] = [];
  for (let i = 0; i <= REST_BURST; i++) {
    statuses.push((await app.askFrom("203.0.113.7", PATH, post())).status);
  }
  assert.deepEqual(statuses.slice(-2), [200, 429]);
  for (let i = REST_BURST; i < TICKETS_MAX; i++) app.services.admission.issueTicket();
  const full = await app.ask(PATH, post());
  assert.deepEqual([full.status, full.headers.get("retry-after")], [503, "5"]);
});
