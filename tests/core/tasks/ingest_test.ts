import assert from "node:assert/strict";
import { sumSides } from "../../../core/analytics/volume.ts";
import { createDay } from "../../../core/exchange/day.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import type { EngineState } from "../../../core/engine/state.ts";
import { type FileJournal, openJournal, SEGMENT_BYTES } from "../../../core/feed/journal.ts";
import { createLogger } from "../../../core/log.ts";
import type { BusMessage } from "../../../core/port/bus.ts";
import type { SimService } from "../../../core/sim/service.ts";
import { IngestRun } from "../../../core/tasks/ingest.ts";
import { until } from "../sim/support/until.ts";
import { second, TEST_DATE, withService } from "../sim/support/with_service.ts";

const clock = { nowMs: () => Date.now() };

interface Rig {
  readonly run: IngestRun;
  readonly journal: FileJournal;
  readonly messages: BusMessage[];
}

/** The engine side as the worker wires it, over a journal folder and a running service. */
async function rig(service: SimService, dir: string, epoch: string): Promise<Rig> {
  const journal = await openJournal({
    dir,
    maxBytes: 4 * SEGMENT_BYTES,
    segmentBytes: SEGMENT_BYTES,
    keepDates: 1,
    clock,
    log: () => {},
  });
  const messages: BusMessage[] = [];
  let epochs = 0;
  const run = new IngestRun({
    provider: "sim",
    baseUrl: service.url,
    streamUrl: service.streamUrl,
    consumerId: "demo",
    consumerSecret: "demo",
    classifier: "feed",
    futuresOverride: [],
    extraSymbols: ["ACB"],
  }, {
    bus: { dropped: 0, publish: (message) => messages.push(message) },
    journal,
    clock,
    random: Math.random,
    newEpoch: () => `${epoch}-${epochs++}`,
    log: createLogger({ level: "error", nowMs: clock.nowMs, write: () => {} }),
  });
  return { run, journal, messages };
}

async function end({ run, journal }: Rig): Promise<void> {
  await run.stop();
  await journal.close();
}

/** Resolves when the engine has the exchange time that the paused service stands at. */
async function caughtUp({ run }: Rig, time: string): Promise<void> {
  const wantedS = second(time) - 2;
  await until(() => {
    const { asOfMs } = run.engine.market;
    return asOfMs !== null && (asOfMs / 1000 + 7 * 3600) % 86_400 >= wantedS;
  }, `frames up to ${time}`);
}

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
    await caughtUp(first, "09:14:50");
    service.stepTo(second("09:15:20"));
    await caughtUp(first, "09:15:20");
    await end(first);
    const hash = stateHash(first.run.engine);
    const volumes = counted(first.run.engine);
    assert.ok(Object.values(volumes).some((volume) => volume > 0), "the opening auction traded");

    const again = await rig(service, dir, "again");
    await again.run.recover();
    assert.equal(stateHash(again.run.engine), hash);
    assert.equal(again.run.engine.market.tradingDate, TEST_DATE);

    // The hub's cache brings the last message of every symbol once more.
    const { events } = again.run.engine.counters;
    const cached = again.run.engine.market.instruments.size;
    const wanted = events.trade + cached;
    again.run.start();
    await until(() => events.trade >= wanted, "the cached messages of the new connection");
    assert.deepEqual(counted(again.run.engine), volumes);
    service.stepTo(second("09:15:22"));
    await caughtUp(again, "09:15:22");
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
    await caughtUp(one, "09:14:50");
    service.stepTo(second("09:15:10"));
    await caughtUp(one, "09:15:10");
    await end(one);

    const snapshot = one.run.snapshot();
    assert.equal(snapshot.k, "snapshot");
    if (snapshot.k !== "snapshot") return;
    const rows = Object.fromEntries(snapshot.tables.map((t) => [t.name, t.symbols.length]));
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
