import assert from "node:assert/strict";
import { withApp } from "../support/app.ts";
import { browserTest, waitInPage } from "../support/browser.ts";

browserTest(
  "board page - where sockets are refused it polls and says so, and goes back to one socket (F-247, F-248, F-250)",
  async (browser) => {
    await withApp({ SIM_START: "10:00" }, async ({ url }) => {
      const context = await browser.newContext({ locale: "vi-VN" });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => errors.push(message.text()));
      // The shortest waits between tries.
      await page.addInitScript("Math.random = () => 0");
      let [isRefused, sockets, polls] = [true, 0, 0];
      const frames: string[] = [];
      await page.routeWebSocket(/\/ws$/, (socket) => {
        if (isRefused) return void socket.close({ code: 1013 });
        sockets++;
        socket.connectToServer().onMessage((text) => {
          frames.push(String(text));
          socket.send(text);
        });
      });
      page.on("request", (request) => polls += request.url().includes("/api/channels?") ? 1 : 0);
      await page.goto(url);
      await waitInPage(page, "the page polls", "connection.dataset.state === 'polling'");
      await waitInPage(page, "it is announced", "notices.textContent.includes('WebSocket')");
      await waitInPage(page, "a cell flashes", "document.querySelector('#board [data-flash]')");
      isRefused = false;
      await waitInPage(page, "the dot is live", "connection.dataset.state === 'live'");
      await waitInPage(page, "the notice is gone", "!notices.textContent.includes('WebSocket')");
      assert.ok(polls > 0);
      assert.equal(sockets, 1);
      assert.ok(!frames.some((text) => text.includes('"k":"s"')), "a snapshot came again");
      assert.deepEqual(errors, []);
      await context.close();
    });
  },
);
