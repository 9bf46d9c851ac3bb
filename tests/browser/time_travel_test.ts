import assert from "node:assert/strict";
import type { Page, Route } from "playwright-core";
import type { LogFrame, ServerFrame } from "../../core/wire/frames.ts";
import type { RecordedDay } from "../../core/wire/moment.ts";
import { withApp } from "../support/app.ts";
import { graveFindings } from "../support/axe.ts";
import { browserTest, waitInPage } from "../support/browser.ts";
import { getJson, until } from "../support/program.ts";

const AT = "new URLSearchParams(location.search).get('at')";
const BOARD = "document.querySelector('#board tbody').innerText.replace(/\\s+/g, ' ')";

/** Price of a security on the page, as digits. */
async function digitsOf(page: Page, symbol: string): Promise<string> {
  const row = page.locator(`#board tr[data-symbol="${symbol}"]`);
  return (await row.innerText()).replace(/[^\d\t]/g, "");
}

/** Adds a critical alert to what the server tells of a minute. */
async function addAlert(route: Route): Promise<void> {
  const answer = await route.fetch();
  const { frames } = await answer.json() as { frames: readonly ServerFrame[] };
  const log = frames.find((frame): frame is LogFrame => frame.k === "a" && frame.c === "alerts")!;
  const { date } = /at\/(?<date>[^/]+)/.exec(route.request().url())!.groups!;
  const alert = { n: 9_999, id: `${date}-9999`, severity: "critical", symbol: "FPT", message: "!" };
  await route.fulfill({
    json: { frames: [...frames.filter((frame) => frame !== log), { ...log, list: [alert] }] },
  });
}

browserTest(
  "time travel - a page shows an earlier minute, over its islands and made by the server alike, and comes back (N-15)",
  async (browser) => {
    await withApp({ SIM_START: "10:00", SIM_SPEED: "10" }, async ({ url }) => {
      const recorded = async () => {
        const { days = [] } = await getJson(`${url}/api/at/days`) ?? {};
        return (days as readonly RecordedDay[])[0] ?? null;
      };
      const { first_minute } = await until("a recorded minute", recorded);
      await until("the minute after it", async () => {
        return (await recorded())!.last_minute > first_minute || null;
      });
      const context = await browser.newContext({ locale: "vi-VN" });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => errors.push(message.text()));
      let sockets = 0;
      page.on("websocket", (socket) => {
        sockets++;
        socket.on("close", () => sockets--);
      });
      await page.goto(url);
      await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
      await page.click(".look-back");
      await page.locator(".time-panel input").focus();
      for (const key of ["Home", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
      await waitInPage(page, "the band is there", "document.querySelector('.earlier')");
      await waitInPage(
        page,
        "the newest wish is shown",
        `${AT}?.slice(11) === document.querySelector('.time-panel output').value`,
      );
      const at = (await page.evaluate(AT)) as string;
      const isFocused = "document.activeElement.matches('.time-panel input')";
      assert.ok(await page.evaluate(isFocused), "focus moved");
      assert.equal(sockets, 0, "the socket goes on");
      assert.equal(await page.getAttribute("#connection", "data-state"), "earlier");
      const { date, minute } = { date: at.slice(0, 10), minute: at.slice(11) };
      const [year, month, day] = date.split("-");
      const band = await page.innerText(".earlier");
      assert.ok(band.includes(`${minute} ngày ${day}/${month}/${year}`), band);
      assert.deepEqual(await graveFindings(page), []);
      const byIslands = await page.evaluate(BOARD);
      const fpt = await digitsOf(page, "FPT");

      // Made by the server, and then by hydration, the same page holds the same numbers.
      await page.reload();
      await waitInPage(page, "the islands live", "!document.querySelector('.look-back').disabled");
      assert.equal(await page.evaluate(BOARD), byIslands);
      assert.equal(sockets, 0, "a socket was opened");
      const snapshot = await (await fetch(`${url}/api/market/snapshot?at=${at}`)).json();
      const { last, ref } = snapshot.prices.FPT as { last: number; ref: number };
      const shown = [last, ref].map((price) => (price / 1000).toFixed(2).replace(".", ""));
      assert.ok(shown.every((digits) => fpt.split("\t").includes(digits)), `${shown}: ${fpt}`);
      assert.ok(await page.locator(".pages a[href*='at=']").count() > 0, "links forget the minute");

      await page.route("**/api/at/*/*/channels*", addAlert);
      await page.click(".time-panel [aria-pressed]");
      await waitInPage(page, "playing goes on", `${AT} > '${at}'`);
      await waitInPage(page, "the minute is painted", "true");
      assert.equal(await page.locator(".toasts.critical p").count(), 0, "an old alert is told");
      await page.unroute("**/api/at/*/*/channels*");
      await page.click(".time-panel [aria-pressed=true]");
      await page.click(".earlier a");
      await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
      assert.equal(await page.evaluate(AT), null);
      assert.equal(await page.locator(".earlier").count(), 0);

      await page.goto(`${url}/?at=${date}T25:00`);
      await waitInPage(page, "the page is now", "connection.dataset.state === 'live'");
      assert.match(await page.innerText("main > .notice"), /at=2026-11-20T10:42/);
      assert.equal(await page.locator(".earlier").count(), 0);
      assert.deepEqual(errors, []);
      await context.close();
    });
  },
);
