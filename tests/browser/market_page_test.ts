import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { AuctionPaths } from "../../core/wire/auction_path.ts";
import type { Contributions } from "../../core/wire/contributions.ts";
import type { LimitStats } from "../../core/wire/limit_stats.ts";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage, withPage } from "../support/browser.ts";
import { until } from "../support/program.ts";

const CARD = ".index-card[data-symbol=VN30] .figure";
const textOf = (page: Page, selector: string) => page.locator(selector).first().innerText();

async function ask<Body>(url: string): Promise<Body> {
  return await (await fetch(url)).json() as Body;
}

browserTest(
  "market page - while an auction runs VN30 is drawn as its members and the feed expect it (N-04)",
  async (browser) => {
    await withApp({ SIM_START: "09:05" }, async ({ url }) => {
      await until("the auction implies an index", async () => {
        const { auctions } = await ask<AuctionPaths>(`${url}/api/market/auction`);
        return auctions?.[0]?.points.some(({ implied }) => implied !== null) ? true : null;
      });
      await withPage(browser, {}, async (page) => {
        await page.goto(`${url}/market`);
        const auction = "[data-auction=ato]";
        assert.ok(await page.locator(`${auction} path.line.accent`).count() === 1);
        assert.match(
          await textOf(page, `${auction} > .note`),
          /^Lúc 09:\d\d:\d\d: theo giá dự khớp 1\.\d{3},\d\d, nguồn 1\.\d{3},\d\d, chênh [+-]?\d/,
        );
        const moments = `document.querySelectorAll('${auction} .chart tbody tr').length`;
        const before = await page.evaluate(moments);
        await waitInPage(page, "the course goes on", `${moments} > ${before}`);
        await page.goto(`${url}/market?unit=vnd`);
        await page.locator(`${auction} > .chart-table summary`).click();
        const table = await page.locator(`${auction} > .chart-table table`).innerText();
        assert.match(table, /phiên mở cửa|ATO/i);
        assert.match(table, /^[A-Z]{3}\t\d+\.\d{3}\t\d+\.\d{3}\t/m);
        // Nothing has traded on HOSE: no map, and words instead of numbers.
        assert.equal(await page.locator(".heat a").count(), 0);
        assert.ok(await page.getByText("Bản đồ hiện khi có giao dịch đầu tiên").isVisible());
      });
    });
  },
);

browserTest(
  "market page - indices, sectors and contributions stand in the HTML and go on live (N-06, N-12)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      const address = `${url}/market`;
      await until("contributions to VN30", async () => {
        const { sum } = await ask<Contributions>(`${url}/api/market/contributions`);
        return typeof sum === "number" ? true : null;
      });
      const still = await browser.newContext({ javaScriptEnabled: false, locale: "vi-VN" });
      const plain = await still.newPage();
      await plain.goto(address);
      assert.match(await textOf(plain, CARD), /^\d\.\d{3},\d\d/);
      assert.equal(await plain.locator(".heat a").count(), 30);
      assert.equal(await plain.locator(".indices-table tbody tr").count() > 4, true);
      assert.doesNotMatch(await textOf(plain, "main"), /NaN|undefined|null/);
      await still.close();

      await withPage(browser, {}, async (page) => {
        await page.goto(address);
        await goesOn(page);
        await tellsInWords(page);
        await keepsChoices(page, address);
      });
    });
  },
);

browserTest(
  "market page - the queues at the limits stand in the HTML, go on live and lead to their security (N-37)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      const { symbol, limit } = await until("a queue at a limit", async () => {
        const { limits } = await ask<LimitStats>(`${url}/api/market/limits`);
        return limits?.find(({ is_there }) => is_there) ?? null;
      });
      const still = await browser.newContext({ javaScriptEnabled: false, locale: "vi-VN" });
      const plain = await still.newPage();
      await plain.goto(`${url}/market`);
      assert.ok(await plain.locator(".limit-panel tbody tr").count() > 0);
      assert.match(await textOf(plain, ".limit-panel .note"), /^\d+ mã đang ở giá trần, \d+ mã/);
      await still.close();

      await withPage(browser, {}, async (page) => {
        await page.goto(`${url}/market`);
        const now = `document.querySelector(".limit-panel table").innerText`;
        const before = JSON.stringify(await page.evaluate(now));
        await waitInPage(page, "the queues move", `${now} !== ${before}`);
        await page.goto(`${url}/stock/${symbol}`);
        const line = `.symbol-limit[data-limit=${limit}]`;
        const words = limit === "ceiling" ? "Ở giá trần từ" : "Ở giá sàn từ";
        assert.match(await textOf(page, line), new RegExp(`^${words} \\d\\d:\\d\\d:\\d\\d · dư`));
      });
    });
  },
);

async function goesOn(page: Page): Promise<void> {
  const now = `document.querySelector(${JSON.stringify(CARD)}).innerText`;
  const before = JSON.stringify(await textOf(page, CARD));
  await waitInPage(page, "the index moves", `${now} !== ${before}`);
}

async function tellsInWords(page: Page): Promise<void> {
  assert.match(await textOf(page, ".index-card .totals"), /Thỏa thuận \d+,\d%/);
  assert.match(
    await textOf(page, "[data-index=VN30] .note"),
    /^Cộng các mã [+-]?\d+,\d\d · chỉ số theo giá khớp [+-]?\d+,\d\d · phần chưa giải thích [+-]?\d+,\d\d$/,
  );
  assert.ok(await page.locator("[data-index=VN30] .signed-bars li").count() > 4);
  assert.ok(await page.getByText("Ước tính: tỷ trọng").first().isVisible());
}

async function keepsChoices(page: Page, address: string): Promise<void> {
  await page.goto(new URL("/stock/vn30", address).href);
  assert.equal(page.url(), `${address}#VN30`);
  assert.equal(await page.locator(":target").getAttribute("class"), "card index-card");
  const chosen = page.locator(".tabs [aria-current=true]");
  await page.getByRole("link", { name: "HNX-Index", exact: true }).click();
  assert.equal(new URL(page.url()).searchParams.get("breadth"), "HNXINDEX");
  await page.reload();
  assert.equal(await chosen.innerText(), "HNX-Index");
  await page.goto(`${address}?breadth=DAX&lang=en`);
  assert.match(await textOf(page, "main .notice"), /“breadth”.*VNINDEX, VN30/);
  assert.equal(await chosen.innerText(), "VN-Index");
}
