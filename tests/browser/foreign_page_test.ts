import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage, waitLive, withPage } from "../support/browser.ts";
import { watchShifts } from "../support/page_audit.ts";

/** Layout shift that a page may have in all, from its HTML to streaming. */
const SHIFT_MAX = 0.02;

/** A page that tells how far its parts were moved. */
async function withWatchedPage(
  browser: Browser,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  await withPage(browser, options, async (page) => {
    await page.addInitScript(watchShifts);
    await act(page);
  });
}

const texts = (page: Page, selector: string) => page.locator(selector).allTextContents();

async function looksSound(page: Page, width: number): Promise<void> {
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
  assert.equal(await page.locator("[style]").count(), 0);
  assert.doesNotMatch(await page.locator("main").innerText(), /NaN|undefined|null|Infinity/);
}

/** The page without a script: what the server wrote is the page. */
async function readsWithoutScript(browser: Browser, url: string): Promise<void> {
  await withPage(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url}/foreign`);
    assert.equal(await page.locator(".sortable tbody tr").count(), 30);
    assert.match(await page.locator(".foreign-cards").innerText(), /[\d.]+,\d tỷ/);
    await page.goto(`${url}/volume?symbol=FPT`);
    assert.match(await page.locator(".pressure h2").innerText(), /FPT$/);
    await page.locator("#pick-symbol").selectOption("VCB");
    await page.locator(".pick button").click();
    assert.match(await page.locator(".pressure h2").innerText(), /VCB$/);
    await looksSound(page, 1280);
  });
}

/** The foreign page streams, sorts and rests under the keyboard. */
async function foreignLives(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/foreign`);
  await waitLive(page);
  const before = await page.locator(".foreign-cards").innerText();
  await waitInPage(
    page,
    "the sums change",
    `document.querySelector('.foreign-cards').innerText !== ${JSON.stringify(before)}`,
  );
  assert.ok(await page.evaluate("shifted") as number <= SHIFT_MAX, "the layout shifted (F-228)");
  await page.getByRole("button", { name: "Mã", exact: true }).click();
  const symbols = await texts(page, ".sortable tbody th");
  assert.deepEqual(symbols, symbols.toSorted());
  await page.getByRole("button", { name: "Giờ", exact: true }).click();
  assert.equal(await page.locator("[aria-sort=descending]").innerText(), "Giờ");
  await restsUnderTheKeyboard(page);
  await looksSound(page, 1280);
}

const ASKED_FOR_CURVE = `performance.getEntriesByType('resource').some(({ name }) =>
  name.includes('/api/market/foreign-detail?series=1m&scope=vn30'))`;

/** With the newest time first the order changes all the time, but not while the keyboard is inside. */
async function restsUnderTheKeyboard(page: Page): Promise<void> {
  const order =
    `[...document.querySelectorAll('.sortable tbody th')].map((e) => e.innerText).join()`;
  await page.locator(".sortable tbody a").nth(3).focus();
  const held = await page.evaluate(order);
  const cells = await page.locator(".sortable tbody").innerText();
  await waitInPage(
    page,
    "cells change",
    `document.querySelector('.sortable tbody').innerText !== ${JSON.stringify(cells)}`,
  );
  assert.equal(await page.evaluate(order), held);
  assert.ok(await page.evaluate("document.activeElement.matches('.sortable tbody a')"));
  await page.evaluate("document.activeElement.blur()");
  await waitInPage(page, "the order moves on", `${order} !== ${JSON.stringify(held)}`);
}

async function volumeLives(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/volume`);
  await waitLive(page);
  await page.locator("#pick-symbol").selectOption("FPT");
  assert.match(await page.locator(".comparison h2").innerText(), /FPT$/);
  assert.equal(new URL(page.url()).search, "?symbol=FPT");
  await page.locator("#pick-symbol").selectOption("all");
  const before = await page.locator(".comparison").innerText();
  await waitInPage(
    page,
    "the volumes grow",
    `document.querySelector('.comparison').innerText !== ${JSON.stringify(before)}`,
  );
  assert.equal(await page.locator(".sortable").first().locator("tbody tr").count(), 34);
  assert.ok(await page.evaluate("shifted") as number <= SHIFT_MAX, "the layout shifted");
  await looksSound(page, 1280);
}

async function fitsAPhone(browser: Browser, url: string): Promise<void> {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  await withPage(browser, phone, async (page) => {
    for (const path of ["/foreign?scope=all&lang=en", "/volume?symbol=NONE&lang=en"]) {
      await page.goto(url + path);
      await waitLive(page);
      await looksSound(page, 390);
    }
    assert.match(await page.locator(".notice").first().innerText(), /symbol/);
    await page.goto(`${url}/foreign?scope=all&lang=en`);
    assert.equal(await page.locator(".sortable tbody tr").count(), 100);
    const button = await page.locator(".sortable thead button").first().boundingBox();
    assert.ok(button !== null && button.height >= 44, "a heading is hard to touch");
  });
}

browserTest(
  "foreign and volume pages - real rows at once, live by channels, curve by REST, sorting rests under the keyboard (F-221, F-222, F-228, F-231, F-233)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      await withWatchedPage(browser, {}, async (foreign) => {
        await foreignLives(foreign, url);
        await withWatchedPage(browser, {}, (volume) => volumeLives(volume, url));
        await readsWithoutScript(browser, url);
        await fitsAPhone(browser, url);
        await waitInPage(foreign, "the curve is asked for again", ASKED_FOR_CURVE);
      });
    });
  },
);
