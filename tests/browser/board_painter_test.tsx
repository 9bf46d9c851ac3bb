import assert from "node:assert/strict";
import type { BoardRow } from "../../core/wire/board.ts";
import { HPG } from "../components/fixture_rows.ts";
import {
  cell,
  COLUMNS,
  delta,
  focused,
  nextPaint,
  placeOf,
  ROWS,
  seed,
  send,
  stopClock,
  symbols,
  withPainter,
} from "../support/board_painter.tsx";
import { browserTest } from "../support/browser.ts";

browserTest("painter - adopting the HTML changes no node of it", async (browser) => {
  await withPainter(browser, async (page) => {
    await page.evaluate(`
      changes = 0;
      new MutationObserver((found) => changes += found.length).observe(
        document.querySelector("#board tbody"),
        { childList: true, characterData: true, subtree: true },
      );
      painter.pause(false);
    `);
    await nextPaint(page);
    assert.equal(await page.evaluate("changes"), 0);
    assert.equal(await page.evaluate("painter.cellsPainted"), 0);
  });
});

browserTest(
  "painter - only the changed cells are written and tinted by direction (B-23)",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await stopClock(page);
      await send(page, delta(1, { last: 26_500, vol: 12_346_000 }));
      await page.clock.runFor(50);
      assert.equal(await cell(page, "HPG", "last").textContent(), "26,50");
      assert.equal(await cell(page, "HPG", "last").getAttribute("data-flash"), "down");
      assert.equal(await cell(page, "HPG", "vol").getAttribute("data-flash"), "up");
      // Last, change, percent and total volume; the tones of the row stay what they were.
      assert.equal(await page.evaluate("painter.cellsPainted"), 4);
      assert.equal(await page.locator("[data-flash]").count(), 4);
      await page.clock.runFor(1_000);
      assert.equal(await page.locator("[data-flash]").count(), 0);
    });
  },
);

browserTest(
  "painter - a cell starts at most three flashes a second however often it changes",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await stopClock(page);
      await page.evaluate(`
        target = document.querySelector("#board tr[data-symbol=HPG]").children[${
        placeOf("vol") - 1
      }];
        flashes = 0;
        new MutationObserver(() => { if ("flash" in target.dataset) flashes++; })
          .observe(target, { attributeFilter: ["data-flash"] });
      `);
      for (let at = 0; at < 50; at++) {
        await send(page, delta(1, { vol: 12_345_600 + 100 * (at % 2 + 1) }));
        await page.clock.runFor(20);
      }
      assert.ok(await page.evaluate("painter.cellsPainted") as number >= 50);
      assert.equal(await page.evaluate("flashes"), 3);
    });
  },
);

browserTest(
  "painter - each cell's tint ends by itself, whatever changes meanwhile (B-25)",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await stopClock(page);
      const isTinted = async (key: string) =>
        await cell(page, "HPG", key).getAttribute("data-flash") !== null;
      await send(page, delta(1, { vol: 12_346_000 }));
      await page.clock.runFor(300);
      await send(page, delta(1, { room: 7 }));
      await page.clock.runFor(100);
      assert.deepEqual([await isTinted("vol"), await isTinted("room")], [true, true]);
      await page.clock.runFor(200);
      assert.deepEqual([await isTinted("vol"), await isTinted("room")], [false, true]);
      await page.clock.runFor(300);
      assert.deepEqual([await isTinted("vol"), await isTinted("room")], [false, false]);
    });
  },
);

browserTest("painter - a heading sorts its column, blanks last, and says so", async (browser) => {
  await withPainter(browser, async (page) => {
    assert.deepEqual(await symbols(page), ["ACB", "HPG", "VNM"]);
    const heading = page.locator('#board button[data-key="last"]');
    await heading.click();
    assert.deepEqual(await symbols(page), ["HPG", "ACB", "VNM"]);
    assert.equal(await heading.locator("..").getAttribute("aria-sort"), "descending");
    await heading.click();
    assert.deepEqual(await symbols(page), ["ACB", "HPG", "VNM"]);
    assert.equal(await heading.locator("..").getAttribute("aria-sort"), "ascending");
    await heading.click();
    assert.equal(await page.locator("#board th[aria-sort]").textContent(), "Mã");
  });
});

browserTest(
  "painter - a sorted board moves rows only while nobody is on one of them",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await stopClock(page);
      await page.locator('#board button[data-key="last"]').click();
      await page.locator("#board tbody th[tabindex='0']").focus();
      await send(page, delta(0, { last: 27_000 }));
      await page.clock.runFor(10_000);
      assert.equal(await cell(page, "ACB", "last").textContent(), "27,00");
      assert.deepEqual(await symbols(page), ["HPG", "ACB", "VNM"]);
      await page.keyboard.press("ArrowUp");
      assert.equal(await focused(page), "HPG");
      await page.locator("#board thead button").first().focus();
      await page.clock.runFor(10_000);
      assert.deepEqual(await symbols(page), ["ACB", "HPG", "VNM"]);
    });
  },
);

browserTest(
  "painter - a paused page keeps its data and shows it when it goes on",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await page.evaluate("painter.pause(true)");
      await send(page, delta(1, { last: 28_000 }));
      await nextPaint(page);
      assert.equal(await cell(page, "HPG", "last").textContent(), "26,55");
      await page.evaluate("painter.pause(false)");
      await nextPaint(page);
      assert.equal(await cell(page, "HPG", "last").textContent(), "28,00");
      assert.match(await cell(page, "HPG", "last").getAttribute("class") ?? "", /\bce\b/);
    });
  },
);

browserTest("painter - a new epoch brings new rows and takes old ones away", async (browser) => {
  await withPainter(browser, async (page) => {
    const rows: BoardRow[] = [
      { ...HPG, last: 26_600 },
      { symbol: "BSR", ref: 19_000, last: 19_050 },
      ROWS[0]!,
    ];
    await send(page, seed(rows, "e2")[0]!);
    await nextPaint(page);
    assert.deepEqual(await symbols(page), ["ACB", "BSR", "HPG"]);
    assert.equal(await cell(page, "BSR", "last").textContent(), "19,05");
    assert.equal(await cell(page, "HPG", "last").textContent(), "26,60");
    assert.equal(await page.locator("#board tr[data-symbol=BSR] > *").count(), COLUMNS.length);
    await send(page, delta(1, { last: 19_100 }));
    await nextPaint(page);
    assert.equal(await cell(page, "BSR", "last").textContent(), "19,10");
  });
});
