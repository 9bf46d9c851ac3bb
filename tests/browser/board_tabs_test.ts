import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { WATCHLIST_MAX } from "../../components/board/watchlist.ts";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage, withPage } from "../support/browser.ts";

const IS_LIVE = "connection.dataset.state === 'live'";
const rowCount = "document.querySelectorAll('#board tr[data-symbol]').length";

browserTest("board tabs - lists of the market and of the reader (F-198)", async (browser, t) => {
  await withApp({ SIM_START: "10:00" }, async ({ url }) => {
    // One tab of a browser for all steps: what they leave behind is what a reader has.
    const options = { viewport: { width: 1440, height: 900 } };
    await withPage(browser, options, async (page) => {
      await t.step("each tab is a link, with rows of its own in the HTML", () => readTabs(url));
      await t.step(
        "the whole market is one board, of which the page holds what is in sight",
        () => scrollMarket(page, url),
      );
      await t.step(
        "futures show expiry, basis, theory and that there is no open interest",
        () => showFutures(page, url),
      );
      await t.step(
        "a reader's columns stay, and stand in the next HTML",
        () => chooseColumns(page, url),
      );
      await t.step(
        "a reader's list begins with suggestions, and goes out to a file and back",
        () => keepList(page, url),
      );
      await t.step("a full list says what it has no room for", () => overfillList(page, url));
    });
  });
});

/** Boards of shares whose session the page tells where it is not that of HOSE. */
const SESSIONS: Readonly<Record<string, string>> = { hnx: "HNX", upcom: "UPCoM" };

async function readTabs(url: string): Promise<void> {
  const rows = { vn30: 30, hose: 60, hnx: 60, upcom: 60, all: 60, der: 4, watch: 0, sectors: 41 };
  for (const [tab, count] of Object.entries(rows)) {
    const html = await (await fetch(`${url}/?tab=${tab}`)).text();
    assert.equal(html.match(/<tr[^>]* data-symbol=/g)?.length ?? 0, count, tab);
    assert.match(html, new RegExp(`aria-current="page"[^>]*>[^<]+</a>`), tab);
    assert.doesNotMatch(html, /<[^>]+ style=/, tab);
    const sessions = Array.from(
      html.matchAll(/class="phase"[^>]*><b>([^<]+)/g),
      ([, name]) => name,
    );
    assert.deepEqual(sessions, [SESSIONS[tab] ?? "HOSE", "Phái sinh"], tab);
  }
}

async function scrollMarket(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?tab=all`);
  await waitInPage(page, "the whole market is there", "board.getAttribute('aria-rowcount') > 1500");
  await page.evaluate("board.parentElement.scrollTop = 15000");
  await waitInPage(
    page,
    "other rows are in the page, with their prices of the day",
    "document.querySelector('#board tr[data-symbol]').ariaRowIndex > 500 && " +
      "document.querySelectorAll('#board tr[data-symbol] .trend svg').length > 10",
  );
  assert.ok(await page.evaluate(rowCount) as number <= 100);
  await page.getByPlaceholder("Tìm mã").fill("vcb");
  await waitInPage(page, "the row is found", `${rowCount} === 1`);
  assert.equal(await page.locator("#board tr[data-symbol] th a").textContent(), "VCB");
}

async function showFutures(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?tab=der`);
  const text = await page.locator("#board tbody").innerText();
  assert.equal(text.match(/\d\d\/\d\d\/20\d\d/g)?.length, 4);
  assert.equal(text.match(/N\/A/g)?.length, 4);
  assert.equal(await page.locator("#board th", { hasText: "Độ lệch" }).count(), 1);
  await page.getByText("Giá, độ lệch: điểm.").waitFor();
  assert.deepEqual(await page.evaluate(CUT_TEXTS), []);
  const names = await page.locator("#board tbody th a").allTextContents();
  assert.deepEqual(names, ["VN30F1M", "VN30F2M", "VN30F1Q", "VN30F2Q"]);
  await page.getByPlaceholder("Tìm mã").fill("vn30f2m");
  await waitInPage(page, "the contract is found", `${rowCount} === 1`);
}

/** Headings and cells whose text leaves them, and codes that run into the glyph behind them. */
const CUT_TEXTS = `[...board.querySelectorAll('th, td')].filter((cell) => {
  const range = document.createRange();
  range.selectNodeContents(cell.querySelector('a') ?? cell);
  const glyph = cell.matches('tbody th') ? 14 : 0;
  return range.getBoundingClientRect().right > cell.getBoundingClientRect().right - glyph + 0.5;
}).map((cell) => cell.textContent)`;

async function chooseColumns(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await waitInPage(page, "the dot is live", IS_LIVE);
  await page.locator(".chooser summary").focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Trần", { exact: true }).uncheck();
  await page.getByLabel("Room").check();
  await page.getByLabel("TC đứng sau Trần, Sàn").check();
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate("document.activeElement.textContent"), "Cột");
  const heads = "[...board.querySelectorAll('thead button')].map((b) => b.dataset.key).join(' ')";
  const shown = await page.evaluate(heads) as string;
  assert.match(shown, /^symbol floor ref b3p .*room$/);
  await page.locator("#board button[data-key=room]").click();
  await waitInPage(
    page,
    "a changed cell flashes under the new headings",
    "document.querySelector('#board [data-flash]')",
  );
  await page.reload();
  assert.equal(await page.evaluate(heads), shown);
  assert.equal(
    await page.locator("#board tbody tr").first().locator("> *").count(),
    shown.split(" ").length,
  );
}

async function keepList(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?tab=watch`);
  await page.locator(".suggestions button").first().click();
  await waitInPage(page, "the suggestion is a row", `${rowCount} === 1`);
  const suggested = await page.locator("#board tr[data-symbol]").getAttribute("data-symbol");
  await page.getByPlaceholder("Thêm mã").fill("zzz9");
  await page.keyboard.press("Enter");
  await page.getByText("Không có trên thị trường: ZZZ9").waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Xuất" }).click();
  const file = await (await saving).path();
  assert.equal(await Deno.readTextFile(file), `${suggested}\nZZZ9\n`);
  await page.getByRole("button", { name: "Bỏ các mã này" }).click();
  await waitInPage(
    page,
    "what has no row can be taken off",
    `localStorage.watchlist === '["${suggested}"]'`,
  );
  await page.getByText("ZZZ9").waitFor({ state: "detached" });
  await page.locator("input[type=file]").setInputFiles({
    name: "list.json",
    mimeType: "application/json",
    buffer: Buffer.from('["VCB", "FPT", "HPG", "<img src=x>"]'),
  });
  await page.getByText(/Đã nhập \d mã/).waitFor();
  const list =
    "[...document.querySelectorAll('#board tr[data-symbol]')].map((r) => r.dataset.symbol).join()";
  await waitInPage(page, "the imported list is shown", `${list}.startsWith("VCB,FPT,HPG")`);
  await page.locator("tr[data-symbol=HPG] th").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await waitInPage(page, "the row moved", `${list}.startsWith("VCB,HPG,FPT")`);
  await page.reload();
  await waitInPage(page, "the order stayed", `${list}.startsWith("VCB,HPG,FPT")`);
  await page.locator("tr[data-symbol=VCB] td").first().dblclick();
  await waitInPage(page, "the row is unpinned", `${list}.startsWith("HPG,FPT")`);
}

async function overfillList(page: Page, url: string): Promise<void> {
  const full = ["VCB", ...Array.from({ length: WATCHLIST_MAX - 1 }, (_, n) => `S${n}`)];
  await page.evaluate(`localStorage.watchlist = '${JSON.stringify(full)}'`);
  const texts = {
    vi: "Danh sách của bạn đã đủ 100 mã, không thêm được FPT.",
    en: "Your list holds 100 symbols already; not added: FPT.",
  };
  for (const [lang, text] of Object.entries(texts)) {
    await page.goto(`${url}/?lang=${lang}`);
    const told = page.getByRole("status").filter({ hasText: text });
    await page.locator("tr[data-symbol=FPT] .star").click();
    await told.waitFor();
    await page.locator("tr[data-symbol=VCB] .star").click();
    await told.waitFor({ state: "detached" });
    await page.locator("tr[data-symbol=VCB] .star").click();
  }
}
