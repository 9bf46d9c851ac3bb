import assert from "node:assert/strict";
import * as esbuild from "esbuild";
import type { Browser, Page } from "playwright-core";
import { renderToString } from "preact-render-to-string";
import type { PainterSetup } from "../../components/board/board_painter.ts";
import { BoardTable } from "../../components/board/board_table.tsx";
import { boardWordsOf } from "../../components/board/board_words.ts";
import { columnsOf, shownColumns } from "../../components/board/column_sets.ts";
import { ownSort } from "../../components/board/sorting.ts";
import { numberStyleOf } from "../../components/i18n.ts";
import { IndexStrip } from "../../components/board/index_strip.tsx";
import type { BoardRow } from "../../core/wire/board.ts";
import type { DeltaFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { deltaOf, HPG, snapshotOf, VN30_INDEX } from "../components/fixture_rows.ts";
import { browserTest } from "../support/browser.ts";

const STYLE = { ...numberStyleOf("vi"), priceScale: "thousand" } as const;
/** Every column but the drawings, whose changes are no changed numbers. */
const COLUMNS = shownColumns(
  "stock",
  columnsOf("stock").map(({ key }) => key).filter((key) => key !== "trend" && key !== "pressure"),
);

const ROWS: readonly BoardRow[] = [
  { symbol: "ACB", ref: 20_000, ceil: 21_400, floor: 18_600, last: 20_100, vol: 300 },
  HPG,
  { symbol: "VNM", ref: 60_000, ceil: 64_200, floor: 55_800 },
];
/** A market of two thousand securities, S0000 to S1999. */
const MARKET: readonly BoardRow[] = Array.from({ length: 2_000 }, (_, n) => ({
  ...HPG,
  symbol: `S${String(n).padStart(4, "0")}`,
  vol: 1_000 + n,
}));

/** The painter as the browser gets it, under the name `painterOf`; it keeps what it tells. */
async function painterScript(): Promise<string> {
  const bundle = await esbuild.build({
    stdin: {
      contents: `import { BoardPainter } from "./components/board/board_painter.ts";
        globalThis.told = [];
        globalThis.painterOf = (setup) => new BoardPainter(document, setup, {
          onPin: (symbol) => told.push("pin " + symbol),
          onMove: (symbol, by) => told.push("move " + symbol + " " + by),
          onDrop: (symbol, target) => told.push("drop " + symbol + " " + target),
          onLines: () => {},
        });`,
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

function delta(row: number, cells: Parameters<typeof deltaOf>[2]): DeltaFrame {
  return deltaOf("board:vn30", row, cells);
}

interface Given {
  readonly rows?: readonly BoardRow[];
  readonly tab?: PainterSetup["tab"];
  /** Style sheet of the page. */
  readonly css?: string;
}

async function withPainter(
  browser: Browser,
  act: (page: Page) => Promise<void>,
  { rows = ROWS, tab = "vn30", css = "" }: Given = {},
): Promise<void> {
  const script = await painterScript();
  const page = await browser.newPage();
  await page.setContent(
    renderToString(
      <main>
        <style>{css}</style>
        <IndexStrip rows={[VN30_INDEX]} label="x" style={STYLE} />
        <BoardTable
          kind="stock"
          lines={rows.slice(0, 60)}
          columns={COLUMNS}
          sort={ownSort(tab)}
          words={boardWordsOf("vi")}
          style={STYLE}
          note=""
          empty=""
          pin="Pin"
        />
      </main>,
    ),
  );
  await page.addScriptTag({ content: script });
  const setup: PainterSetup = {
    ...{ tab, style: STYLE, pin: "Pin", seeds: seed(rows), paths: {} },
    columns: COLUMNS.map(({ key, className }) => ({ key, className })),
    ...{ groupRank: null, sumsOf: null },
  };
  await page.evaluate(`painter = painterOf(${JSON.stringify(setup)})`);
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

function placeOf(key: string): number {
  return COLUMNS.findIndex((column) => column.key === key) + 1;
}

function cell(page: Page, symbol: string, key: string) {
  return page.locator(`#board tr[data-symbol=${symbol}] > :nth-child(${placeOf(key)})`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(
    "document.activeElement.closest('tr')?.dataset.symbol ?? document.activeElement.className",
  );
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

const CSS = ".board-scroll { height: 600px; overflow: auto } thead { position: sticky; top: 0 }" +
  " table { border-spacing: 0 } tr, td, th { height: 20px; padding: 0; white-space: nowrap; font-size: 8px }";

/** Waits for the frame that follows a scroll. */
async function scrollTo(page: Page, top: number): Promise<void> {
  await page.evaluate(`board.parentElement.scrollTop = ${top}`);
  await nextPaint(page);
  await nextPaint(page);
}

browserTest(
  "painter - of two thousand rows only those in sight are in the page, wherever it scrolls",
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
  "painter - a row that scrolls in shows its newest numbers and does not flash",
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
  "painter - keys walk over all rows, and a row that left the page does not hold them",
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
  "painter - sorting and finding go over all rows, also those out of sight (U-32)",
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
  "painter - Enter, a star and a double click pin a row; Alt and arrows move it",
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

browserTest("painter - other columns come with their cells, and numbers go on", async (browser) => {
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
});
