import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { csp, staticFiles } from "../../../core/fresh/mod.ts";
import { browserTest } from "../../support/browser.ts";
import { APP_FILE, buildSite } from "./site_fixture.ts";

const SITE = {
  "routes/_app.tsx": APP_FILE.replace(
    "</head>",
    `<style>{"b { color: rgb(1, 2, 3) }"}</style></head>`,
  ),
  "islands/Plus.tsx": `
    export default function Plus({ count, at }) {
      return <button id="plus" title={at.toISOString()} onClick={() => count.value++}>+ <b>{count}</b></button>;
    }`,
  "islands/Shown.tsx": `
    import { useComputed } from "@preact/signals";
    export default function Shown({ count }) {
      const twice = useComputed(() => count.value * 2);
      return <><i id="shown">{count}</i><u id="twice">{twice}</u></>;
    }`,
  "islands/Lazy.tsx": `
    import { useEffect } from "preact/hooks";
    import { useSignal } from "@preact/signals";
    import { asset, IS_BROWSER } from "fresh/runtime";
    export default function Lazy() {
      const text = useSignal("waiting");
      useEffect(() => { import("../lib/heavy.ts").then((m) => text.value = m.heavy); }, []);
      return <tr><td id="lazy" class={asset("/a.css")}>{text} {IS_BROWSER ? "browser" : "server"}</td></tr>;
    }`,
  "lib/heavy.ts": `export const heavy = "arrived";`,
  "static/a.css": "b {}",
  "static/favicon.ico": "",
  "routes/index.tsx": `
    import { signal } from "@preact/signals";
    import Lazy from "../islands/Lazy.tsx";
    import Plus from "../islands/Plus.tsx";
    import Shown from "../islands/Shown.tsx";
    export default () => {
      const count = signal(3);
      return <main><Plus count={count} at={new Date(0)}/><p>between</p><Shown count={count}/>
        <table><tbody><Lazy/></tbody></table></main>;
    };`,
};

/** Builds and serves the site, and opens its page; what the browser complains of is gathered. */
async function visit(
  browser: Browser,
  look: (page: Page, complaints: string[]) => Promise<void>,
  broken?: RegExp,
): Promise<void> {
  await using site = await buildSite(SITE);
  const handler = site.handler((app) => {
    app.use(csp({ useNonce: true }));
    app.use((ctx) =>
      broken?.test(ctx.url.pathname) ? new Response(null, { status: 500 }) : ctx.next()
    );
    app.use(staticFiles());
  });
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, handler);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    await look(page, complaints);
  } finally {
    await page.close();
  }
}

browserTest(
  "Two islands share the signal they were given, under a nonce policy",
  (browser) =>
    visit(browser, async (page, complaints) => {
      await page.click("#plus");
      await page.click("#plus");
      await page.waitForSelector("#shown:text-is('5')");
      await page.waitForSelector("#twice:text-is('10')");
      assert.equal(await page.textContent("#plus"), "+ 5");
      assert.equal(await page.getAttribute("#plus", "title"), "1970-01-01T00:00:00.000Z");
      const color = await page.$eval("#plus b", (b) => getComputedStyle(b).color);
      assert.equal(color, "rgb(1, 2, 3)");
      assert.deepEqual(complaints, []);
    }),
);

browserTest(
  "An island loads more code later and stays in its place",
  (browser) =>
    visit(browser, async (page) => {
      await page.waitForSelector("#lazy:text-is('arrived browser')");
      assert.match((await page.getAttribute("#lazy", "class"))!, /^\/a\.css\?__frsh_c=\w+$/);
      assert.equal(await page.locator("tbody > tr").count(), 1);
      assert.equal(await page.textContent("main > p"), "between");
    }),
);

browserTest(
  "An island that fails to load says so and the others live",
  (browser) =>
    visit(browser, async (page, complaints) => {
      const notice = page.locator("[role=alert]");
      assert.match((await notice.textContent())!, /no longer updates/);
      assert.equal(await notice.count(), 1);
      assert.equal(await page.textContent("#plus"), "+ 3");
      await page.waitForSelector("#lazy:text-is('arrived browser')");
      assert.ok(complaints.some((text) => text.includes("dynamically imported module")));
    }, /Plus/),
);
