import assert from "node:assert/strict";
import { secureHandler } from "../../core/gateway/secure.ts";
import { testApp } from "./app_fixture.ts";

const EXPECTED = {
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=()",
};

function policyOf(response: Response): Record<string, string> {
  const directives = response.headers.get("content-security-policy")!.split("; ");
  return Object.fromEntries(directives.map((text) => {
    const [name, ...rest] = text.split(" ");
    return [name, rest.join(" ")];
  }));
}

Deno.test("Every answer carries the security headers and an id of its own", async () => {
  const app = testApp();
  const ids = new Set<string>();
  for (const path of ["/health", "/page", "/api/nothing", "/api/broken", "/livez?x=1", "/ws"]) {
    const { headers } = await app.ask(path);
    for (const [name, value] of Object.entries(EXPECTED)) {
      assert.equal(headers.get(name), value, path);
    }
    assert.equal(headers.get("server") ?? headers.get("x-powered-by"), null);
    ids.add(headers.get("x-request-id")!);
  }
  assert.equal(ids.size, 6);
});

Deno.test("Data may be embedded and run nowhere", async () => {
  const { headers } = await testApp().ask("/health");
  assert.equal(
    headers.get("content-security-policy"),
    "default-src 'none'; frame-ancestors 'none'",
  );
});

Deno.test("A page runs only what is ours or carries the nonce, which is new for each request", async () => {
  const app = testApp();
  const nonces = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const policy = policyOf(await app.ask("/page"));
    const nonce = /^'self' 'nonce-([\w-]{16,})'$/.exec(policy["script-src"]!)?.[1];
    assert.ok(nonce, policy["script-src"]!);
    assert.equal(policy["style-src"], `'self' 'nonce-${nonce}'`);
    assert.equal(policy["default-src"], "'none'");
    assert.equal(policy["connect-src"], "'self'");
    assert.equal(policy["base-uri"], "'none'");
    assert.equal(policy["frame-ancestors"], "'none'");
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 3);
});

Deno.test("What is answered outside the middleware gets the headers from the wrapper", async () => {
  const html = { "content-type": "text/html" };
  const handler = secureHandler<void>((request) => {
    if (request.url.endsWith("/app")) return testApp().handler(request);
    const isPage = request.url.endsWith("/page");
    return new Response("x", { headers: isPage ? html : {} });
  }, testApp().services.log);
  const ask = (path: string) => handler(new Request(`http://localhost${path}`), undefined);
  const page = await ask("/page");
  assert.equal(page.headers.get("x-content-type-options"), "nosniff");
  assert.equal(policyOf(page)["script-src"], "'self'");
  assert.equal((await ask("/static")).headers.get("referrer-policy"), "no-referrer");
});

Deno.test("The wrapper leaves an answer as the middleware made it", async () => {
  const app = testApp();
  const handler = secureHandler((request: Request) => app.handler(request), app.services.log);
  const response = await handler(new Request("http://localhost/page"), undefined);
  assert.match(policyOf(response)["script-src"]!, /nonce/);
});

Deno.test("Pages of a configured origin may read answers, others may not", async () => {
  const origin = "https://ok.example.vn";
  const app = testApp({ corsOrigins: [origin] });
  const allowed = await app.ask("/health", { headers: { origin } });
  assert.equal(allowed.headers.get("access-control-allow-origin"), origin);
  assert.match(allowed.headers.get("vary")!, /origin/i);
  const other = await app.ask("/health", { headers: { origin: "https://evil.io" } });
  assert.equal(other.headers.get("access-control-allow-origin"), null);
  const none = await testApp().ask("/health", { headers: { origin } });
  assert.equal(none.headers.get("access-control-allow-origin"), null);
});

Deno.test("An error of a page is left to the error page", async () => {
  const app = testApp();
  const response = await app.ask("/no-such-page", { headers: { accept: "text/html,*/*" } });
  assert.equal(response.status, 404);
  assert.doesNotMatch(response.headers.get("content-type") ?? "", /problem/);
});

Deno.test("What says nothing about keeping is kept by nobody, error pages above all", async () => {
  const html = { "content-type": "text/html" };
  const log = testApp().services.log;
  const ask = async (headers: Record<string, string>) => {
    const handler = secureHandler<void>(() => new Response("x", { headers }), log);
    return (await handler(new Request("http://localhost/"), undefined)).headers;
  };
  assert.equal((await ask(html)).get("cache-control"), "no-store");
  const kept = await ask({ ...html, "cache-control": "no-cache" });
  assert.equal(kept.get("cache-control"), "no-cache");
});

Deno.test("A program that asks for a page that is not there gets an error it can read", async () => {
  for (const accept of ["*/*", "application/json"]) {
    const response = await testApp().ask("/no-such-page", { headers: { accept } });
    assert.equal(response.status, 404);
    assert.equal((await response.json()).code, "NOT_FOUND");
  }
});

Deno.test("What the application throws is answered and logged, not passed on to the runtime", async () => {
  const app = testApp();
  const failing = () => Promise.reject(new Error("the inside of the server"));
  const handler = secureHandler<void>(failing, app.services.log);
  const response = await handler(new Request("http://localhost/"), undefined);
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.ok(!text.includes("inside"));
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  const line = app.lines.find((entry) => entry.includes("request_failed"));
  assert.ok(line?.includes(JSON.parse(text).request_id) && line.includes("the inside"));
});
