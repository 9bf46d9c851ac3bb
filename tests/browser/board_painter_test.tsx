import assert from "node:assert/strict";
import * as esbuild from "esbuild";
import type { Browser, Page } from "playwright-core";
import { renderToString } from "preact-render-to-string";
import { BoardTable } from "../../components/board/board_table.tsx";
import { boardWordsOf } from "../../components/board/board_words.ts";
import { numberStyleOf } from "../../components/i18n.ts";
import { IndexStrip } from "../../components/board/index_strip.tsx";
import type { BoardRow } from "../../core/wire/board.ts";
import { BOARD_FIELDS, type BoardField, type Cell } from "../../core/wire/board.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { maskOf } from "../../core/wire/mask.ts";
import { HPG, snapshotOf, VN30_INDEX } from "../components/fixture_rows.ts";
import { browserTest } from "../support/browser.ts";

const STYLE = numberStyleOf("vi");
/** Column places in a row of the table. */
const LAST = 10;
const VOLUME = 20;

const ROWS: readonly BoardRow[] = [
  { symbol: "ACB", ref: 20_000, ceil: 21_400, floor: 18_600, last: 20_100, vol: 300 },
  HPG,
  { symbol: "VNM", ref: 60_000, ceil: 64_200, floor: 55_800 },
];

/** The painter as the browser gets it, under the name `painterOf`. */
async function painterScript(): Promise<string> {
  const bundle = await esbuild.build({
    stdin: {
      contents: `import { BoardPainter } from "./components/board/board_painter.ts";
        globalThis.painterOf = (seed, style) => new BoardPainter(document, seed, style);`,
      resolveDir: new URL("../..", import.meta.url).pathname,
    },
    bundle: true,
    format: "iife",
    write: false,
  });
  await esbuild.stop();
  return bundle.outputFiles[0]!.text;
}

function seed(rows: readonly BoardRow[] = ROWS, epoch = "e1"): SnapshotFrame[] {
  return [
    snapshotOf("board:vn30", rows, epoch),
    snapshotOf("index", [VN30_INDEX], epoch),
  ];
}

function delta(row: number, cells: Partial<Record<BoardField, Cell>>): DeltaFrame {
  const bits = BOARD_FIELDS.flatMap((field, bit) => field in cells ? [bit] : []);
  const values = bits.map((bit) => cells[BOARD_FIELDS[bit]!]!);
  return {
    k: "d",
    c: "board:vn30",
    e: "e1",
    p: 1,
    s: 2,
    t: null,
    d: [row, maskOf(bits), ...values],
  };
}

async function withPainter(browser: Browser, act: (page: Page) => Promise<void>): Promise<void> {
  const script = await painterScript();
  const page = await browser.newPage();
  const words = boardWordsOf("vi");
  await page.setContent(
    renderToString(
      <main>
        <IndexStrip rows={[VN30_INDEX]} label="x" style={STYLE} />
        <BoardTable rows={ROWS} words={words} style={STYLE} />
      </main>,
    ),
  );
  await page.addScriptTag({ content: script });
  await page.evaluate(`painter = painterOf(${JSON.stringify(seed())}, ${JSON.stringify(STYLE)})`);
  await act(page);
  await page.close();
}

function send(page: Page, frame: DeltaFrame | SnapshotFrame): Promise<unknown> {
  const take = frame.k === "s" ? "snapshot" : "delta";
  return page.evaluate(`painter.${take}(${JSON.stringify(frame)})`);
}

function nextPaint(page: Page): Promise<unknown> {
  return page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
  );
}

/** From here on time passes only by `page.clock.runFor`: a tint is over in less than half a second. */
async function stopClock(page: Page): Promise<void> {
  await nextPaint(page);
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
}

function symbols(page: Page): Promise<string[]> {
  return page.locator("#board tbody th").allTextContents();
}

function cell(page: Page, symbol: string, at: number) {
  return page.locator(`#board tr[data-symbol=${symbol}] > :nth-child(${at + 1})`);
}

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
  "painter - only the changed cells are written and tinted by direction",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await stopClock(page);
      await send(page, delta(1, { last: 26_500, vol: 12_346_000 }));
      await page.clock.runFor(50);
      assert.equal(await cell(page, "HPG", LAST).textContent(), "26,50");
      assert.equal(await cell(page, "HPG", LAST).getAttribute("data-flash"), "down");
      assert.equal(await cell(page, "HPG", VOLUME).getAttribute("data-flash"), "up");
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
        target = document.querySelector("#board tr[data-symbol=HPG]").children[${VOLUME}];
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

browserTest("painter - a heading sorts its column, blanks last, and says so", async (browser) => {
  await withPainter(browser, async (page) => {
    assert.deepEqual(await symbols(page), ["ACB", "HPG", "VNM"]);
    const heading = page.locator(`#board button[data-column="${LAST}"]`);
    await heading.click();
    assert.deepEqual(await symbols(page), ["HPG", "ACB", "VNM"]);
    assert.equal(await heading.locator("..").getAttribute("aria-sort"), "descending");
    await heading.click();
    assert.deepEqual(await symbols(page), ["ACB", "HPG", "VNM"]);
    assert.equal(await page.locator("#board th[aria-sort]").count(), 1);
  });
});

browserTest(
  "painter - a sorted board moves rows only while nobody is on one of them",
  async (browser) => {
    await withPainter(browser, async (page) => {
      await stopClock(page);
      await page.locator(`#board button[data-column="${LAST}"]`).click();
      await page.locator("#board tbody [tabindex='0']").focus();
      await send(page, delta(0, { last: 27_000 }));
      await page.clock.runFor(10_000);
      assert.equal(await cell(page, "ACB", LAST).textContent(), "27,00");
      assert.deepEqual(await symbols(page), ["HPG", "ACB", "VNM"]);
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.evaluate("document.activeElement.textContent"), "HPG");
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
      assert.equal(await cell(page, "HPG", LAST).textContent(), "26,55");
      await page.evaluate("painter.pause(false)");
      await nextPaint(page);
      assert.equal(await cell(page, "HPG", LAST).textContent(), "28,00");
      assert.match(await cell(page, "HPG", LAST).getAttribute("class") ?? "", /\bce\b/);
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
    assert.equal(await cell(page, "BSR", LAST).textContent(), "19,05");
    assert.equal(await cell(page, "HPG", LAST).textContent(), "26,60");
    assert.equal(await page.locator("#board tr[data-symbol=BSR] > *").count(), 28);
    await send(page, delta(1, { last: 19_100 }));
    await nextPaint(page);
    assert.equal(await cell(page, "BSR", LAST).textContent(), "19,10");
  });
});
