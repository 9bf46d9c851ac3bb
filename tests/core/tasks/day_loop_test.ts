import assert from "node:assert/strict";
import { createDay } from "../../../core/exchange/day.ts";
import { listCheckpoints } from "../../../core/feed/checkpoint_files.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { until } from "../sim/support/until.ts";
import { second, TEST_DATE, withService } from "../sim/support/with_service.ts";
import { end, reached, rig } from "./ingest_rig.ts";

const MONDAY = "2026-11-23";
Deno.test("The day after a simulated one replaces it on the board and in the journal, which rebuilds it to the same hash", async () => {
  const dir = await Deno.makeTempDir();
  const start = { secondOfDay: second("15:04:50") };
  await withService({ openDay: createDay, speed: "max", start }, async (service) => {
    const live = await rig(service, dir, "live");
    live.run.start();
    await reached(live, TEST_DATE, "15:00:00");
    const fptVolume = () => live.run.engine.market.instruments.get("FPT")?.totalVolume ?? 0;
    await until(() => fptVolume() > 0, "the cached trade of FPT");
    const traded = fptVolume();
    service.resume();
    await until(() => service.date() === MONDAY && service.stats().state === "running", "Monday");
    service.pause();
    await service.stepTo(second("09:15:30"));
    await reached(live, MONDAY, "09:15:28");
    await end(live);
    assert.equal(service.stats().connects, 1, "one connection lives through both days");
    const fpt = live.run.engine.market.instruments.get("FPT")!;
    assert.ok(fpt.totalVolume! > 0 && fpt.totalVolume! < traded);
    assert.equal(fpt.tape.missing, 0, "FPT had not traded when Monday came into sight");

    // By its checkpoint, and by its journal alone.
    for (const epoch of ["again", "alone"]) {
      const again = await rig(service, dir, epoch);
      assert.deepEqual(await again.journal.dates(), [MONDAY]);
      await again.run.recover();
      assert.equal(stateHash(again.run.engine), stateHash(live.run.engine));
      assert.deepEqual(again.run.engine.reference, live.run.engine.reference);
      assert.ok(again.run.engine.reference.members.has("VN30"));
      await end(again);
      for (const { path } of listCheckpoints(dir, MONDAY)) await Deno.remove(path);
    }
  });
  await Deno.remove(dir, { recursive: true });
});
