import assert from "node:assert/strict";
import { createDay } from "../../core/exchange/day.ts";
import { until } from "../core/gateway/test_server.ts";
import { second, withService } from "../core/sim/support/with_service.ts";
import { withApp } from "../support/app.ts";
import { until as started } from "../support/program.ts";
import { BoardClient } from "./support/board_client.ts";

const KILLS = 2;
const CLIENTS = 6;

Deno.test("When a gateway dies (F23, F-153) its clients come back, places are free, and feed and pages notice nothing", async () => {
  await withService({ openDay: createDay }, async (service) => {
    const env = {
      SSI_BASE_URL: service.url,
      SSI_STREAM_URL: service.streamUrl,
      WS_GATEWAYS: "2",
      WS_PORT: "0",
      WS_MAX_CONNECTIONS_PER_IP: "100",
    };
    await withApp(env, async (app) => {
      const { hub, admission, config } = app.services;
      const figure = (name: string) => app.services.metrics()[name] ?? 0;
      const url = `http://127.0.0.1:${config.wsPlace.port}`;
      await started("both gateways", () => Promise.resolve(figure("gateways_up") === 2 || null));
      await until(() => hub.view().status.state === "live", "the first data");
      const clients = Array.from({ length: CLIENTS }, () => new BoardClient(url));
      const beside = new BoardClient(app.url);
      const all = [...clients, beside];
      await until(() => all.every(({ states }) => states.at(-1) === "live"), "live clients");
      assert.equal(figure("gateway_leases"), CLIENTS);
      const { epoch } = hub.view();
      for (let kill = 1; kill <= KILLS; kill++) {
        await service.stepTo(second("09:15:00") + 5 * kill);
        const held = figure("gateway_leases");
        app.killGateway(kill % 2);
        assert.equal(figure("gateways_up"), 1, "the fault fired");
        assert.ok(figure("gateway_leases") <= held);
        await service.stepTo(second("09:15:00") + 5 * kill + 2);
        await until(() => figure("gateways_up") === 2, `return ${kill}`);
        await until(() => figure("gateway_leases") === CLIENTS, "every client to be back");
      }
      assert.equal(figure("gateway_restarts_total"), KILLS);
      await service.stepTo(second("09:15:40"));
      await until(() => {
        const isRead = figure("journal_frames_total") === figure("feed_frames_total");
        return isRead && all.every((client) => client.equals(hub.view()));
      }, "equal views");
      for (const { violations } of all) assert.deepEqual(violations, []);
      assert.ok(clients.some(({ reconnects }) => reconnects > 0), "somebody was cut off");
      assert.equal(beside.reconnects, 0, "sockets beside the pages outlived it");
      assert.equal(hub.view().epoch, epoch, "the engine side went on");
      assert.deepEqual([figure("feed_attempts_total"), app.fatal], [1, []]);
      for (const client of all) client.close();
      await until(() => admission.open.links === 0, "every place to be free");
    });
  });
});
