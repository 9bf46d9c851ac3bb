import assert from "node:assert/strict";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { staticFiles } from "../../../core/fresh/mod.ts";
import { ask, buildSite, type SiteFixture } from "./site_fixture.ts";

const CSS = "main { color: red }\n".repeat(100);

const SITE = {
  "routes/index.tsx": `
    import { asset } from "fresh/runtime";
    export default () => <a href={asset("/style.css")} rel={asset("/style.css?a=1#x")}>{asset("//h/x")}</a>;`,
  "routes/_error.ts": `export const handler = () => new Response("no page", { status: 404 });`,
  "static/style.css": CSS,
  "static/tiny.txt": "hi",
  "static/giá vàng.txt": "gold",
  "static/.env": "SECRET=1",
  "static/.well-known/security.txt": "Contact: x",
  "static/sub/.hidden/a.txt": "hidden",
};

function serve(site: SiteFixture) {
  return site.handler((app) => app.use(staticFiles()));
}

Deno.test("Static files", async (t) => {
  await using site = await buildSite(SITE);
  const handler = serve(site);

  await t.step("A file is served with type, length and fingerprint", async () => {
    const response = await ask(handler, "/style.css");
    assert.deepEqual(Object.fromEntries(response.headers), {
      "cache-control": "no-cache",
      "content-length": String(CSS.length),
      "content-type": "text/css; charset=utf-8",
      etag: `"${site.manifest.files["/style.css"]!.hash}"`,
      vary: "accept-encoding",
    });
    assert.equal(await response.text(), CSS);
  });

  await t.step("The best prepared coding that the client takes is sent", async () => {
    const codingOf = async (accepted: string) => {
      const response = await ask(handler, "/style.css", {
        headers: { "accept-encoding": accepted },
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      assert.equal(response.headers.get("content-length"), String(bytes.length));
      const coding = response.headers.get("content-encoding");
      if (coding === "br") assert.equal(brotliDecompressSync(bytes).toString(), CSS);
      if (coding === "gzip") assert.equal(gunzipSync(bytes).toString(), CSS);
      return coding;
    };
    assert.equal(await codingOf("gzip, deflate, br;q=0.9"), "br");
    assert.equal(await codingOf("gzip"), "gzip");
    assert.equal(await codingOf("br;q=0, gzip;q=0.5"), "gzip");
    assert.equal(await codingOf("br;q=0.0, gzip; q=0"), null);
    assert.equal(await codingOf("identity"), null);
  });

  await t.step("A file too small to gain is sent as it is", async () => {
    const response = await ask(handler, "/tiny.txt", { headers: { "accept-encoding": "br" } });
    assert.deepEqual([...response.headers.keys()].filter((k) => /encoding|vary/.test(k)), []);
    assert.equal(await response.text(), "hi");
  });

  await t.step("A client that has the file is told so, per coding", async () => {
    const headers = { "accept-encoding": "br" };
    const first = await ask(handler, "/style.css", { headers, method: "HEAD" });
    const etag = first.headers.get("etag")!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await ask(handler, "/style.css", {
        headers: { ...headers, "if-none-match": known },
      });
      assert.deepEqual([again.status, again.body], [304, null]);
      assert.equal(again.headers.get("etag"), etag);
    }
    const plain = await ask(handler, "/style.css", { headers: { "if-none-match": etag } });
    assert.equal(plain.status, 200);
    await plain.body!.cancel();
  });

  await t.step("An asset address is kept for a year, a stale one is not", async () => {
    const html = await (await ask(handler, "/")).text();
    const key = site.manifest.assetKey;
    assert.match(html, new RegExp(`href="/style.css\\?__frsh_c=${key}"`));
    assert.match(html, new RegExp(`rel="/style.css\\?a=1&amp;__frsh_c=${key}#x"`));
    assert.match(html, />\/\/h\/x</);
    const cacheOf = async (query: string) =>
      (await ask(handler, `/style.css?${query}`, { method: "HEAD" })).headers.get("cache-control");
    assert.equal(await cacheOf(`__frsh_c=${key}`), "public, max-age=31536000, immutable");
    assert.equal(await cacheOf("__frsh_c=old"), "no-cache");
    const script = await ask(handler, site.manifest.boot.url, { method: "HEAD" });
    assert.match(script.headers.get("cache-control")!, /immutable/);
    assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
  });

  await t.step("Hidden files, folders above and broken names are no files", async () => {
    for (
      const path of ["/.env", "/sub/.hidden/a.txt", "/%2e%2e/deno.json", "/..%2fmanifest.json"]
    ) {
      assert.equal(await (await ask(handler, path)).text(), "no page", path);
    }
    assert.equal((await ask(handler, "/%E1%")).status, 404);
    assert.equal((await ask(handler, "/constructor")).status, 404);
    assert.equal(await (await ask(handler, "/.well-known/security.txt")).text(), "Contact: x");
    assert.equal(await (await ask(handler, "/gi%C3%A1%20v%C3%A0ng.txt")).text(), "gold");
  });

  await t.step("Another method is refused with Allow", async () => {
    const response = await ask(handler, "/style.css", { method: "POST" });
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, HEAD, OPTIONS"]);
  });
});

Deno.test("HEAD of a file over the wire has the length of GET and no body", async () => {
  await using site = await buildSite(SITE);
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, serve(site));
  const url = `http://127.0.0.1:${server.addr.port}/style.css`;
  const head = await fetch(url, { method: "HEAD", headers: { "accept-encoding": "identity" } });
  assert.equal(head.headers.get("content-length"), String(CSS.length));
  assert.equal(await head.text(), "");
  const get = await fetch(url);
  assert.equal(await get.text(), CSS);
});

Deno.test("A large file is streamed in small parts, and let go when the client leaves", async () => {
  await using site = await buildSite(SITE);
  const bytes = 64 * 1024 * 1024;
  await Deno.truncate(join(site.dir, "_fresh/static/tiny.txt"), bytes);
  const handler = serve(site);
  let seen = 0;
  let largest = 0;
  for await (const part of (await ask(handler, "/tiny.txt")).body!) {
    seen += part.length;
    largest = Math.max(largest, part.length);
  }
  assert.equal(seen, bytes);
  assert.ok(largest < bytes / 64, `a part of ${largest} bytes`);
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, handler);
  const left = await fetch(`http://127.0.0.1:${server.addr.port}/tiny.txt`);
  await left.body!.cancel();
});
