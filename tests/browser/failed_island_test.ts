import assert from "node:assert/strict";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage, waitLive } from "../support/browser.ts";

/** From now on the island of the symbol page cannot write a number. */
const BREAK = `(() => {
  Error.stackTraceLimit = 50;
  const whole = String.prototype.padStart;
  String.prototype.padStart = function (...given) {
    if (new Error().stack.includes("live_symbol")) throw new Error("broken on purpose");
    return whole.apply(this, given);
  };
})()`;

browserTest(
  "an island that fails says so in its own place, is reported, and the rest goes on (U-38)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      await page.goto(`${url}/stock/FPT?lang=en`);
      await waitLive(page);
      await page.evaluate(BREAK);
      await waitInPage(page, "the notice", "document.querySelector('main [role=alert].bad')");
      assert.match(
        await page.locator("main [role=alert].bad").innerText(),
        /^This part failed and has stopped/,
      );
      assert.ok(errors.length > 0 && errors.every((message) => message === "broken on purpose"));
      const clock = `document.querySelector(".as-of")`;
      await page.evaluate(`window.before = ${clock}.textContent`);
      await waitInPage(page, "the shell goes on", `${clock}.textContent !== window.before`);
      await page.close();
    });
  },
);
