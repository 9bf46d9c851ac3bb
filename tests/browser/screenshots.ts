/**
 * Pictures of every page on simulated data, into docs/screenshots: each on a screen in the dark and
 * on a phone in the light. They are written anew, so that no picture outlives its page.
 */
import type { Browser } from "playwright-core";
import { withApp } from "../support/app.ts";
import { launchBrowser } from "../support/browser.ts";
import { PAGE_PATHS } from "../support/page_paths.ts";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url);
const ENV = { SIM_START: "10:30" };
/** Fine enough for figures of 12 px, and half the size of a PNG. */
const WEBP_QUALITY = 50;

const SHOTS = [
  { name: "wide-dark", theme: "dark", size: { width: 1_440, height: 900 } },
  { name: "phone-light", theme: "light", size: { width: 390, height: 844 } },
] as const;

/** The name of a page's pictures: `board`, `stock`, `foreign`. */
function nameOf(path: string): string {
  return path === "/" ? "board" : path === "/api/ws" ? "protocol" : path.split("/")[1]!;
}

async function shoot(browser: Browser, url: string, path: string): Promise<void> {
  for (const { name, theme, size } of SHOTS) {
    const context = await browser.newContext({ viewport: size, locale: "vi-VN" });
    const page = await context.newPage();
    // What charts ask for has come when the network is quiet; the socket does not count.
    await page.goto(`${url}${path}?lang=vi&theme=${theme}`, { waitUntil: "networkidle" });
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
  }
}

await Deno.mkdir(FOLDER, { recursive: true });
for (const { name } of Deno.readDirSync(FOLDER)) Deno.removeSync(new URL(name, FOLDER));
await withApp(ENV, async ({ url }) => {
  const browser = await launchBrowser();
  try {
    for (const path of PAGE_PATHS) await shoot(browser, url, path);
  } finally {
    await browser.close();
  }
});
