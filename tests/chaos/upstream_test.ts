import assert from "node:assert/strict";
import { createDay } from "../../core/exchange/day.ts";
import type { SimService } from "../../core/sim/service.ts";
import { until } from "../core/gateway/test_server.ts";
import { second, withService } from "../core/sim/support/with_service.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { until as untilGiven } from "../support/program.ts";
import { BoardClient } from "./support/board_client.ts";

/** An application and a client of it on a market that stands at the opening auction. */
async function withBoard(
  act: (world: { app: TestApp; service: SimService; client: BoardClient }) => Promise<void>,
): Promise<void> {
  await withService({ openDay: createDay }, async (service) => {
    const env = { SSI_BASE_URL: service.url, SSI_STREAM_URL: service.streamUrl };
    await withApp(env, async (app) => {
      const client = new BoardClient(app.url);
      await service.stepTo(second("09:15:10"));
      await until(() => client.states.at(-1) === "live", "a live client");
      await act({ app, service, client });
      assert.deepEqual(client.violations, []);
      const { recovered_frames_total } = app.services.hub.engineMetrics();
      assert.equal(recovered_frames_total, 0, "the engine was never started again");
      client.close();
      await until(() => app.services.hub.links === 0, "the socket to be gone");
    });
  });
}

Deno.test("When the service cuts every socket the board says so, and catches up when it is back (F-020, F-021, F-022)", async () => {
  await withBoard(async ({ app, service, client }) => {
    const { hub } = app.services;
    service.dropSockets();
    await until(() => service.stats().connected === 0, "the fault to fire");
    await until(() => client.states.at(-1) !== "live", "word of the loss");
    await service.stepTo(second("09:15:20"));
    await until(() => client.states.at(-1) === "live", "the way back");
    await service.stepTo(second("09:15:25"));
    await until(() => client.equals(hub.view()), "equal views");
    assert.equal(hub.engineMetrics().trade_conflict_total, 0);
  });
});

Deno.test("A service that stays connected and silent is called stale within its time, and live again after", async () => {
  await withBoard(async ({ app, service, client }) => {
    service.mute("data");
    await service.stepTo(second("09:15:20"));
    // Ten seconds of silence and one look at the clock; the connection itself stays.
    await untilSlow("word of the silence", () => client.states.at(-1) === "stale");
    assert.match(app.services.hub.view().status.reason!, /no market data/);
    assert.equal(service.stats().connected, 1, "the fault is silence, not a loss");
    service.mute("off");
    // What the service sends on a new subscription is old, so it proves nothing; trading does.
    let at = second("09:15:20");
    await untilSlow("the way back", async () => {
      await service.stepTo(++at);
      return client.states.at(-1) === "live";
    });
    await untilSlow("equal views", () => client.equals(app.services.hub.view()));
  });
});

async function untilSlow(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  await untilGiven(what, async () => await isTrue() || null);
}
