import { formatVnDate, formatVnTime, vnDate, vnSecondOfDay } from "../../../core/market/time.ts";
import { table } from "../support/markdown.ts";
import type { SoakPlan } from "./soak_options.ts";
import { growthOf, type Sample, streamedHours } from "./soak_samples.ts";

/** Rows of the table of samples. */
const ROWS = 13;
const MB = 1_048_576;

/** The page about a tab that streams for hours; before formatting. */
export function soakPage(samples: readonly Sample[], plan: SoakPlan): string {
  const growth = growthOf(samples).map(({ title, perHour, inRun, most, isFlat }) => [
    title,
    perHour.toFixed(2),
    inRun.toFixed(2),
    most.toFixed(2),
    isFlat ? "yes" : "no",
  ]);
  const last = samples.length - 1;
  const chosen = Array.from({ length: ROWS }, (_, row) => samples[Math.round(row * last / 12)]!);
  const rows = chosen.map(({ atHours, exchangeMs, heapBytes, nodes, listeners, documents }) => [
    (atHours * 60).toFixed(0),
    exchangeTimeText(exchangeMs),
    (heapBytes / MB).toFixed(2),
    ...[nodes, listeners, documents].map(String),
  ]);
  return `# A tab that streams for hours

Written by \`deno task soak:web\`: one tab of Chromium shows the VN30 board of a simulated exchange that
runs at ${plan.speed} times its pace, ${plan.minutes.toFixed(0)} minutes of ours, in which ${
    streamedHours(samples, plan.speed).toFixed(1)
  } hours of exchange time went by. Each minute, after
garbage was collected, it was asked what it holds: ${samples.length} samples.

## Growth

Slopes are the middle of those between all pairs of samples after the first tenth. "At most" is what a
run may end with beyond its beginning: a twentieth of the heap, a fiftieth of the nodes.

${table(["", "an hour of ours", "in the run", "at most", "flat"], growth)}

## Samples

${
    table(
      ["minute", "exchange time", "heap MB", "DOM nodes", "listeners", "documents"],
      rows,
    )
  }

Days follow one another, and the midday break is cut short. Nodes that have left the page and wait for the collector are among the nodes, so their number swings
by those that changed last.
`;
}

/** `10:15:00 26/11/2026`, or a dash where there is nothing. */
export function exchangeTimeText(ms: number | null): string {
  return ms === null ? "–" : `${formatVnTime(vnSecondOfDay(ms))} ${formatVnDate(vnDate(ms))}`;
}
