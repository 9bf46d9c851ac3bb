import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { parseConfig } from "../../core/config.ts";
import { createLogger } from "../../core/log.ts";
import { startApp } from "../../main.ts";
import { browserTest, waitInPage } from "../support/browser.ts";

/** Budgets of the first visit, bytes after Brotli. */
const HTML_BYTES_MAX = 30 * 1024;
const SCRIPT_BYTES_MAX = 30 * 1024;

const ROWS = "document.querySelectorAll('#board tbody tr').length === 30";

/** Runs the whole application on a simulated session, from open port to empty folder. */
async function withApp(
  act: (app: { url: string; killWorker(): void }) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const parsed = parseConfig({
    APP_PORT: "0",
    DATA_DIR: dir,
    SIM_START: "10:00",
    LOG_LEVEL: "error",
  });
  assert.ok(parsed.ok);
  const log = createLogger({ level: "error", nowMs: () => Date.now() });
  const app = await startApp(parsed.config, log);
  try {
    await act(app);
  } finally {
    await app.close();
    await Deno.remove(dir, { recursive: true });
  }
}

/** Opens a page and fails the test when the page reports an error of its own. */
async function withPage(
  browser: Browser,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: "vi-VN", ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await act(page);
  assert.deepEqual(errors, []);
  await context.close();
}

browserTest(
  "board page - thirty rows with prices stand in the HTML with JavaScript off",
  async (browser) => {
    await withApp(async ({ url }) => {
      await withPage(browser, { javaScriptEnabled: false }, async (page) => {
        await page.goto(url);
        assert.equal(await page.locator("#board tbody tr").count(), 30);
        const references = await page.locator("#board tbody td:nth-child(4)").allTextContents();
        assert.ok(
          references.every((text) => /^\d[\d.]*,\d{2,3}$/.test(text)),
          references.join(" "),
        );
        assert.ok(await page.locator("#indices li").count() >= 2);
        assert.match(await page.title(), /MÔ PHỎNG/);
        assert.ok(await page.getByText("MÔ PHỎNG / SIMULATED").isVisible());
        assert.ok(await page.locator("noscript p").isVisible());
        assert.ok(!await page.locator("#connection").isVisible());
        assert.doesNotMatch(await page.content(), />[^<]*(NaN|undefined)[^<]*</);
      });
    });
  },
);

browserTest("board page - the island continues from the HTML and cells change", async (browser) => {
  await withApp(async ({ url }) => {
    await withPage(browser, {}, async (page) => {
      const received: string[] = [];
      page.on("websocket", (socket) => {
        socket.on("framereceived", ({ payload }) => received.push(String(payload)));
      });
      await page.goto(url);
      await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
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
    });
  });
});

browserTest(
  "board page - the dot turns when the worker dies and comes back with it",
  async (browser) => {
    await withApp(async ({ url, killWorker }) => {
      await withPage(browser, {}, async (page) => {
        await page.goto(url);
        await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
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
        await waitInPage(
          page,
          "cells change again",
          "document.querySelector('#board [data-flash]')",
        );
      });
    });
  },
);

browserTest(
  "board page - a phone sees the match first and scrolls only inside the board",
  async (browser) => {
    await withApp(async ({ url }) => {
      const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
      await withPage(browser, phone, async (page) => {
        await page.goto(`${url}/?lang=en&theme=light`);
        assert.equal(await page.locator("html").getAttribute("lang"), "en");
        assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
        for (const column of [1, 11, 14, 21]) {
          const cell = page.locator(`#board tbody tr:first-child > :nth-child(${column})`);
          const box = await cell.boundingBox();
          assert.ok(box !== null && box.x + box.width <= 391, `column ${column} is out of sight`);
        }
        assert.ok(!await page.locator("#board tbody tr:first-child td:nth-child(5)").isVisible());
        await page.evaluate("scrollTo(0, 300)");
        const dot = await page.locator("#connection").boundingBox();
        assert.ok(dot !== null && dot.y >= 0, "the connection dot is out of sight");
        await page.locator("#all-columns").check();
        assert.ok(await page.locator("#board tbody tr:first-child td:nth-child(5)").isVisible());
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
        for (
          const target of await page.locator(
            "button:visible, a:visible:not(.skip), summary:visible",
          ).all()
        ) {
          const box = await target.boundingBox();
          assert.ok(box !== null && box.height >= 43.5, await target.innerText());
        }
      });
    });
  },
);

browserTest(
  "board page - a screen of 1440 by 900 shows thirty rows and every column, and cuts no number",
  async (browser) => {
    await withApp(async ({ url }) => {
      await withPage(browser, { viewport: { width: 1440, height: 900 } }, async (page) => {
        for (const lang of ["vi", "en"]) {
          await page.goto(`${url}/?lang=${lang}`);
          const last = await page.locator("#board tbody tr:last-child").boundingBox();
          assert.ok(last !== null && last.y + last.height <= 900, "the last row is below");
          // In figures of the type that the machine has: narrow ones are 6.7 px wide, 212 of them fit.
          const figures = await page.evaluate(`(() => {
            const ruler = document.querySelector("#board caption");
            ruler.style.width = "1ch";
            ruler.style.fontSize = "12px";
            return board.offsetWidth / ruler.getBoundingClientRect().width;
          })()`) as number;
          assert.ok(figures < 215, `the board is ${figures} figures wide`);
          const cut = await page.evaluate(
            `Array.from(document.querySelectorAll("#board :is(td, th)"))
            .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)`,
          );
          assert.deepEqual(cut, []);
        }
      });
    });
  },
);

browserTest(
  "board page - a wrong choice falls back and says so; an unknown address is a page with status 404",
  async (browser) => {
    await withApp(async ({ url }) => {
      const context = await browser.newContext({ locale: "en-US" });
      const page = await context.newPage();
      const response = await page.goto(`${url}/?theme=canary&density=compact`);
      assert.equal(response?.status(), 200);
      const notice = await page.locator("main .notice[role=status]").innerText();
      assert.match(notice, /“theme”.*dark, light, contrast/);
      assert.ok(!(await page.content()).includes("canary"));
      assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
      assert.equal(await page.locator("html").getAttribute("data-density"), "compact");
      const missing = await page.goto(`${url}/nowhere`);
      assert.equal(missing?.status(), 404);
      assert.match(await page.locator("h1").innerText(), /404 · No such page/);
      assert.ok(await page.getByText("Không có trang này").isVisible());
      await context.close();
    });
  },
);

Deno.test("board page - the first HTML and its scripts stay within their budgets", async () => {
  await withApp(async ({ url }) => {
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
  });
});

browserTest(
  "board page - the connection panel opens by keyboard and shows its figures (F-241, F-258, F-261)",
  async (browser) => {
    await withApp(async ({ url }) => {
      await withPage(browser, { reducedMotion: "reduce" }, async (page) => {
        await page.goto(`${url}/?lang=en`);
        await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
        await page.locator("#connection").focus();
        await page.keyboard.press("Enter");
        const panel = page.locator(".connection dl");
        assert.ok(await panel.isVisible());
        await waitInPage(
          page,
          "the round trip is measured",
          "/^\\d+ ms$/.test(document.querySelector('.connection dd').textContent)",
        );
        for (
          const term of ["Round trip", "Reconnects", "Messages per second", "Mode", "Last update"]
        ) {
          assert.ok(await panel.getByText(term).isVisible(), term);
        }
      });
    });
  },
);
