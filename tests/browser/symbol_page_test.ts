import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { addDays, vnInstantMs } from "../../core/market/time.ts";
import { SymbolListSchema } from "../../core/wire/symbols_schema.ts";
import { connectTo } from "../db/support/trade_store.ts";
import { withApp } from "../support/app.ts";
import { browserTest, openFinder, waitInPage, waitLive, withPage } from "../support/browser.ts";
import { startEmbeddedForTests } from "../support/postgres.ts";
import { getJson, until } from "../support/program.ts";

/** What is typed, and what it leads to on a Vietnamese page. */
const FOUND_BY_NAME = [
  ["vinamilk", "VNM", "Sữa Việt Nam"],
  ["TAP DOAN HOA", "HPG", "Tập đoàn Hòa Phát"],
] as const;
const CANVAS = "document.querySelector('.chart-place canvas')";
const PICTURE =
  "Array.from(document.querySelectorAll('.chart-place canvas'), (each) => each.toDataURL()).join()";

/** Waits until the candles look other than now, in the same elements of the page. */
async function candlesMove(page: Page): Promise<void> {
  // Prices, a border, volumes and the axis: the library may come after the candles.
  const rows = "document.querySelectorAll('.chart-place tr').length";
  await waitInPage(page, "the chart has its rows", `${rows} >= 4`);
  await page.evaluate(`
    globalThis.picture = ${PICTURE};
    globalThis.built = 0;
    new MutationObserver((changes) => built += changes.length)
      .observe(document.querySelector('.chart-place'), { childList: true, subtree: true });
  `);
  await waitInPage(page, "the candles move", `${PICTURE} !== picture`);
  assert.equal(await page.evaluate("built"), 0, "the chart was built anew");
}

/** The box that finds things knows names in both languages, and asks for them when it first opens. */
async function findsByName(page: Page, url: string): Promise<void> {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${url}/stock/HPG`);
  await waitLive(page);
  assert.ok(!asked.includes("/api/symbols"));
  for (const [typed, symbol, name] of FOUND_BY_NAME) {
    await (await openFinder(page)).fill(typed);
    await page.locator("dialog li[aria-selected=true] .about", { hasText: name }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/stock/${symbol}`);
    await waitLive(page);
    assert.equal(await page.locator(".symbol-company").innerText(), name);
  }
}

/** A page from before the feed told names, and its finder, know them later without a reload. */
async function getsItsName(page: Page, url: string): Promise<void> {
  const name = "Tập đoàn Hòa Phát";
  let isTold = false;
  for (const path of ["/stock/HPG", "/api/symbols"]) {
    await page.route(url + path, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const early = text.replace(`<p class="symbol-company">${name}</p>`, "").replaceAll(name, "");
      await route.fulfill({ response, body: isTold ? text : early });
    });
  }
  await page.goto(`${url}/stock/HPG`);
  const input = await openFinder(page);
  await input.fill("tap doan hoa");
  await page.locator("dialog .note", { hasText: "tap doan hoa" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".symbol-company").count(), 0);
  isTold = true;
  await page.locator(".symbol-company", { hasText: name }).waitFor();
  await waitInPage(page, "the title has it", `document.title.includes("${name}")`);
  await (await openFinder(page)).fill("tap doan hoa");
  await page.locator("dialog li[aria-selected=true] .about", { hasText: name }).waitFor();
}

browserTest(
  "symbol page - without a database: real numbers in the HTML, live candles of the newest trades, names, an honest word (F-255, F-256)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      await until("a known security", async () => {
        const answer = await fetch(`${url}/stock/HPG`);
        const text = await answer.text();
        return answer.ok && /<tbody>.*so với|cờ của sàn/.test(text) ? text : null;
      });
      await until("the feed has told the names", async () => {
        const { symbols } = SymbolListSchema.parse(await getJson(`${url}/api/symbols`));
        return symbols.find(({ symbol }) => symbol === "VNM")?.name_en ?? null;
      });
      await withPage(browser, { javaScriptEnabled: false }, async (page) => {
        const answer = await page.goto(`${url}/stock/fpt?lang=en`);
        assert.equal(answer?.status(), 200);
        assert.equal(page.url(), `${url}/stock/FPT?lang=en`);
        assert.match(await page.title(), /^\[MÔ PHỎNG \/ SIMULATED\] FPT \d+\.\d\d/);
        assert.equal(await page.locator(".ladder tbody tr").count(), 3);
        assert.match(await page.locator(".symbol-last strong").innerText(), /\d/);
        assert.doesNotMatch(await page.content(), />[^<]*(NaN|undefined)[^<]*</);
        assert.match(await page.title(), / · FPT Corporation · VN Stock Tracker$/);
        assert.equal(await page.locator(".symbol-company").innerText(), "FPT Corporation");
      });
      await withPage(browser, {}, async (page) => {
        await page.goto(`${url}/stock/HPG`);
        await waitInPage(page, "the chart is drawn", CANVAS);
        assert.match(
          await page.locator(".price-chart [role=status]").innerText(),
          /không có cơ sở/,
        );
        await candlesMove(page);
        await waitInPage(
          page,
          "the title has the price of the head",
          "document.title.includes(document.querySelector('.symbol-last strong').textContent)",
        );
        assert.match(await page.title(), / · Tập đoàn Hòa Phát · VN Stock Tracker$/);
        await page.locator(".tape .chips button").nth(1).click();
        await waitInPage(
          page,
          "small trades are left out",
          `Array.from(document.querySelectorAll('.tape tbody td:nth-child(3)'))
            .every((cell) => Number(cell.textContent.replaceAll('.', '')) >= 1000)`,
        );
        await costsWhatIsTyped(page);
        await page.locator(".price-chart .chips button").nth(2).click();
        assert.match(page.url(), /interval=5m/);
        assert.equal(await page.locator("[style]:not(.chart-place *)").count(), 0);
        await findsByName(page, url);
      });
      // A page that was changed on its way is no page of this machine to the browser.
      const permissions = ["local-network-access"];
      await withPage(browser, { permissions }, (page) => getsItsName(page, url));
      const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
      await withPage(browser, phone, async (page) => {
        await page.goto(`${url}/stock/VN30F1M?theme=light`);
        assert.match(page.url(), /\/stock\/41I1\w+\?theme=light/);
        assert.equal(await page.locator(".symbol-company").innerText(), "VN30F1M");
        assert.match(await page.title(), /41I1\w+ .* · VN30F1M · VN Stock Tracker$/);
        await waitInPage(page, "the chart is drawn", CANVAS);
        assert.equal(await page.locator(".ladder tbody tr").count(), 10);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
      });
      await tellsItsOwnSession(url);
      const missing = await fetch(`${url}/stock/fptt`, { headers: { accept: "text/html" } });
      assert.equal(missing.status, 404);
      assert.match(await missing.text(), /<a href="\/stock\/FPT">FPT<\/a> Công ty Cổ phần FPT/);
    });
  },
);

/** A share of HNX has other hours than HOSE, and the page tells those. */
async function tellsItsOwnSession(url: string): Promise<void> {
  const { symbols } = await (await fetch(`${url}/api/symbols`)).json() as {
    symbols: readonly { symbol: string; exchange: string }[];
  };
  const { symbol } = symbols.find(({ exchange }) => exchange === "HNX")!;
  const html = await (await fetch(`${url}/stock/${symbol}`)).text();
  assert.match(html, /class="phase"[^>]*><b>HNX<\/b>/);
}

/** The volume that the reader types stays while the book moves, and the sums follow both (N-33). */
async function costsWhatIsTyped(page: Page): Promise<void> {
  await page.locator("#cost-volume").fill("100");
  const cells = "Array.from(document.querySelectorAll('.cost tbody tr'), (row) => row.cells)";
  const filled = `${cells}.every((row) => row[4].textContent === '100')`;
  await waitInPage(page, "a lot of a hundred is in sight on both sides", filled);
  const time = await page.locator(".ladder caption").innerText();
  const moved = `document.querySelector('.ladder caption').innerText !== ${JSON.stringify(time)}`;
  await waitInPage(page, "the book is another, and what was typed is still there", moved);
  assert.equal(await page.locator("#cost-volume").inputValue(), "100");
}

browserTest(
  "symbol page - candles of days before stand beside the live one, at any interval (F-237, F-255)",
  async (browser) => {
    const server = await startEmbeddedForTests({ tcp: true });
    const env = { SIM_START: "10:00", DATABASE_URL: server.url() };
    await withApp(env, async ({ url }) => {
      const isThere = (path: string) =>
        until(path, async () => {
          const response = await fetch(`${url}/api/history/HPG/${path}`);
          const body = await response.text();
          return response.ok && body.includes('"price"') ? true : null;
        });
      await isThere("volume-prices");
      const { feed } = await getJson(`${url}/health`) as { feed: { trading_date: string } };
      const dayBeforeMs = vnInstantMs(addDays(feed.trading_date, -1), 9 * 3_600);
      const { sql, end } = client(server.address());
      await sql`
        INSERT INTO candles_1m (symbol, ts, tv0, tv1, buy, sell, none, value, o, h, l, c, source)
        SELECT 'HPG', ${new Date(dayBeforeMs)}::timestamptz + n * interval '1 minute',
          n * 1000, n * 1000 + 1000, 400, 300, 300, 26000000, 2600000, 2610000, 2590000, 2605000, 0
        FROM generate_series(0, 119) AS n`;
      await end();
      await withPage(browser, {}, async (page) => {
        await page.goto(`${url}/stock/HPG?lang=en`);
        const sentence = (count: string) =>
          waitInPage(
            page,
            `the chart has ${count} candles`,
            `/: ${count} from /.test(document.querySelector('.chart-place [role=img]').ariaLabel)`,
          );
        await sentence("12\\d");
        await candlesMove(page);
        assert.equal(await page.locator(".price-chart .chart-table tbody tr").count(), 40);
        await page.locator(".price-chart .chips button").nth(4).click();
        await sentence("5");
        assert.match(await page.locator(".profile .note").innerText(), /from the database/);
      });
    }).finally(() => server.close());
  },
);

browserTest(
  "symbol page - one that is opened at the start gets the morning before it without a reload",
  async (browser) => {
    const server = await startEmbeddedForTests({ tcp: true });
    const env = { SIM_START: "10:00", DATABASE_URL: server.url(), BACKFILL_ON_START: "auto" };
    await withApp(env, async ({ url }) => {
      await withPage(browser, {}, async (page) => {
        await page.goto(`${url}/stock/HPG?lang=en`);
        // From 09:15 to 10:00 are more than thirty minutes, of which the feed has shown none.
        await waitInPage(
          page,
          "the morning",
          `/: [3-9]\\d from /.test(document.querySelector('.chart-place [role=img]').ariaLabel)`,
        );
      });
    }).finally(() => server.close());
  },
);

function client(address: Parameters<typeof connectTo>[0]) {
  const held = connectTo(address);
  return { sql: held.sql, end: () => held.end(1) };
}
