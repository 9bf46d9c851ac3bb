import { waitInPage } from "../../support/browser.ts";
import { median } from "../support/median.ts";
import type { Arena, Target } from "./arena.ts";
import { type Condition, LOCAL, SLOW, type Tab, withTab } from "./tab.ts";

/** Presses and clicks of a run, and the rest after each. */
const ACTS = 24;
const REST_MS = 300;
const WAIT_MS_MAX = 30_000;
/** What the browser does not tell of. */
const INTERACTION_MS_LEAST = 16;
/** Later than this a frame of 60 a second is missing. */
const LATE_FRAME_MS = 25;
/** What browsers call a long frame. */
const LONG_FRAME_MS = 50;

/** How the board answers while it streams: medians of the runs. */
export interface StreamFigures extends FrameFigures {
  readonly target: Target;
  readonly condition: Condition["name"];
  readonly cellsPerSecond: number;
  /** The slowest interaction of a run, from the key or button to the frame that shows it. */
  readonly inpMs: number;
}

/** How smoothly a page paints. */
export interface FrameFigures {
  readonly framesPerSecond: number;
  /** Share of frames after which one was missing. */
  readonly late: number;
  /** Frames that took more than 50 ms, a second. */
  readonly longPerSecond: number;
}

/** Figures of the times between frames. */
export function framesOf(frameMs: readonly number[]): FrameFigures {
  const seconds = frameMs.reduce((sum, ms) => sum + ms, 0) / 1_000;
  return {
    framesPerSecond: frameMs.length / seconds,
    late: frameMs.filter((ms) => ms > LATE_FRAME_MS).length / frameMs.length,
    longPerSecond: frameMs.filter((ms) => ms > LONG_FRAME_MS).length / seconds,
  };
}

/** Sorts by mouse and keyboard while numbers stream, in both boards in turns. */
export async function measureStreams(
  arena: Arena,
  repeats: number,
  say: (step: string) => void,
): Promise<StreamFigures[]> {
  const runs: StreamFigures[] = [];
  for (const condition of [LOCAL, SLOW]) {
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const target of ["app", "react"] as const) {
        say(`${repeat}/${repeats}  ${target} streams, ${condition.title}`);
        runs.push(await stream(arena, target, condition));
      }
    }
  }
  const groups = Map.groupBy(runs, ({ target, condition }) => `${target} ${condition}`);
  return [...groups.values()].map((group) => {
    const of = (key: Exclude<keyof StreamFigures, "target" | "condition">) =>
      median(group.map((one) => one[key]));
    return {
      ...group[0]!,
      cellsPerSecond: of("cellsPerSecond"),
      inpMs: of("inpMs"),
      framesPerSecond: of("framesPerSecond"),
      late: of("late"),
      longPerSecond: of("longPerSecond"),
    };
  });
}

async function stream(arena: Arena, target: Target, condition: Condition): Promise<StreamFigures> {
  return await withTab(arena, condition, async (tab) => {
    const { page } = tab;
    await page.goto(arena.urls[target]);
    await waitInPage(page, "the socket is confirmed", "probe.liveMs !== null");
    await page.locator("#board thead button:enabled").first().waitFor({ timeout: WAIT_MS_MAX });
    await tab.count();
    await useBoard(tab);
    const { cells, interactionMs, frameMs } = await tab.probe();
    const seconds = frameMs.reduce((sum, ms) => sum + ms, 0) / 1_000;
    return {
      target,
      condition: condition.name,
      cellsPerSecond: cells / seconds,
      inpMs: Math.max(INTERACTION_MS_LEAST, ...interactionMs),
      ...framesOf(frameMs),
    };
  });
}

/** Clicks headings and presses keys on them, as a reader who sorts does. */
async function useBoard({ page }: Tab): Promise<void> {
  const heads = page.locator("#board thead button:enabled");
  const count = await heads.count();
  for (let act = 0; act < ACTS; act++) {
    if (act % 2 === 0) await heads.nth((act * 5) % count).click({ timeout: WAIT_MS_MAX });
    else await page.keyboard.press(act % 4 === 1 ? "Enter" : "Tab");
    await page.waitForTimeout(REST_MS);
  }
}
