import assert from "node:assert/strict";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from "playwright-core";
import { until } from "./program.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Longest wait for a condition in a page. */
const WAIT_MS_MAX = 60_000;

/**
 * A test in a real browser. Without Chromium it is skipped and its name says so; with CI=true the
 * absence is a failure, because nobody would notice the skip.
 */
export function browserTest(
  name: string,
  act: (browser: Browser, t: Deno.TestContext) => Promise<void>,
): void {
  const isHere = hasChromium();
  if (!isHere && Deno.env.get("CI") !== "true") {
    Deno.test({ name: `${name} (skipped: no Chromium at ${CHROMIUM})`, ignore: true, fn() {} });
    return;
  }
  Deno.test(name, async (t) => {
    if (!isHere) throw new Error(`Cannot run a browser test: no Chromium at ${CHROMIUM}`);
    const browser = await launchBrowser();
    try {
      await act(browser, t);
    } finally {
      await browser.close();
    }
  });
}

/** Starts the Chromium of the system; who starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** Opens a page and fails the test when the page reports an error of its own. */
export async function withPage(
  browser: Browser,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: "vi-VN", ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await act(page);
  assert.deepEqual(errors, []);
  await context.close();
}

/** Waits until the page streams. */
export async function waitLive(page: Page): Promise<void> {
  await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
}

/** Opens the box that finds things, by its key, once the page's script listens; gives its input. */
export async function openFinder(page: Page): Promise<Locator> {
  const input = page.locator("dialog input");
  await until("the box that finds things", async () => {
    await page.keyboard.press("/");
    return await input.isVisible() || null;
  });
  return input;
}

/**
 * Waits until an expression is true in the page, looking once per animation frame; the error names
 * what was waited for. It is evaluated from outside, because the page's policy forbids `eval`.
 */
export async function waitInPage(page: Page, what: string, condition: string): Promise<void> {
  const look = `new Promise(requestAnimationFrame).then(() => Boolean(${condition}))`;
  const untilMs = performance.now() + WAIT_MS_MAX;
  while (!(await page.evaluate(look))) {
    if (performance.now() > untilMs) {
      throw new Error(`Waited ${WAIT_MS_MAX} ms in vain until ${what}`);
    }
  }
}

function hasChromium(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
