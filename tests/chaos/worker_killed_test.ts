import assert from "node:assert/strict";
import { createDay } from "../../core/exchange/day.ts";
import { TestClient, until } from "../core/gateway/test_server.ts";
import { second, withService } from "../core/sim/support/with_service.ts";
import { withApp } from "../support/app.ts";
import { BoardClient } from "./support/board_client.ts";

const KILLS = 3;

Deno.test("However often the data worker is killed, clients say so, come back, and end with the server's view", async () => {
  await withService({ openDay: createDay }, async (service) => {
    const env = { SSI_BASE_URL: service.url, SSI_STREAM_URL: service.streamUrl };
    await withApp(env, async (app) => {
      const { hub, admission } = app.services;
      const isLive = () => hub.view().status.state === "live";
      const clients = [new BoardClient(app.url), new BoardClient(app.url)];
      const plain = new TestClient(new WebSocket(`${app.url.replace("http", "ws")}/ws/market`));
      await until(isLive, "the first data");
      await until(() => clients.every(({ states }) => states.at(-1) === "live"), "live clients");
      const epochs = [hub.view().epoch];
      for (let kill = 1; kill <= KILLS; kill++) {
        await service.stepTo(second("09:15:00") + 5 * kill);
        app.killWorker();
        assert.equal(hub.view().status.state, "stale", "the fault fired");
        await service.stepTo(second("09:15:00") + 5 * kill + 2);
        await until(() => !epochs.includes(hub.view().epoch) && isLive(), `return ${kill}`);
        // A status that is overtaken by the next one need not be told.
        await until(() => clients.every(({ states }) => states.at(-1) === "live"), "live clients");
        epochs.push(hub.view().epoch);
      }
      await service.stepTo(second("09:15:40"));
      const isEqual = () => clients.every((client) => client.equals(hub.view()));
      await until(() => isEqual() && isSettled(), "equal views");
      await until(() => {
        const data = plain.texts.map((text) => JSON.parse(text)).findLast((m) => "quotes" in m);
        const { seq, epoch } = hub.view();
        return data?.seq === seq && data.epoch === epoch && isEqual();
      }, "the plain client");
      for (const { states, violations, reconnects } of clients) {
        assert.deepEqual(violations, []);
        assert.equal(reconnects, 0, "the sockets outlived the worker");
        const changes = states.filter((state) => state === "stale" || state === "live");
        const told = changes.filter((state, at) => state !== changes[at - 1]);
        assert.equal(told.filter((state) => state === "stale").length, KILLS, states.join(" "));
        assert.equal(told.at(-1), "live");
      }
      assert.equal(hub.metrics().hub_bus_gaps_total, 0);
      assert.deepEqual(app.fatal, []);
      for (const client of clients) client.close();
      plain.socket.close();
      await plain.closed;
      await until(() => admission.open.links + hub.links === 0, "every socket to be gone");

      function isSettled(): boolean {
        const { journal_frames_total, recovered_frames_total, feed_frames_total } = hub
          .engineMetrics();
        return recovered_frames_total! > 0 && journal_frames_total === feed_frames_total;
      }
    });
  });
});
