import { waitInPage } from "../../support/browser.ts";
import { PAGE_PATHS } from "../../support/page_paths.ts";
import { median } from "../support/median.ts";
import type { Arena, Target } from "./arena.ts";
import { type Condition, LOCAL, SLOW, type Tab, withTab } from "./tab.ts";

/** After that, nothing larger is painted and nothing moves any more. */
const SETTLE_MS = 1_500;

/** How a first visit goes: medians; times are ms since the navigation began. */
export interface LoadFigures {
  readonly target: Target;
  readonly path: string;
  readonly condition: Condition["name"];
  readonly fcpMs: number;
  readonly lcpMs: number;
  readonly cls: number;
  /** Thirty rows of the board stand in the page; null for other pages. */
  readonly rowsMs: number | null;
  /** The socket is confirmed; null where a page has none. */
  readonly liveMs: number | null;
}

/** Loads every page and the React board in turns, on loopback and from afar. */
export async function measureLoads(
  arena: Arena,
  repeats: number,
  say: (step: string) => void,
): Promise<LoadFigures[]> {
  const runs: LoadFigures[] = [];
  const visits: readonly (readonly [Target, string])[] = [
    ["react", "/"],
    ...PAGE_PATHS.map((path) => ["app", path] as const),
  ];
  for (const condition of [LOCAL, SLOW]) {
    // Whoever is first finds a browser that has not yet worked.
    await load(arena, condition, ["react", "/"]);
    for (let repeat = 1; repeat <= repeats; repeat++) {
      say(`${repeat}/${repeats}  pages, ${condition.title}`);
      for (const visit of visits) runs.push(await load(arena, condition, visit));
    }
  }
  const groups = Map.groupBy(runs, (one) => `${one.condition} ${one.target} ${one.path}`);
  return [...groups.values()].map(middle);
}

async function load(
  arena: Arena,
  condition: Condition,
  [target, path]: readonly [Target, string],
): Promise<LoadFigures> {
  return await withTab(arena, condition, async (tab) => {
    await tab.page.goto(arena.urls[target] + path, { waitUntil: "load" });
    const { fcpMs, lcpMs, cls, rowsMs, liveMs } = await settled(tab, path === "/");
    if (fcpMs === null || lcpMs === null) throw new Error(`${target} ${path} painted nothing`);
    return { target, path, condition: condition.name, fcpMs, lcpMs, cls, rowsMs, liveMs };
  });
}

async function settled({ page, probe }: Tab, isBoard: boolean) {
  const isThere = "probe.rowsMs !== null && probe.liveMs !== null";
  if (isBoard) await waitInPage(page, "the board is live", isThere);
  await page.waitForTimeout(SETTLE_MS);
  return await probe();
}

function middle(group: readonly LoadFigures[]): LoadFigures {
  const of = (key: "fcpMs" | "lcpMs" | "cls") => median(group.map((one) => one[key]));
  const maybe = (key: "rowsMs" | "liveMs") => {
    const values = group.flatMap((one) => one[key] ?? []);
    return values.length === 0 ? null : median(values);
  };
  return {
    ...group[0]!,
    fcpMs: of("fcpMs"),
    lcpMs: of("lcpMs"),
    cls: of("cls"),
    rowsMs: maybe("rowsMs"),
    liveMs: maybe("liveMs"),
  };
}
