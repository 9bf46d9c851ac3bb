import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { type TestApp, withApp } from "../support/app.ts";
import { browserTest, waitInPage, withPage } from "../support/browser.ts";
import { smallTargetsOf } from "../support/page_audit.ts";

/** Budgets of the first visit, bytes after Brotli. */
const HTML_BYTES_MAX = 30 * 1024;
const SCRIPT_BYTES_MAX = 30 * 1024;

const ROWS = "document.querySelectorAll('#board tbody tr').length === 30";
const IS_LIVE = "connection.dataset.state === 'live'";

/** Cells of a column, found by the `col` of its key. */
async function cellsOf(page: Page, key: string) {
  const at = await page.evaluate(
    `[...board.querySelectorAll("col")].findIndex((col) => col.classList.contains("w-${key}")) + 1`,
  );
  return page.locator(`#board tbody tr > :nth-child(${at})`);
}

browserTest("board page - VN30 in real time (F-198, B-33)", async (browser, t) => {
  await withApp({ SIM_START: "10:00" }, async (app) => {
    const { url } = app;
    await t.step(
      "thirty rows with prices stand in the HTML with JavaScript off (F-203)",
      () =>
        withPage(browser, { javaScriptEnabled: false }, (page) => readsWithoutScript(page, url)),
    );
    await t.step(
      "the first HTML and its scripts stay within their budgets (F-201)",
      () => staysInBudget(url),
    );
    await t.step(
      "the island continues from the HTML and cells change (F-198)",
      () => withPage(browser, {}, (page) => goesOn(page, url)),
    );
    await t.step(
      "1440 by 900 shows thirty rows and every column, and cuts no number (B-32)",
      () =>
        withPage(browser, { viewport: { width: 1440, height: 900 } }, (page) => fits(page, url)),
    );
    await t.step("a phone sees the match first and scrolls only inside the board", () => {
      const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
      return withPage(browser, phone, (page) => fitsPhone(page, url));
    });
    await t.step(
      "a wrong choice falls back and says so; an unknown address is a page",
      () => refuses(browser, url),
    );
    await t.step(
      "the connection panel opens by keyboard and shows its figures",
      () => withPage(browser, { reducedMotion: "reduce" }, (page) => opensPanel(page, url)),
    );
    await t.step(
      "the dot turns when the worker dies and comes back with it",
      () => withPage(browser, {}, (page) => comesBack(page, app)),
    );
  });
});

async function readsWithoutScript(page: Page, url: string): Promise<void> {
  await page.goto(url);
  assert.equal(await page.locator("#board tbody tr").count(), 30);
  const references = await page.locator("#board tbody td:nth-child(2)").allTextContents();
  const arePrices = references.every((text) => /^\d[\d.]*,\d{2,3}$/.test(text));
  assert.ok(arePrices, references.join(" "));
  assert.ok(await page.locator("#board .trend svg path").count() > 30, "no price of the day");
  assert.ok(await page.locator("#indices li").count() >= 2);
  assert.match(await page.title(), /MÔ PHỎNG/);
  assert.ok(await page.getByText("MÔ PHỎNG / SIMULATED").isVisible());
  assert.ok(await page.locator("noscript p").isVisible());
  assert.ok(!await page.locator("#connection").isVisible());
  assert.ok(!await page.locator(".star").first().isVisible());
  assert.doesNotMatch(await page.content(), />[^<]*(NaN|undefined)[^<]*</);
}

async function staysInBudget(url: string): Promise<void> {
  const compressed = async (path: string) => {
    const answer = await fetch(url + path);
    assert.equal(answer.status, 200, path);
    return brotliCompressSync(await answer.bytes()).length;
  };
  const htmlBytes = await compressed("/");
  assert.ok(htmlBytes <= HTML_BYTES_MAX, `HTML: ${htmlBytes} bytes`);
  const html = await (await fetch(url)).text();
  const scripts = new Set(
    Array.from(html.matchAll(/"(\/_fresh\/[^"]+\.js)"/g), ([, path]) => path!),
  );
  assert.ok(scripts.size >= 2, [...scripts].join(" "));
  const sizes = await Promise.all([...scripts].map(compressed));
  const scriptBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  assert.ok(scriptBytes <= SCRIPT_BYTES_MAX, `scripts: ${scriptBytes} bytes`);
}

async function goesOn(page: Page, url: string): Promise<void> {
  const received: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => received.push(String(payload)));
  });
  await page.goto(url);
  await waitInPage(page, "the dot is live", IS_LIVE);
  const before = await page.locator("#board tbody").innerText();
  await waitInPage(page, "a cell flashes", "document.querySelector('#board [data-flash]')");
  await waitInPage(
    page,
    "the rows changed",
    `document.querySelector('#board tbody').innerText !== ${JSON.stringify(before)}`,
  );
  assert.ok(received.some((frame) => frame.includes('"k":"d"')));
  assert.ok(!received.some((frame) => frame.includes('"k":"s"')), "a second snapshot came");
  assert.equal(await page.locator("#board tbody tr[data-flash]").count(), 0);
  assert.equal(await page.locator("[style]").count(), 0);
}

async function fits(page: Page, url: string): Promise<void> {
  for (const lang of ["vi", "en"]) {
    await page.goto(`${url}/?lang=${lang}`);
    const last = await page.locator("#board tbody tr:last-child").boundingBox();
    assert.ok(last !== null && last.y + last.height <= 900, "the last row is below");
    const [width, room] = await page.evaluate(
      "[board.offsetWidth, board.parentElement.clientWidth]",
    ) as [number, number];
    assert.ok(width <= room, `the board is ${width} px wide, there is room for ${room}`);
    const cut = await page.evaluate(
      `Array.from(document.querySelectorAll("#board :is(td, th)"))
      .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)`,
    );
    assert.deepEqual(cut, []);
  }
  // The day may have no volume as wide as its column has to take.
  const cut = await page.evaluate(
    `Array.from(document.querySelectorAll("#board tbody tr:first-child > *"), (cell, at) => {
      const name = document.querySelectorAll("#board colgroup col")[at].classList[0];
      if (/^w-([ab][123]v|lastVol)$/.test(name)) cell.textContent = "888.888";
      else if (name === "w-vol") cell.textContent = "88.888.888";
      else return null;
      return cell.scrollWidth > cell.clientWidth ? name : "fits";
    }).filter((name) => name !== null)`,
  );
  assert.deepEqual(cut, Array(8).fill("fits"));
}

async function fitsPhone(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?lang=en&theme=light`);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
  for (const key of ["symbol", "last", "percent", "trend", "pressure", "vol"]) {
    const box = await (await cellsOf(page, key)).first().boundingBox();
    assert.ok(box !== null && box.x + box.width <= 391, `${key} is out of sight`);
  }
  const [last, change] = await Promise.all(["last", "change"].map(async (key) => {
    return await (await cellsOf(page, key)).first().evaluate((cell) => {
      const text = document.createRange();
      text.selectNodeContents(cell);
      return text.getBoundingClientRect().toJSON() as DOMRect;
    });
  }));
  assert.ok(change!.top >= last!.bottom - 2, "the change is not below the price");
  assert.ok(change!.left > 60 && Math.abs(change!.right - last!.right) < 6, "not under it");
  const bid = (await cellsOf(page, "b1p")).first();
  assert.ok(!await bid.isVisible());
  await page.evaluate("scrollTo(0, 300)");
  const dot = await page.locator("#connection").boundingBox();
  assert.ok(dot !== null && dot.y >= 0, "the connection dot is out of sight");
  await page.locator("#all-columns").check();
  assert.ok(await bid.isVisible());
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
  assert.deepEqual(await smallTargetsOf(page), []);
  await page.goto(`${url}/?tab=der`);
  for (const key of ["symbol", "last", "percent"]) {
    assert.ok(await (await cellsOf(page, key)).first().isVisible(), `no ${key} of a future`);
  }
}

async function refuses(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  const response = await page.goto(`${url}/?theme=canary&density=compact&tab=moon`);
  assert.equal(response?.status(), 200);
  const notice = (await page.locator("main .notice[role=status]").allInnerTexts()).join(" ");
  assert.match(notice, /“theme”.*dark, light, contrast/);
  assert.match(notice, /“tab”.*vn30, hose/);
  assert.ok(!(await page.content()).includes("canary"));
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.locator("html").getAttribute("data-density"), "compact");
  const missing = await page.goto(`${url}/nowhere`);
  assert.equal(missing?.status(), 404);
  assert.match(await page.locator("h1").innerText(), /404 · No such page/);
  assert.ok(await page.getByText("Không có trang này").isVisible());
  await context.close();
}

async function opensPanel(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?lang=en`);
  await waitInPage(page, "the dot is live", IS_LIVE);
  await page.locator("#connection").focus();
  await page.keyboard.press("Enter");
  const panel = page.locator(".connection dl");
  assert.ok(await panel.isVisible());
  await waitInPage(
    page,
    "the round trip is measured",
    "/^\\d+ ms$/.test(document.querySelector('.connection dd').textContent)",
  );
  const terms = ["Round trip", "Reconnects", "Messages per second", "Mode", "Last update"];
  for (const term of terms) assert.ok(await panel.getByText(term).isVisible(), term);
}

async function comesBack(page: Page, { url, killWorker }: TestApp): Promise<void> {
  await page.goto(url);
  await waitInPage(page, "the dot is live", IS_LIVE);
  // The dot may be back before the next look, so the page itself keeps what it showed.
  await page.evaluate(`
    globalThis.states = [];
    new MutationObserver(() => states.push(connection.dataset.state))
      .observe(connection, { attributes: true, attributeFilter: ["data-state"] });
  `);
  killWorker();
  await waitInPage(page, "the dot is not live", "states.some((state) => state !== 'live')");
  await waitInPage(page, "the dot is live again", "states.at(-1) === 'live'");
  await waitInPage(page, "thirty rows are there", ROWS);
  await waitInPage(page, "cells change again", "document.querySelector('#board [data-flash]')");
}
