import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage } from "../support/browser.ts";

const isLive = "connection.dataset.state === 'live'";

browserTest(
  "shell - real time is switched off and on, kept, told and shown with its figures (F-241, F-245, F-246, F-248, F-251, F-252, F-253, F-254, F-257, F-258, F-259, F-260, F-261, F-262)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      const context = await browser.newContext({ locale: "en-US" });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      let sockets = 0;
      page.on("websocket", () => sockets++);
      await page.goto(`${url}/?lang=en`);
      await waitInPage(page, "the dot is live", isLive);
      const toggle = page.locator(".realtime");
      assert.equal(await toggle.getAttribute("aria-pressed"), "true");
      await toggle.click();
      await waitInPage(page, "it polls", "connection.dataset.state === 'polling'");
      assert.match(await page.locator("#connection").innerText(), /Every minute/);
      await waitInPage(
        page,
        "a toast",
        "/once a minute/.test(document.querySelector('.toasts').innerText)",
      );
      assert.equal(await page.evaluate("localStorage.realtime"), "off");
      await page.reload();
      await waitInPage(page, "it still polls", "connection.dataset.state === 'polling'");
      assert.equal(sockets, 1);
      await page.locator("#connection").focus();
      await page.keyboard.press("Enter");
      const panel = await page.locator(".connection dl").innerText();
      for (
        const term of ["Round trip", "Reconnects", "Messages per second", "Mode", "Last update"]
      ) {
        assert.ok(panel.includes(term), term);
      }
      await page.locator(".realtime").click();
      await waitInPage(page, "the dot is live again", isLive);
      await waitInPage(page, "numbers move", "document.querySelector('#board [data-flash]')");
      assert.equal(await page.evaluate("localStorage.realtime"), "on");
      assert.deepEqual(errors, []);
      await context.close();
    });
  },
);

browserTest(
  "shell - the keyboard finds, pauses, helps and opens pages; what cannot be loaded says so, and the device keeps a copy (F-199)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async (app) => {
      const context = await browser.newContext({ locale: "en-US" });
      const page = await context.newPage();
      await page.goto(`${app.url}/?lang=en`);
      await waitInPage(page, "the dot is live", isLive);
      // Quicker than the box opens, with letters and digits that mean something else alone.
      await page.keyboard.type("hpg1");
      await page.waitForSelector("dialog input");
      assert.equal((await page.locator("dialog input").inputValue()).toUpperCase(), "HPG1");
      await page.keyboard.press("Escape");
      await waitInPage(page, "the box is gone", "!document.querySelector('dialog')");
      await page.keyboard.press("v");
      await waitInPage(
        page,
        "the box is open",
        "document.querySelector('dialog.keys[open] input')",
      );
      await page.keyboard.type("NM");
      await page.waitForSelector("dialog li:has-text('VNM')");
      await page.keyboard.press("Enter");
      await waitInPage(
        page,
        "the row has the focus",
        "document.activeElement.closest('tr')?.dataset.symbol === 'VNM'",
      );
      await page.keyboard.press("?");
      await page.waitForSelector("dialog kbd");
      await page.keyboard.press("Escape");
      await waitInPage(page, "the box is gone", "!document.querySelector('dialog')");
      await page.keyboard.press("p");
      await waitInPage(
        page,
        "the page is paused",
        "document.querySelector('.pause').ariaPressed === 'true'",
      );
      await page.keyboard.press("Control+k");
      await page.keyboard.type("xin lỗi");
      assert.match(await page.locator("dialog").innerText(), /Nothing found for “xin lỗi”/);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("nav.pages a").count(), 7);
      await waitInPage(page, "the worker keeps copies", "navigator.serviceWorker.controller");
      await page.reload();
      await waitInPage(page, "the dot is live", isLive);
      const rows = await page.locator("#board tbody tr").count();
      await context.setOffline(true);
      await page.reload();
      assert.equal(await page.locator("#board tbody tr").count(), rows);
      assert.notEqual(await page.evaluate("connection.dataset.state"), "live");
      await context.close();
      await lacksScripts(browser, app.url);
    });
  },
);

/** What comes with its first use cannot be had for a while. */
async function lacksScripts(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ locale: "en-US", serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(`${url}/?lang=en`);
  await waitInPage(page, "the dot is live", isLive);
  await page.route("**/_fresh/js/**", (route) => route.abort());
  await page.keyboard.press("/");
  await page.locator(".toasts[role=alert]", { hasText: "press the key again" }).waitFor();
  await page.locator(".chooser summary").click();
  await page.locator(".chooser [role=alert]", { hasText: "open this again" }).waitFor();
  await page.locator(".look-back").click();
  await page.locator(".notice[role=alert]", { hasText: "open it again" }).waitFor();
  await page.unrouteAll();
  await page.locator(".chooser summary").click();
  await page.locator(".chooser summary").click();
  await page.locator(".chooser input").first().waitFor();
  await page.locator("h1").click();
  await page.keyboard.press("/");
  await page.locator("dialog.keys input").waitFor();
  assert.equal(await page.locator(".toasts[role=alert]").count(), 0);
  await context.close();
}
