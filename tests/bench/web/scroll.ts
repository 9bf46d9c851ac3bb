import { waitInPage } from "../../support/browser.ts";
import { median } from "../support/median.ts";
import type { Arena } from "./arena.ts";
import { type FrameFigures, framesOf } from "./stream.ts";
import { LOCAL, type Tab, withTab } from "./tab.ts";

/** The board of everything listed, about 1,600 rows. */
const PATH = "/?tab=all";
const ROWS_MIN = 1_000;
const SECONDS = 6;
/** After that the script has taken over the rows. */
const SETTLE_MS = 1_500;
/** A quick hand on the wheel: pixels a frame, turning round at either end. */
const STEP_PX = 40;

/** A page that only scrolls: as long as the board, plain text, no script of its own. */
const PLAIN_PAGE = `<body style="margin:0"><div style="height:100vh;overflow:auto;background:#fff">
<pre id="board">${`${"25,50 ".repeat(30)}\n`.repeat(1_600)}</pre></div>`;

/** How smoothly a large board scrolls while it streams: medians of the runs. */
export interface ScrollFigures extends FrameFigures {
  /** What this browser and machine reach at best, measured by turns with the board. */
  readonly plainFramesPerSecond: number;
  /** Rows of the board, and those of them that stand in the page. */
  readonly rows: number;
  readonly rowsInPage: number;
  readonly cellsPerSecond: number;
}

/** Scrolls the board of everything listed; null where there is none of that size. */
export async function measureScroll(
  arena: Arena,
  repeats: number,
  say: (step: string) => void,
): Promise<ScrollFigures | null> {
  const runs: ScrollFigures[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    say(`${repeat}/${repeats}  a large board scrolls`);
    const plainFramesPerSecond = await withTab(arena, LOCAL, scrollPlain);
    const run = await withTab(arena, LOCAL, (tab) => scroll(tab, arena.urls.app));
    if (run === null) {
      say(`${PATH} has no board of ${ROWS_MIN} rows: left out`);
      return null;
    }
    runs.push({ ...run, plainFramesPerSecond });
  }
  const of = (key: keyof ScrollFigures) => median(runs.map((one) => one[key]));
  return {
    rows: of("rows"),
    rowsInPage: of("rowsInPage"),
    cellsPerSecond: of("cellsPerSecond"),
    plainFramesPerSecond: of("plainFramesPerSecond"),
    framesPerSecond: of("framesPerSecond"),
    late: of("late"),
    longPerSecond: of("longPerSecond"),
  };
}

async function scrollPlain(tab: Tab): Promise<number> {
  await tab.page.goto(`data:text/html,${encodeURIComponent(PLAIN_PAGE)}`);
  await tab.page.waitForTimeout(SETTLE_MS);
  await tab.count();
  await tab.page.evaluate(scrollBoard, { stepPx: STEP_PX, seconds: SECONDS });
  const { frameMs } = await tab.probe();
  return framesOf(frameMs).framesPerSecond;
}

async function scroll(
  tab: Tab,
  url: string,
): Promise<Omit<ScrollFigures, "plainFramesPerSecond"> | null> {
  const { page } = tab;
  await page.goto(url + PATH);
  await waitInPage(page, "the socket is confirmed", "probe.liveMs !== null");
  await page.waitForTimeout(SETTLE_MS);
  const rowsInPage = await page.locator("#board tbody tr").count();
  const told = Number(await page.locator("#board").getAttribute("aria-rowcount"));
  const rows = Math.max(told, rowsInPage);
  if (rows < ROWS_MIN) return null;
  await tab.count();
  await page.evaluate(scrollBoard, { stepPx: STEP_PX, seconds: SECONDS });
  const { cells, frameMs } = await tab.probe();
  return { rows, rowsInPage, cellsPerSecond: cells / SECONDS, ...framesOf(frameMs) };
}

/** Runs in the page: moves whatever scrolls the board, a step each frame. */
function scrollBoard({ stepPx, seconds }: { stepPx: number; seconds: number }): Promise<void> {
  let scroller: Element | null = document.querySelector("#board");
  while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1) {
    scroller = scroller.parentElement;
  }
  const moved = scroller ?? document.scrollingElement!;
  const endMs = performance.now() + seconds * 1_000;
  let step = stepPx;
  return new Promise((resolve) => {
    const move = () => {
      const before = moved.scrollTop;
      moved.scrollTop += step;
      if (moved.scrollTop === before) step = -step;
      if (performance.now() < endMs) requestAnimationFrame(move);
      else resolve();
    };
    move();
  });
}
