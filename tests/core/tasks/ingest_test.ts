import assert from "node:assert/strict";
import { sumSides } from "../../../core/analytics/volume.ts";
import { createDay } from "../../../core/exchange/day.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { listCheckpoints } from "../../../core/feed/checkpoint_files.ts";
import type { EngineState } from "../../../core/engine/state.ts";
import { until } from "../sim/support/until.ts";
import { second, TEST_DATE, withService } from "../sim/support/with_service.ts";
import { end, reached, rig } from "./ingest_rig.ts";

function counted(engine: EngineState): Record<string, number> {
  return Object.fromEntries(
    [...engine.market.instruments.values()].map((
      { symbol, volumes },
    ) => [symbol, sumSides(volumes)]),
  );
}

Deno.test("A run that starts again finds the same state in its journal, and the next connection counts nothing twice (B-34, B-44)", async () => {
  const dir = await Deno.makeTempDir();
  await withService({ openDay: createDay }, async (service) => {
    const first = await rig(service, dir, "first");
    first.run.start();
    await reached(first, TEST_DATE, "09:14:48");
    service.stepTo(second("09:15:20"));
    await reached(first, TEST_DATE, "09:15:18");
    await end(first);
    const hash = stateHash(first.run.engine);
    const volumes = counted(first.run.engine);
    assert.ok(Object.values(volumes).some((volume) => volume > 0), "the opening auction traded");
    const { members, watch } = first.run.engine.reference;
    assert.equal(members.get("VN30")!.length, 30);
    assert.equal(watch.size, 34, "thirty members, one of them an extra symbol, and four futures");

    const again = await rig(service, dir, "again");
    await again.run.recover();
    assert.equal(stateHash(again.run.engine), hash);
    assert.equal(again.run.engine.market.tradingDate, TEST_DATE);
    assert.deepEqual(again.run.engine.reference, first.run.engine.reference);
    assert.ok(listCheckpoints(dir, TEST_DATE).length > 0, "a clean stop leaves a checkpoint");

    // The hub's cache brings the last message of every symbol once more.
    const { events } = again.run.engine.counters;
    const cached = again.run.engine.market.instruments.size;
    const wanted = events.trade + cached;
    again.run.start();
    await until(() => events.trade >= wanted, "the cached messages of the new connection");
    assert.deepEqual(counted(again.run.engine), volumes);
    service.stepTo(second("09:15:22"));
    await reached(again, TEST_DATE, "09:15:20");
    for (const instrument of again.run.engine.market.instruments.values()) {
      const { tape, totalVolume, symbol } = instrument;
      assert.equal(tape.counted + tape.missing, Math.max(tape.head, totalVolume ?? 0), symbol);
    }
    await end(again);
  });
  await Deno.remove(dir, { recursive: true });
});

Deno.test("The bus gets a snapshot with thirty members, four futures and the indices, then deltas of a rising seq", async () => {
  const dir = await Deno.makeTempDir();
  await withService({ openDay: createDay }, async (service) => {
    const one = await rig(service, dir, "epoch");
    one.run.start();
    await reached(one, TEST_DATE, "09:14:48");
    service.stepTo(second("09:15:10"));
    await reached(one, TEST_DATE, "09:15:08");
    await end(one);

    const snapshot = one.run.snapshot();
    assert.equal(snapshot.k, "snapshot");
    if (snapshot.k !== "snapshot") return;
    const rows = Object.fromEntries(
      [...snapshot.tables, ...snapshot.views].map((t) => [t.name, t.symbols.length]),
    );
    assert.deepEqual(
      { vn30: rows["board:vn30"], der: rows["board:der"], extra: rows["board:extra"] },
      { vn30: 30, der: 4, extra: 1 },
    );
    assert.ok(rows["index"]! >= 6);
    assert.equal(snapshot.status.provider, "sim");
    assert.equal(snapshot.status.membership, "feed");
    assert.equal(snapshot.status.tradingDate, TEST_DATE);

    let seq = 0;
    let epoch = "";
    for (const message of one.messages) {
      if (message.k !== "snapshot" && message.k !== "delta") continue;
      if (message.epoch === epoch) assert.ok(message.seq > seq, "seq only rises in an epoch");
      else assert.equal(message.k, "snapshot", "an epoch begins with a snapshot");
      epoch = message.epoch;
      seq = message.seq;
    }
    assert.ok(one.messages.some(({ k }) => k === "delta"));
  });
  await Deno.remove(dir, { recursive: true });
});
