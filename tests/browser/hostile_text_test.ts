import assert from "node:assert/strict";
import { type TableName, TABLES } from "../../core/wire/channel.ts";
import { maskOf } from "../../core/wire/mask.ts";
import { alertOf } from "../core/hub/world.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { browserTest, openFinder, waitInPage } from "../support/browser.ts";
import { PAGE_PATHS } from "../support/page_paths.ts";
import { until } from "../support/program.ts";

/** Ends an attribute, an element and a script, and would be an element of its own. */
const MARKUP = `'"></script></template><b data-injected>&lt;`;
const HOSTILE = { index: ["name"], stock: ["session", "status"] } as const;

/** Makes the hub believe that the feed wrote this into every text that it passes on. */
function poison({ services: { hub, clock } }: TestApp): void {
  const view = hub.view();
  const tables = (Object.keys(HOSTILE) as (keyof typeof HOSTILE)[]).map((name) => {
    const fields = HOSTILE[name];
    const mask = maskOf(fields.map((field) => fieldNumber(name, field)));
    const rows = view.all(name);
    return { name, d: rows.flatMap((_, row) => [row, mask, ...fields.map(() => MARKUP)]) };
  });
  const alerts = view.log("alerts").entries.length;
  const alert = { ...alertOf(alerts + 1), message: MARKUP, message_vi: MARKUP };
  const logs = [{ name: "alerts" as const, from: alerts + 1, entries: [alert] }];
  const { epoch, seq, asOfMs, status } = view;
  const delta = { k: "delta", epoch, seq: seq + 1, asOfMs, tables, logs, trades: [] } as const;
  assert.equal(hub.apply(delta, clock.nowMs()), "applied");
  const stale = { ...status, state: "stale", reason: MARKUP } as const;
  const names = view.all("stock").map(({ symbol }) => [symbol, MARKUP, MARKUP] as const);
  assert.equal(hub.apply({ k: "names", names }, clock.nowMs()), "applied");
  assert.equal(hub.apply({ k: "status", epoch, status: stale }, clock.nowMs()), "applied");
}

function fieldNumber(table: TableName, field: string): number {
  return (TABLES[table] as readonly string[]).indexOf(field);
}

browserTest(
  "every page - markup in the texts of the feed is shown as text, by the server and by the script",
  async (browser) => {
    // After the close the feed changes nothing of what was put in.
    await withApp({ SIM_START: "15:30" }, async (app) => {
      const page = await browser.newPage();
      await page.goto(app.url);
      await waitInPage(page, "the socket is open", "connection.dataset.state === 'closed'");
      const { hub } = app.services;
      // Names come with listed shares, once more where the feed's day is not that of our clock, and
      // members of indices after them.
      await until("the feed changes no name any more", () => {
        return Promise.resolve(hub.view().one("index", "VNINDEX")?.members ?? null);
      });
      poison(app);
      const isShown = `document.querySelector("main").innerText.includes("data-injected")`;
      await waitInPage(page, "the script shows the text", isShown);
      assert.equal(await page.locator("[data-injected]").count(), 0);
      for (const path of PAGE_PATHS) {
        await page.goto(app.url + path);
        assert.equal(await page.locator("[data-injected]").count(), 0, path);
        if (["/", "/stock/FPT"].includes(path)) assert.ok(await page.evaluate(isShown), path);
      }
      await page.goto(`${app.url}/stock/FPTT`);
      await page.locator(".unknown-symbol li", { hasText: MARKUP }).first().locator("a").click();
      await waitInPage(page, "the title has the name", "document.title.includes('data-injected')");
      await (await openFinder(page)).fill("data-injected");
      await page.locator("dialog .about", { hasText: MARKUP }).first().waitFor();
      assert.equal(await page.locator("[data-injected]").count(), 0);
      await page.close();
    });
  },
);
