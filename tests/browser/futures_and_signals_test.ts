import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage, waitLive, withPage } from "../support/browser.ts";
import { watchShifts } from "../support/page_audit.ts";
import { getJson, until } from "../support/program.ts";

/** Layout shift that a page may have in all, from its HTML to streaming. */
const SHIFT_MAX = 0.02;
const LISTEN = `
  globalThis.tones = [];
  globalThis.OscillatorNode = class extends OscillatorNode {
    start(...when) {
      tones.push(this.frequency.value);
      super.start(...when);
    }
  };
`;
const IDS = "[...document.querySelectorAll('.alert')].map((alert) => alert.dataset.id)";

/** A page that tells how far its parts were moved, and what it sounded. */
async function withWatchedPage(
  browser: Browser,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  await withPage(browser, {}, async (page) => {
    await page.addInitScript(watchShifts);
    await page.addInitScript(LISTEN);
    await act(page);
  });
}

/** Waits for what a new alert brings; on a slow machine the market makes one only now and then. */
function onceAlerted(page: Page, what: string, condition: string): Promise<true> {
  return until(what, async () => await page.evaluate(`Boolean(${condition})`) ? true : null);
}

async function looksSound(page: Page): Promise<void> {
  assert.equal(await page.locator("[style]:not(.uplot, .uplot *)").count(), 0);
  assert.doesNotMatch(await page.locator("main").innerText(), /NaN|undefined|null|Infinity/);
}

/** What the server wrote is the page; links and forms choose without a script. */
async function readWithoutScript(browser: Browser, url: string): Promise<void> {
  await withPage(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url}/derivatives`);
    assert.match(await page.locator(".futures-cards").innerText(), /VN30F1M.*\d\.\d{3},\d/s);
    assert.equal(await page.locator(".panel tbody tr[aria-current]").count(), 1);
    assert.ok(await page.locator(".basis-chart path.line").isVisible());
    await page.getByRole("link", { name: "VN30F2M" }).first().click();
    assert.match(await page.locator(".futures-cards h2").first().innerText(), /^VN30F2M/);
    await page.goto(`${url}/derivatives?contract=VN30F9M`);
    assert.match(await page.locator(".notice").first().innerText(), /“contract”.*VN30F1M/);
    await page.goto(`${url}/signals`);
    assert.ok(await page.locator(".alert").count() > 0);
    await page.locator(".filters a").filter({ hasText: "Chú ý" }).click();
    const marks = await page.locator(".alert .severity").allInnerTexts();
    assert.ok(marks.every((mark) => mark.includes("Chú ý")), marks.join());
    await page.goto(`${url}/signals?severity=loud&symbol=a-b`);
    const notices = await page.locator(".notice").allInnerTexts();
    assert.match(notices.join(), /“severity”.*info, warning, critical.*“symbol”/);
  });
}

/** The futures page streams, asks for its series again, and answers the pointer. */
async function futuresLive(page: Page, url: string): Promise<Promise<unknown>> {
  await page.goto(`${url}/derivatives`);
  await waitLive(page);
  const renewed = page.waitForResponse((answer) =>
    /basis-trend\?contract=41I1\w+&minutes=30&step=9$/.test(answer.url()) && answer.ok()
  );
  await waitInPage(page, "the chart is loaded", "document.querySelector('.uplot canvas')");
  const cards = await page.locator(".futures-cards").innerText();
  await waitInPage(
    page,
    "the cards change",
    `document.querySelector('.futures-cards').innerText !== ${JSON.stringify(cards)}`,
  );
  const plot = (await page.locator(".u-over").boundingBox())!;
  await page.mouse.move(plot.x + plot.width / 2, plot.y + plot.height / 2);
  await waitInPage(
    page,
    "the point is read out",
    "/^\\d\\d:\\d\\d:\\d\\d .* = /.test(document.querySelector('.readout').innerText)",
  );
  const drawn = await page.locator(".basis-chart .plot-area").getAttribute("aria-label");
  assert.match(drawn!, /thấp nhất .*cao nhất .*mới nhất/);
  assert.ok(await page.evaluate("shifted") as number <= SHIFT_MAX, "the layout shifted");
  await looksSound(page);
  return renewed;
}

async function signalsLive(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/signals`);
  await waitLive(page);
  await onceAlerted(
    page,
    "an alert arrives",
    "/[1-9]\\d* mới/.test(document.querySelector('#alert-count').innerText)",
  );
  await waitInPage(
    page,
    "it is told to who cannot see",
    "document.querySelector('[aria-live=polite].unseen').innerText !== ''",
  );
  assert.ok(await page.evaluate("shifted") as number <= SHIFT_MAX, "an alert moved the page");
  await filterAtOnce(page);
  const ids = await page.evaluate(IDS) as string[];
  const numbers = ids.map((id) => Number(id.slice(11)));
  assert.deepEqual(numbers, [...new Set(numbers)].sort((a, b) => b - a), "newest first, each once");
  await restsWhileRead(page);
  await looksSound(page);
}

/** Two chips together; REST is asked, the address follows, and the server reads it. */
async function filterAtOnce(page: Page): Promise<void> {
  const asked = page.waitForResponse((answer) => answer.url().includes("severity=warning"));
  await page.locator(".filters a").filter({ hasText: "Đột biến khối lượng" }).click();
  await page.locator(".filters a").filter({ hasText: "Chú ý" }).click();
  assert.match((await asked).url(), /\/api\/market\/alerts\?type=volume_spike&severity=warning/);
  assert.match(page.url(), /\?type=volume_spike&severity=warning$/);
  const kinds = new Set(await page.locator(".alert .alert-type").allInnerTexts());
  assert.deepEqual([...kinds].map((kind) => kind.trim()), ["Đột biến khối lượng"]);
  await page.reload();
  await waitLive(page);
  assert.equal(await page.locator(".filters a[aria-current]").count(), 2);
  await page.getByText("Bỏ lọc").click();
  assert.match(page.url(), /\/signals$/);
}

/** Pointed at, or with an explanation open, nothing moves; what came waits behind a button. */
async function restsWhileRead(page: Page): Promise<void> {
  await page.locator(".alert").first().hover();
  await onceAlerted(page, "a newer alert waits", "document.querySelector('.newer')");
  await page.locator("#alert-count").hover();
  await waitInPage(page, "nothing waits any more", "document.querySelector('.newer') === null");
  await page.locator(".alert summary").first().click();
  const first = await page.locator(".alert").first().getAttribute("data-id");
  assert.match(await page.locator(".alert details p").first().innerText(), /\S{2}/);
  await onceAlerted(page, "a newer alert waits", "document.querySelector('.newer')");
  assert.equal(await page.locator(".alert").first().getAttribute("data-id"), first);
  await page.locator(".newer").click();
  await waitInPage(page, "it is shown", `${IDS}[0] !== ${JSON.stringify(first)}`);
}

/** Silent until the reader wants sound; the choice is kept. */
async function soundsByChoice(page: Page): Promise<void> {
  const before = await page.evaluate("tones.length");
  assert.equal(before, 0, "a tone played unasked");
  await page.locator("#alert-sound").click();
  await onceAlerted(page, "an alert sounds", "tones.includes(659)");
  await page.getByText("Tùy chọn âm thanh").click();
  await page.getByRole("button", { name: "Nghe thử" }).click();
  await waitInPage(page, "the clear beep plays", "tones.includes(880)");
  await page.reload();
  await waitLive(page);
  await waitInPage(
    page,
    "the choice is kept",
    "document.querySelector('#alert-sound').getAttribute('aria-pressed') === 'true'",
  );
  assert.match(await page.locator(".alert-controls > .note").innerText(), /bấm một lần/);
}

/** Without a socket and without REST the page says both, and tries again when asked. */
async function saysWhatIsWrong(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ locale: "vi-VN" });
  const page = await context.newPage();
  await page.routeWebSocket(/\/ws$/, (socket) => socket.close());
  await page.goto(`${url}/signals`);
  await waitInPage(
    page,
    "the connection is missed",
    "/Mất kết nối|Không có kết nối tức thời/.test(document.querySelector('main').innerText)",
  );
  await page.route("**/api/market/alerts*", (route) => route.abort());
  await page.locator(".filters a").filter({ hasText: "Khẩn" }).click();
  await page.getByText("Không tải được danh sách").waitFor();
  await page.unroute("**/api/market/alerts*");
  await page.getByRole("button", { name: "Thử lại" }).click();
  await page.getByText("Không tải được danh sách").waitFor({ state: "detached" });
  await context.close();
}

browserTest(
  "futures and signals - both pages read without a script, stream, filter, explain and sound by choice (F-205, F-207, F-210, F-213, F-214, F-216, F-217, F-218, F-220, U-30, N-22)",
  async (browser) => {
    await withApp(
      { SIM_START: "10:00", SIM_SPEED: "10" },
      async ({ url }) => {
        await until("the first alert", async () => {
          const body = await getJson(`${url}/api/market/alerts?severity=warning`);
          return (body?.alerts as unknown[] | undefined)?.length ? true : null;
        });
        await readWithoutScript(browser, url);
        await withWatchedPage(browser, async (futures) => {
          const renewed = await futuresLive(futures, url);
          await withWatchedPage(browser, async (page) => {
            await signalsLive(page, url);
            await soundsByChoice(page);
          });
          await renewed;
        });
        await saysWhatIsWrong(browser, url);
      },
    );
  },
);
