import assert from "node:assert/strict";
import { until } from "../core/gateway/test_server.ts";
import { withApp } from "../support/app.ts";

Deno.test("A journal that is still held when the data worker restarts is waited for, it ends nothing", async () => {
  await withApp({ SIM_START: "10:00" }, async (app) => {
    const { hub } = app.services;
    await until(() => hub.view().status.state === "live", "the first data");
    const before = hub.view().epoch;
    app.killWorker();
    using lock = await Deno.open(`${app.dir}/sim/journal/lock`, { write: true });
    await until(() => lock.tryLockSync(true), "the lock of the ended worker");
    // Like a worker whose last write to a slow disk has not ended yet.
    const isRefused = () => hub.view().status.reason?.includes("another process") ?? false;
    await until(isRefused, "a restart that fails");
    assert.deepEqual(app.fatal, []);
    lock.unlockSync();
    await until(() => hub.view().epoch !== before && hub.view().status.state === "live", "data");
    assert.deepEqual(app.fatal, []);
    assert.ok(app.lines.some((line) => line.includes("worker_down")));
  });
});
