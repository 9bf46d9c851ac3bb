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

const STYLE = { ...numberStyleOf("vi"), priceScale: "thousand" } as const;
/** Every column but the drawings, whose changes are no changed numbers. */
export const COLUMNS = shownColumns(
  "stock",
  columnsOf("stock").map(({ key }) => key).filter((key) => key !== "trend" && key !== "pressure"),
);

export const ROWS: readonly BoardRow[] = [
  { symbol: "ACB", ref: 20_000, ceil: 21_400, floor: 18_600, last: 20_100, vol: 300 },
  HPG,
  { symbol: "VNM", ref: 60_000, ceil: 64_200, floor: 55_800 },
];
/** A market of two thousand securities, S0000 to S1999. */
export const MARKET: readonly BoardRow[] = Array.from({ length: 2_000 }, (_, n) => ({
  ...HPG,
  symbol: `S${String(n).padStart(4, "0")}`,
  vol: 1_000 + n,
}));

let script: Promise<string> | null = null;

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

export function seed(rows: readonly BoardRow[] = ROWS, epoch = "e1"): SnapshotFrame[] {
  return [
    snapshotOf("board:vn30", rows, epoch),
    snapshotOf("index", [VN30_INDEX], epoch),
  ];
}

export function delta(row: number, cells: Parameters<typeof deltaOf>[2]): DeltaFrame {
  return deltaOf("board:vn30", row, cells);
}

interface Given {
  readonly rows?: readonly BoardRow[];
  readonly tab?: PainterSetup["tab"];
  /** Style sheet of the page. */
  readonly css?: string;
}

export async function withPainter(
  browser: Browser,
  act: (page: Page) => Promise<void>,
  { rows = ROWS, tab = "vn30", css = "" }: Given = {},
): Promise<void> {
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
  await page.addScriptTag({ content: await (script ??= painterScript()) });
  const setup: PainterSetup = {
    ...{ tab, style: STYLE, pin: "Pin", seeds: seed(rows), paths: {} },
    columns: COLUMNS.map(({ key, className }) => ({ key, className })),
    ...{ groupRank: null, sumsOf: null },
  };
  await page.evaluate(`painter = painterOf(${JSON.stringify(setup)})`);
  await act(page);
  await page.close();
}

export function send(page: Page, frame: DeltaFrame | SnapshotFrame): Promise<unknown> {
  const take = frame.k === "s" ? "snapshot" : "delta";
  return page.evaluate(`painter.${take}(${JSON.stringify(frame)})`);
}

export function nextPaint(page: Page): Promise<unknown> {
  return page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
  );
}

/** From here on time passes only by `page.clock.runFor`: a tint is over in less than half a second. */
export async function stopClock(page: Page): Promise<void> {
  await nextPaint(page);
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
}

export function symbols(page: Page): Promise<string[]> {
  return page.locator("#board tbody th").allTextContents();
}

export function placeOf(key: string): number {
  return COLUMNS.findIndex((column) => column.key === key) + 1;
}

export function cell(page: Page, symbol: string, key: string) {
  return page.locator(`#board tr[data-symbol=${symbol}] > :nth-child(${placeOf(key)})`);
}

export function focused(page: Page): Promise<string> {
  return page.evaluate(
    "document.activeElement.closest('tr')?.dataset.symbol ?? document.activeElement.className",
  );
}
