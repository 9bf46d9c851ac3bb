import assert from "node:assert/strict";
import { App, cors, csp, csrf } from "../../../core/fresh/mod.ts";
import type { Middleware } from "../../../core/fresh/mod.ts";
import { ask } from "./site_fixture.ts";

function behind(middleware: Middleware<unknown>) {
  const headers = { vary: "Accept" };
  const handler = new App().use(middleware).all("/", () => new Response("ok", { headers }))
    .handler();
  return (headers?: HeadersInit, method = "GET") => ask(handler, "/", { method, headers });
}

Deno.test("A content security policy replaces directives by name and adds new ones", async () => {
  const ask = behind(csp({ csp: ["img-src *", "manifest-src 'self'"], reportTo: "/reports" }));
  const response = await ask();
  const policy = response.headers.get("content-security-policy")!.split("; ");
  assert.deepEqual(policy.filter((d) => d.startsWith("img-src")), ["img-src *"]);
  assert.ok(policy.includes("manifest-src 'self'"));
  assert.ok(policy.includes("report-to csp-endpoint") && policy.includes("report-uri /reports"));
  assert.equal(response.headers.get("reporting-endpoints"), 'csp-endpoint="/reports"');
});

Deno.test("A policy that only reports blocks nothing", async () => {
  const { headers } = await behind(csp({ reportOnly: true }))();
  assert.equal(headers.get("content-security-policy"), null);
  assert.match(headers.get("content-security-policy-report-only")!, /default-src 'self'/);
});

Deno.test("A nonce policy allows no inline code, also on an answer that is no page", async () => {
  const { headers } = await behind(csp({ useNonce: true }))();
  assert.doesNotMatch(headers.get("content-security-policy")!, /unsafe-inline/);
});

Deno.test("Addresses are upgraded to TLS only where the page came over TLS", async () => {
  const handler = new App().use(csp()).get("/", () => new Response("ok")).handler();
  const policyOf = async (url: string) =>
    (await handler(new Request(url))).headers.get("content-security-policy")!;
  assert.match(await policyOf("https://board.test/"), /upgrade-insecure-requests/);
  assert.doesNotMatch(await policyOf("http://192.168.0.2/"), /upgrade-insecure-requests/);
});

Deno.test("Cross-origin access is given to the origins named and kept apart in caches", async () => {
  const ask = behind(cors({ origin: ["https://a.test", "https://b.test"], credentials: true }));
  const allowed = await ask({ origin: "https://b.test" });
  assert.equal(allowed.headers.get("access-control-allow-origin"), "https://b.test");
  assert.equal(allowed.headers.get("access-control-allow-credentials"), "true");
  assert.equal(allowed.headers.get("vary"), "Accept, Origin");
  const refused = await ask({ origin: "https://evil.test" });
  assert.equal(refused.headers.get("access-control-allow-origin"), null);
  assert.equal(refused.headers.get("vary"), "Accept, Origin");
});

Deno.test("Cross-origin access by default is for everybody, by function for whom it names", async () => {
  const open = await behind(cors())({ origin: "https://x.test" });
  assert.equal(open.headers.get("access-control-allow-origin"), "*");
  assert.equal(open.headers.get("vary"), "Accept");
  const ask = behind(
    cors({ origin: (o) => o.endsWith(".a.test") ? o : null, exposeHeaders: ["x-a"] }),
  );
  const named = await ask({ origin: "https://x.a.test" });
  assert.equal(named.headers.get("access-control-allow-origin"), "https://x.a.test");
  assert.equal(named.headers.get("access-control-expose-headers"), "x-a");
});

Deno.test("A preflight is answered without the route", async () => {
  const ask = behind(cors({ origin: "https://a.test", maxAge: 60, allowMethods: ["GET"] }));
  const headers = { origin: "https://a.test", "access-control-request-headers": "x-b" };
  const response = await ask(headers, "OPTIONS");
  assert.equal(response.status, 204);
  assert.deepEqual(Object.fromEntries(response.headers), {
    "access-control-allow-headers": "x-b",
    "access-control-allow-methods": "GET",
    "access-control-allow-origin": "https://a.test",
    "access-control-max-age": "60",
    vary: "Access-Control-Request-Headers, Origin",
  });
});

Deno.test("A forged request is refused, a safe method and an own page's are not", async () => {
  const ask = behind(csrf());
  const status = async (method: string, headers: HeadersInit) =>
    (await ask(headers, method)).status;
  assert.equal(
    await status("POST", { "sec-fetch-site": "cross-site", origin: "https://evil.test" }),
    403,
  );
  assert.equal(await status("POST", { "sec-fetch-site": "same-site" }), 403);
  assert.equal(await status("DELETE", { origin: "https://evil.test" }), 403);
  assert.equal(await status("POST", { origin: "null" }), 403);
  assert.equal(await status("GET", { "sec-fetch-site": "cross-site" }), 200);
  assert.equal(await status("POST", { "sec-fetch-site": "same-origin" }), 200);
  assert.equal(await status("POST", { origin: "http://localhost" }), 200);
  assert.equal(await status("POST", {}), 200);
});

Deno.test("Origins that may change state are named as text, list or function", async () => {
  const headers = { "sec-fetch-site": "cross-site", origin: "https://a.test" };
  const guards = [
    csrf({ origin: "https://a.test" }),
    csrf({ origin: ["https://b.test", "https://a.test"] }),
    csrf({ origin: (origin) => origin === "https://a.test" }),
  ];
  for (const guard of guards) assert.equal((await behind(guard)(headers, "POST")).status, 200);
  const other = behind(csrf({ origin: "https://b.test" }));
  assert.equal((await other(headers, "POST")).status, 403);
});

Deno.test("Headers are set also on an answer whose headers cannot be changed", async () => {
  const handler = new App()
    .use(csp(), cors())
    .get("/", () => Response.redirect("https://other.test/", 307))
    .handler();
  const { status, headers } = await ask(handler, "/");
  assert.equal(status, 307);
  assert.equal(headers.get("location"), "https://other.test/");
  assert.equal(headers.get("access-control-allow-origin"), "*");
  assert.match(headers.get("content-security-policy")!, /default-src/);
});
