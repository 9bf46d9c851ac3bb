import assert from "node:assert/strict";
import { vnSecondOfDay } from "../../core/market/time.ts";
import { until } from "../core/gateway/test_server.ts";
import { second } from "../core/sim/support/with_service.ts";
import { withApp } from "../support/app.ts";

Deno.test("When our simulated exchange dies, the board follows the market that begins anew and keeps nothing of the old one", async () => {
  const env = { SIM_SPEED: "10", SIM_START: "13:30" };
  await withApp(env, async (app) => {
    const { hub } = app.services;
    const marketSecond = () => vnSecondOfDay(hub.view().asOfMs ?? 0);
    const volume = () =>
      hub.view().rows("board:vn30").reduce((sum, { vol }) => sum + Number(vol ?? 0), 0);
    await until(() => marketSecond() > second("13:31:20"), "a minute of market");
    const volumeBefore = volume();
    const { epoch } = hub.view();

    app.killSim();
    await until(() => hub.view().epoch !== epoch && volume() > 0, "the new market");
    assert.ok(marketSecond() < second("13:31:20"), "the clock of the market went back");
    assert.ok(volume() < volumeBefore, "what the old market traded is gone");
    assert.equal(hub.engineMetrics().recovered_frames_total, 0);
    const volumeAnew = volume();
    await until(() => hub.view().status.state === "live" && volume() > volumeAnew, "trades");
    assert.deepEqual(app.fatal, []);
  });
});
