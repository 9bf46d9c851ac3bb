import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { shownColumns } from "../../components/board/column_sets.ts";
import {
  cell,
  delta,
  focused,
  MARKET,
  nextPaint,
  send,
  symbols,
  withPainter,
} from "../support/board_painter.tsx";
import { browserTest } from "../support/browser.ts";

const CSS = ".board-scroll { height: 600px; overflow: auto } thead { position: sticky; top: 0 }" +
  " table { border-spacing: 0 } tr, td, th { height: 20px; padding: 0; white-space: nowrap; font-size: 8px }";

/** Waits for the frame that follows a scroll. */
async function scrollTo(page: Page, top: number): Promise<void> {
  await page.evaluate(`board.parentElement.scrollTop = ${top}`);
  await nextPaint(page);
  await nextPaint(page);
}

browserTest(
  "board rows - of two thousand rows only those in sight are in the page, wherever it scrolls",
  async (browser) => {
    await withPainter(browser, async (page) => {
      const inPage = () => page.locator("#board tr[data-symbol]").count();
      const height = () => page.evaluate("board.offsetHeight") as Promise<number>;
      await nextPaint(page);
      assert.equal(await page.locator("#board").getAttribute("aria-rowcount"), "2002");
      const whole = await height();
      for (const top of [10_000, 39_000, 17_000, 0]) {
        await scrollTo(page, top);
        const rowPx = await page.evaluate(
          "document.querySelector('#board tr[data-symbol]').offsetHeight",
        );
        const seen = await page.evaluate(`(() => {
          const box = board.parentElement.getBoundingClientRect();
          const row = document.elementFromPoint(box.x + 5, box.y + 300).closest("tr");
          return [row.dataset.symbol, row.getAttribute("aria-rowindex")];
        })()`) as [string, string];
        const wanted = (await page.evaluate("board.parentElement.scrollTop") as number) /
          Number(rowPx);
        assert.ok(Math.abs(Number(seen[0].slice(1)) - wanted) < 20, `${seen} at ${top}`);
        assert.equal(Number(seen[1]), Number(seen[0].slice(1)) + 3);
        assert.ok(await inPage() <= 100, `${await inPage()} rows`);
        assert.ok(Math.abs(await height() - whole) < 2, "the list changed its length");
      }
    }, { rows: MARKET, css: CSS });
  },
);

browserTest(
  "board rows - a row that scrolls in shows its newest numbers and does not flash",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await send(page, delta(1_500, { last: 28_000 }));
      await nextPaint(page);
      await scrollTo(page, 1_500 * 20);
      assert.equal(await cell(page, "S1500", "last").textContent(), "28,00");
      assert.equal(await page.locator("#board [data-flash]").count(), 0);
      await send(page, delta(1_501, { last: 24_400 }));
      await nextPaint(page);
      assert.equal(await cell(page, "S1501", "last").getAttribute("data-flash"), "down");
      // Its element goes on as another row, without the tint.
      await scrollTo(page, 0);
      assert.equal(await page.locator("#board [data-flash]").count(), 0);
    }, { rows: MARKET, css: CSS });
  },
);

browserTest(
  "board rows - keys walk over all rows, and a row that left the page does not hold them",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await page.locator("#board tbody th").first().focus();
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(page), "S0001");
      await page.keyboard.press("End");
      assert.equal(await focused(page), "S1999");
      await page.keyboard.press("PageUp");
      assert.match(await focused(page), /^S19[67]\d$/);
      await page.keyboard.press("Home");
      assert.equal(await focused(page), "S0000");
      await scrollTo(page, 20_000);
      assert.equal(await focused(page), "board-scroll");
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(page), "S0001");
      assert.ok(await page.evaluate("board.parentElement.scrollTop < 100"));
    }, { rows: MARKET, css: CSS });
  },
);

browserTest(
  "board rows - sorting and finding go over all rows, also those out of sight (U-32)",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await page.locator('#board button[data-key="vol"]').click();
      assert.equal((await symbols(page))[0], "S1999");
      await page.evaluate('painter.view.find("S123")');
      assert.deepEqual(
        (await symbols(page)).toSorted(),
        Array.from({ length: 10 }, (_, n) => `S123${n}`),
      );
      await page.evaluate('painter.view.find("")');
      assert.equal((await symbols(page))[0], "S1999");
      assert.equal(
        await page.evaluate('painter.view.show("S0007")?.closest("tr").dataset.symbol'),
        "S0007",
      );
      assert.equal(await page.evaluate('painter.view.show("NONE")'), null);
    }, { rows: MARKET, css: CSS });
  },
);

browserTest(
  "board rows - Enter, a star and a double click pin a row; Alt and arrows move it",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await page.evaluate('painter.view.setPins(["VNM", "HPG", "ACB"])');
      assert.deepEqual(await symbols(page), ["VNM", "HPG", "ACB"]);
      await page.locator("#board tbody th").first().focus();
      await page.keyboard.press("Alt+ArrowDown");
      await page.keyboard.press("Enter");
      await cell(page, "HPG", "vol").dblclick();
      await page.locator("tr[data-symbol=ACB] .star").click();
      assert.deepEqual(await page.evaluate("told"), [
        "move VNM 1",
        "pin VNM",
        "pin HPG",
        "pin ACB",
      ]);
      assert.equal(await page.locator(".star[aria-pressed=true]").count(), 3);
      await page.evaluate("told = []");
      await cell(page, "ACB", "symbol").hover();
      await page.mouse.down();
      const target = await cell(page, "VNM", "symbol").boundingBox();
      await page.mouse.move(target!.x + 4, target!.y + 4, { steps: 4 });
      await page.mouse.up();
      assert.deepEqual(await page.evaluate("told"), ["drop ACB VNM"]);
    }, { tab: "watch" });
  },
);

browserTest(
  "board rows - other columns come with their cells, and numbers go on",
  async (browser) => {
    await withPainter(browser, async (page) => {
      const columns = shownColumns("stock", ["last", "pressure", "room"])
        .map(({ key, className }) => ({ key, className }));
      await page.evaluate(`painter.view.setColumns(${JSON.stringify(columns)})`);
      assert.equal(await page.locator("#board tr[data-symbol=HPG] > *").count(), 4);
      await send(page, delta(1, { last: 28_000, buyVol: 3, sellVol: 1 }));
      await nextPaint(page);
      const texts = await page.locator("#board tr[data-symbol=HPG] > *").allTextContents();
      assert.deepEqual(texts, ["HPG", "28,00", "", "0"]);
      const drawing = page.locator("#board tr[data-symbol=HPG] svg");
      assert.equal(await drawing.getAttribute("aria-label"), "▲ 75% ▼ 25%");
      assert.equal(await drawing.locator("path").count(), 3);
    });
  },
);
