import assert from "node:assert/strict";
import { browserTest, waitInPage } from "../support/browser.ts";
import { withApp } from "../support/app.ts";
import { until as started } from "../support/program.ts";
import { until } from "../core/gateway/test_server.ts";

browserTest(
  "gateways - the page connects to one by the address it was told, and reads deflated frames",
  async (browser) => {
    const env = { WS_GATEWAYS: "1", WS_PORT: "0", SIM_START: "10:00" };
    await withApp(env, async (app) => {
      const figure = (name: string) => app.services.metrics()[name] ?? 0;
      await started("the gateway", () => Promise.resolve(figure("gateways_up") === 1 || null));
      const context = await browser.newContext();
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      const addresses: string[] = [];
      page.on("websocket", (socket) => addresses.push(socket.url()));
      await page.goto(app.url);
      await until(() => figure("gateway_deflated") === 1, "a socket that inflates");
      const before = await page.evaluate("document.querySelector('#board').textContent");
      const isMoved = `document.querySelector('#board').textContent !== ${JSON.stringify(before)}`;
      await waitInPage(page, "a number that moves", isMoved);
      const { port } = app.services.config.wsPlace;
      assert.deepEqual(addresses, [`ws://127.0.0.1:${port}/ws`]);
      assert.deepEqual(errors, []);
      await context.close();
    });
  },
);
