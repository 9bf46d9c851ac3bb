import assert from "node:assert/strict";
import { withApp } from "../support/app.ts";
import { browserTest } from "../support/browser.ts";

browserTest(
  "pages for programmers - nothing is wider than a phone or a screen, and no policy is broken",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      for (
        const [path, width, theme] of [
          ["/api/ws", 390, "dark"],
          ["/api/ws", 1_440, "light"],
          ["/api", 390, "light"],
          ["/api", 1_440, "dark"],
        ] as const
      ) {
        const context = await browser.newContext({ viewport: { width, height: 900 } });
        const page = await context.newPage();
        const errors: string[] = [];
        page.on("console", (message) => errors.push(message.text()));
        page.on("pageerror", (error) => errors.push(error.message));
        await page.goto(`${url}${path}?theme=${theme}`);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
        // Commands on them give numbers of this market.
        assert.match(await page.locator(".ribbon").innerText(), /SIMULATED/);
        const font = "getComputedStyle(document.querySelector('pre code')).fontFamily";
        assert.match(await page.evaluate(font), /monospace$/);
        const background = "getComputedStyle(document.body).backgroundColor";
        const color = theme === "dark" ? "rgb(11, 15, 20)" : "rgb(255, 255, 255)";
        assert.equal(await page.evaluate(background), color);
        assert.deepEqual(errors, []);
        await context.close();
      }
    });
  },
);
