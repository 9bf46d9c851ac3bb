/**
 * Pictures of every page on simulated data, into docs/screenshots: each on a screen in the dark and
 * on a phone in the light, after most of an hour of market, for which this waits five minutes. A
 * faster market would have every cell tinted as just changed. No picture outlives its page.
 */
import type { Browser } from "playwright-core";
import { vnSecondOfDay } from "../../core/market/time.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { launchBrowser, waitInPage } from "../support/browser.ts";
import { PAGE_PATHS } from "../support/page_paths.ts";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url);
/** From the opening on and with a database, so that charts have something to show. */
const DATA_DIR = await Deno.makeTempDir();
const ENV = { DATA_DIR, DATABASE_URL: "", SIM_SPEED: "10", SIM_START: "open" };
const UNTIL_SECOND = 10 * 3_600;
const LOOK_MS = 1_000;
/** Fine enough for figures of 12 px, and half the size of a PNG. */
const WEBP_QUALITY = 50;

const SHOTS = [
  { name: "wide-dark", theme: "dark", size: { width: 1_440, height: 900 } },
  { name: "phone-light", theme: "light", size: { width: 390, height: 844 } },
] as const;

/** Waits until most of an hour of market is there. */
async function untilMorning({ services: { hub } }: TestApp): Promise<void> {
  for (;;) {
    const { asOfMs } = hub.view();
    if (asOfMs !== null && vnSecondOfDay(asOfMs) >= UNTIL_SECOND) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The name of a page's pictures: `board`, `stock`, `foreign`. */
function nameOf(path: string): string {
  return path === "/" ? "board" : path === "/api/ws" ? "protocol" : path.split("/")[1]!;
}

/** Takes the pictures of a page and gives the names of their files. */
async function shoot(browser: Browser, url: string, path: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name, theme, size } of SHOTS) {
    const context = await browser.newContext({ viewport: size, locale: "vi-VN" });
    const page = await context.newPage();
    // What charts ask for has come when the network is quiet; the socket does not count.
    await page.goto(`${url}${path}?lang=vi&theme=${theme}`, { waitUntil: "networkidle" });
    if (await page.locator("#connection").count() > 0) {
      await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
    }
    const session = await context.newCDPSession(page);
    const { data } = await session.send("Page.captureScreenshot", {
      format: "webp",
      quality: WEBP_QUALITY,
    });
    const file = `${nameOf(path)}-${name}.webp`;
    const bytes = Uint8Array.fromBase64(data);
    await Deno.writeFile(new URL(file, FOLDER), bytes);
    console.log(`${file}  ${Math.round(bytes.length / 1_000)} KB`);
    await context.close();
    files.push(file);
  }
  return files;
}

// The database has an account of its own.
await Deno.chmod(DATA_DIR, 0o755);
await Deno.mkdir(FOLDER, { recursive: true });
const written: string[] = [];
await withApp(ENV, async (app) => {
  await untilMorning(app);
  const browser = await launchBrowser();
  try {
    for (const path of PAGE_PATHS) written.push(...await shoot(browser, app.url, path));
  } finally {
    await browser.close();
  }
});
for (const { name } of Deno.readDirSync(FOLDER)) {
  if (!written.includes(name)) Deno.removeSync(new URL(name, FOLDER));
}
await Deno.remove(DATA_DIR, { recursive: true });
