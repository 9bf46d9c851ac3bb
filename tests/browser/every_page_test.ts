import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Phase } from "../../core/market/phase.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { graveFindings } from "../support/axe.ts";
import { browserTest, waitInPage } from "../support/browser.ts";
import {
  brokenWordsOf,
  type Look,
  pageFactsOf,
  smallTargetsOf,
  watchShifts,
} from "../support/page_audit.ts";
import { PAGE_PATHS, REFERENCE_PATHS } from "../support/page_paths.ts";
import { until } from "../support/program.ts";

/** A phone, the narrowest that pages are made for. */
const PHONE = { width: 390, height: 844 };
const SCREEN = { width: 1_440, height: 900 };
/** CLS of a page up to its live state. */
const SHIFT_MAX = 0.02;
/** No service listens there, so nothing ever comes. */
const NOWHERE = "http://127.0.0.1:9";

interface Moment {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where HOSE stands then; null where nobody can say. */
  readonly phase: Phase | null;
  readonly look: Look;
}

/** Moments of the market, each in another look, so that all looks meet all kinds of moments. */
const MOMENTS: readonly Moment[] = [
  {
    name: "no data ever",
    env: { SSI_BASE_URL: NOWHERE, SSI_STREAM_URL: NOWHERE },
    phase: null,
    look: { lang: "en", theme: "dark" },
  },
  {
    name: "before the first trade",
    env: { SIM_START: "08:50", SIM_SCENARIO: "quiet" },
    phase: "pre-open",
    look: { lang: "vi", theme: "light" },
  },
  {
    name: "opening auction",
    env: { SIM_START: "09:05", SIM_SCENARIO: "ceiling-chase" },
    phase: "ato",
    look: { lang: "en", theme: "light" },
  },
  {
    name: "halted and suspended securities",
    env: { SIM_START: "10:35", SIM_SCENARIO: "halt" },
    phase: "continuous",
    look: { lang: "vi", theme: "dark" },
  },
  {
    name: "midday break",
    env: { SIM_START: "12:00", SIM_SCENARIO: "floor-lock" },
    phase: "lunch",
    look: { lang: "vi", theme: "light" },
  },
  {
    name: "closing auction",
    env: { SIM_START: "14:35", SIM_SCENARIO: "expiry-shock" },
    phase: "atc",
    look: { lang: "en", theme: "dark" },
  },
  {
    name: "after the close",
    env: { SIM_START: "15:30", SIM_SCENARIO: "foreign-dump" },
    phase: "closed",
    look: { lang: "vi", theme: "dark" },
  },
];

/** One page of the browser for all that is walked; gives what it complained of. */
async function withTab(
  browser: Browser,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports what is away for now, such as a database; the page says it in words.
    const isAway = message.text().includes("status of 503");
    if (message.type() === "error" && !isAway) complaints.push(`${page.url()}: ${message.text()}`);
  });
  await page.addInitScript(watchShifts);
  await act(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

/**
 * A market that opens its door before its first prices would be looked at while it is empty, and one
 * that hastens through the hours before its start while its phases change.
 */
async function untilPhase({ services: { hub } }: TestApp, phase: Phase): Promise<void> {
  const isThere = () => {
    const { status, rows } = hub.view();
    return status.phases.HOSE === phase && (phase === "closed") === (status.state === "closed") &&
      rows("board:vn30").some(({ ref }) => ref !== null);
  };
  await until(`first prices, ${phase}`, () => Promise.resolve(isThere() || null));
}

/** Opens a page and waits until its live parts have taken over. */
async function openPage(page: Page, app: TestApp, path: string, look: Look): Promise<void> {
  const url = new URL(path, app.url);
  for (const [name, value] of Object.entries(look)) url.searchParams.set(name, value);
  const answer = await page.goto(url.href, { waitUntil: "load" });
  const hasData = app.services.hub.view().asOfMs !== null;
  // Without any data nobody can say whether there is such a security.
  assert.ok(answer?.status() === 200 || (!hasData && answer?.status() === 503), url.href);
  if (await page.locator("#connection").count() === 0) return;
  const isLive = "['live', 'closed'].includes(connection.dataset.state)";
  await waitInPage(page, `${path} is live`, hasData ? isLive : "connection.dataset.state");
}

/** What every page has, whatever the market does. */
async function assertWhole(page: Page, path: string, { name, look }: Moment): Promise<void> {
  const where = `${path}, ${name}`;
  const isReference = REFERENCE_PATHS.includes(path);
  const mayName = isReference ? ["null"] : [];
  // The script has taken over by now.
  if (await page.evaluate("shifted") as number > SHIFT_MAX) {
    // A busy machine may lay a page out before its window has the size; a page that moves does it again.
    await page.reload({ waitUntil: "load" });
    if (!isReference) await waitInPage(page, `${where}, again`, "connection.dataset.state");
  }
  const shifted = await page.evaluate("shifted") as number;
  const moved = await page.evaluate("moved") as string;
  assert.ok(shifted <= SHIFT_MAX, `${where}: moved by ${shifted}\n${moved}`);
  assert.deepEqual(await brokenWordsOf(page, mayName), [], where);
  const facts = await pageFactsOf(page);
  assert.equal(facts.lang, look.lang, where);
  assert.equal(facts.theme, look.theme, where);
  assert.ok(facts.title.length > 0, `${where}: no title`);
  assert.deepEqual([facts.headings, facts.mains], [1, 1], `${where}: headings and mains`);
  assert.ok(isReference || facts.text.includes("SIMULATED"), `${where}: no label of its origin`);
  assert.equal(facts.width, SCREEN.width, `${where}: wider than a screen`);
  await page.setViewportSize(PHONE);
  // A chart follows the new width a frame later.
  const fits = `document.documentElement.scrollWidth === ${PHONE.width}`;
  await waitInPage(page, `${where}: no wider than a phone`, fits);
  await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
  const dot = isReference ? null : await page.locator("#connection").boundingBox();
  const isSeen = dot !== null && dot.y >= 0 && dot.y + dot.height <= PHONE.height;
  assert.ok(isReference || isSeen, `${where}: the state of the connection is out of sight`);
  assert.deepEqual(await brokenWordsOf(page, mayName), [], `${where}, phone`);
}

browserTest(
  "every page - in every moment of the market it shows values, one heading, its label and no wider than a phone, and nothing moves when the script takes over (F-200, F-202, F-212, F-219, F-228, F-262)",
  async (browser) => {
    await withTab(browser, { viewport: SCREEN }, async (page) => {
      for (const moment of MOMENTS) {
        await withApp(moment.env, async (app) => {
          if (moment.phase !== null) await untilPhase(app, moment.phase);
          for (const path of PAGE_PATHS) {
            await page.setViewportSize(SCREEN);
            await openPage(page, app, path, moment.look);
            await assertWhole(page, path, moment);
          }
          // The server goes first, and a page would complain of it.
          await page.goto("about:blank");
        });
      }
    });
  },
);

browserTest(
  "every page - axe finds nothing serious in any theme, and a finger meets what it aims at",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async (app) => {
      await untilPhase(app, "continuous");
      await withTab(browser, { viewport: SCREEN }, async (page) => {
        for (const path of PAGE_PATHS) await assertAccessible(page, app, path);
        await assertFinds(page);
        await page.goto("about:blank");
      });
      const touch = { viewport: PHONE, isMobile: true, hasTouch: true };
      await withTab(browser, touch, async (page) => {
        for (const path of PAGE_PATHS) {
          await openPage(page, app, path, { lang: "vi", theme: "dark" });
          assert.deepEqual(await smallTargetsOf(page), [], path);
        }
        await page.goto("about:blank");
      });
    });
  },
);

async function assertAccessible(page: Page, app: TestApp, path: string): Promise<void> {
  await openPage(page, app, path, { lang: "vi", theme: "dark" });
  assert.deepEqual(await graveFindings(page), [], `${path}, dark`);
  // Another theme is the same page in other colours, which must not be on their way.
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const theme of ["contrast", "light"]) {
    await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
    assert.deepEqual(await graveFindings(page, ["color-contrast"]), [], `${path}, ${theme}`);
  }
  await page.setViewportSize(PHONE);
  const phone = await graveFindings(page, ["color-contrast", "scrollable-region-focusable"]);
  assert.deepEqual(phone, [], `${path}, light, phone`);
  await page.setViewportSize(SCREEN);
  await page.emulateMedia({ reducedMotion: null });
}

/** What looks for trouble finds it where there is some. */
async function assertFinds(page: Page): Promise<void> {
  await page.evaluate(`
    const [image, note] = [document.createElement("img"), document.createElement("b")];
    note.title = "undefined";
    document.querySelector("main").append("NaN", image, note, document.createElement("button"));
  `);
  assert.match((await graveFindings(page, ["image-alt"])).join(), /^image-alt, 1 times/);
  assert.deepEqual(await brokenWordsOf(page, ["null"]), ["NaN", 'b title="undefined"']);
  assert.notDeepEqual(await smallTargetsOf(page), []);
}
