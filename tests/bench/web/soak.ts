/**
 * One tab that streams for long: samples of what it holds after garbage was collected, slopes, and a
 * verdict; the exit code is 1 when something grows. `--hours 8` counts exchange time, which passes
 * `--speed 10` times as fast as ours, so that is 48 minutes; `--minutes 10` counts ours. `--page /`.
 * Eight hours of the board or more are written to docs/soak.md.
 */
import { launchBrowser, waitInPage } from "../../support/browser.ts";
import { startProgram } from "../../support/program.ts";
import { parseSoakArgs, type SoakPlan } from "./soak_options.ts";
import { exchangeTimeText, soakPage } from "./soak_page.ts";
import { growthOf, type Sample, streamedHours, takeSample } from "./soak_samples.ts";

const PAGE = new URL("../../../docs/soak.md", import.meta.url);
const PAGE_HOURS_MIN = 8;
/** Share of the exchange time that has to go by, or the run says little. */
const STREAMED_MIN = 0.9;
const SCREEN = { width: 1_440, height: 900 };
const SAMPLE_MS = 60_000;
/** Short runs have so many samples all the same. */
const SAMPLES_MIN = 20;
const HOUR_MS = 3_600_000;

const cell = (text: string | number) => String(text).padStart(11);

async function sampleTab(url: string, plan: SoakPlan): Promise<Sample[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: SCREEN });
    const session = await page.context().newCDPSession(page);
    await page.goto(url + plan.page);
    await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
    const runMs = plan.minutes * 60_000;
    const everyMs = Math.min(SAMPLE_MS, runMs / SAMPLES_MIN);
    const startMs = performance.now();
    const samples: Sample[] = [];
    for (let atMs = 0; atMs <= runMs; atMs += everyMs) {
      await page.waitForTimeout(Math.max(0, startMs + atMs - performance.now()));
      const atHours = (performance.now() - startMs) / HOUR_MS;
      const sample = await takeSample(session, { atHours, exchangeMs: await exchangeMs(url) });
      samples.push(sample);
      console.log([
        cell((sample.atHours * 60).toFixed(1)),
        `  ${exchangeTimeText(sample.exchangeMs).padEnd(19)}`,
        cell((sample.heapBytes / 1_048_576).toFixed(2)),
        ...[sample.nodes, sample.listeners, sample.documents].map(cell),
      ].join(""));
    }
    return samples;
  } finally {
    await browser.close();
  }
}

async function exchangeMs(url: string): Promise<number | null> {
  const { feed } = await (await fetch(`${url}/health`)).json();
  return feed.as_of === null ? null : Date.parse(feed.as_of);
}

function judge(samples: readonly Sample[], { hours, speed }: SoakPlan): boolean {
  const growth = growthOf(samples);
  console.log(`\n${["", "first", "last", "an hour", "in the run", "at most"].map(cell).join("")}`);
  for (const { title, first, last, perHour, inRun, most, isFlat } of growth) {
    const figures = [first, last, perHour, inRun, most].map((value) => cell(value.toFixed(2)));
    console.log(`${title.padStart(11)}${figures.join("")}  ${isFlat ? "flat" : "GROWS"}`);
  }
  const streamed = streamedHours(samples, speed);
  console.log(`\n${streamed.toFixed(1)} of ${hours.toFixed(1)} hours of exchange time went by`);
  return growth.every(({ isFlat }) => isFlat) && streamed >= STREAMED_MIN * hours;
}

const plan = parseSoakArgs(Deno.args);
const dir = await Deno.makeTempDir();
try {
  await using app = startProgram({
    APP_PORT: "0",
    DATA_DIR: dir,
    DATABASE_URL: "off",
    SIM_START: "open",
    SIM_SPEED: `${plan.speed}`,
  });
  const { hours, minutes, speed, page } = plan;
  const url = await app.url;
  console.log(
    `${page} for ${minutes.toFixed(1)} minutes of our time, which are ` +
      `${hours.toFixed(1)} hours of exchange time at ${speed} times its pace\n`,
  );
  const heads = ["heap MB", "DOM nodes", "listeners", "documents"].map(cell).join("");
  console.log(`${cell("minute")}  ${"exchange time".padEnd(19)}${heads}`);
  const samples = await sampleTab(url, plan);
  const isFlat = judge(samples, plan);
  if (hours >= PAGE_HOURS_MIN && page === "/") {
    await Deno.writeTextFile(PAGE, soakPage(samples, plan));
    await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", PAGE.pathname] }).output();
  }
  console.log(isFlat ? "\nVerdict: flat" : "\nVerdict: not shown to be flat");
  if (!isFlat) Deno.exitCode = 1;
} finally {
  await Deno.remove(dir, { recursive: true });
}
