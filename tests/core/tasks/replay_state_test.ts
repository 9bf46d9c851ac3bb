import assert from "node:assert/strict";
import { sumSides } from "../../../core/analytics/volume.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import type { EngineState } from "../../../core/engine/state.ts";
import { createDay } from "../../../core/exchange/day.ts";
import type { SimDay, SimDayOptions } from "../../../core/exchange/types.ts";
import { readDay } from "../../../core/feed/journal_reader.ts";
import type { JournalRecord } from "../../../core/port/journal.ts";
import { createLogger } from "../../../core/log.ts";
import { recordedFacts } from "../../../core/sim/recorded_facts.ts";
import { startReplayService } from "../../../core/sim/replay_service.ts";
import { readRecordedDay } from "../../../core/tasks/recorded_day.ts";
import { tinyDay } from "../sim/support/tiny_day.ts";
import { until } from "../sim/support/until.ts";
import { second, TEST_DATE, withService } from "../sim/support/with_service.ts";
import { end, reached, type Rig, rig } from "./ingest_rig.ts";

const clock = { nowMs: () => Date.now() };
const log = createLogger({ level: "error", nowMs: clock.nowMs, write: () => {} });
const intact = () => assert.fail("The journal is damaged");

/** What a market came to, symbol by symbol. */
function figures({ market }: EngineState) {
  return {
    asOfMs: market.asOfMs,
    instruments: [...market.instruments.values()]
      .map(({ symbol, tape, volumes, totalVolume, candles, watch }) => ({
        ...{ symbol, tape, totalVolume, candles, watch },
        counted: sumSides(volumes),
      }))
      .toSorted((a, b) => a.symbol < b.symbol ? -1 : 1),
    alerts: market.alerts,
    logs: market.logs,
    indices: market.indices,
    basis: market.basis,
    flows: market.flows,
  };
}

interface Market {
  readonly openDay: (options: SimDayOptions) => SimDay;
  /** When the connection breaks, and the end. */
  readonly dropAt: string;
  readonly until: string;
  /** Exchange times that are certainly heard of at these. */
  readonly heard: readonly [string, string];
}

/** Records a stretch of a market, with a broken connection in it; the folder holds the journal. */
async function record(dir: string, market: Market): Promise<EngineState> {
  let engine: EngineState | null = null;
  await withService({ openDay: market.openDay }, async (service) => {
    const live = await rig(service, dir, "live");
    live.run.start();
    await until(() => live.run.engine.reference.shares.size > 0, "the listed shares");
    await service.stepTo(second(market.dropAt));
    await reached(live, TEST_DATE, market.heard[0]);
    const { events } = live.run.engine.counters;
    service.dropSockets();
    await until(() => events.connected === 2, "the second connection");
    await until(() => live.run.engine.market.seen.size > 0, "its cached messages");
    await service.stepTo(second(market.until));
    await reached(live, TEST_DATE, market.heard[1]);
    await end(live);
    engine = live.run.engine;
  });
  return engine!;
}

/** The records of a folder once `start` is there. */
async function* recordsAfter(start: Promise<void>, dir: string): AsyncGenerator<JournalRecord> {
  await start;
  yield* readDay(dir, TEST_DATE, { onDamage: intact });
}

/** Replays what a folder holds at full speed into a fresh run. */
async function replay(dir: string, act: (run: Rig["run"]) => void): Promise<void> {
  const other = await Deno.makeTempDir();
  const day = await readRecordedDay(dir, TEST_DATE, intact);
  assert.ok(day.records > 0 && day.firstMs > 0 && day.lastMs >= day.firstMs);
  const start = Promise.withResolvers<void>();
  const server = await startReplayService({
    port: 0,
    facts: recordedFacts(day.listing),
    records: recordsAfter(start.promise, dir),
    speed: "max",
    seekMs: null,
    clock,
    log,
  });
  const again = await rig({ url: server.url, streamUrl: server.url }, other, "again");
  try {
    again.run.start();
    // As in the recording: an auction is valued by the shares, which come over REST on their own time.
    await until(() => again.run.engine.reference.shares.size > 0, "the listed shares");
    start.resolve();
    await until(() => server.source.stats().state === "ended", "the end of the recording");
    const { relayed, withheld } = server.source.stats();
    assert.equal(relayed + withheld, day.records, "each record was sent or is not for the wire");
    await server.close();
    await until(() => again.journal.stats().frames >= relayed, "the last frame");
    act(again.run);
  } finally {
    await end(again);
    await server.close();
    await Deno.remove(other, { recursive: true });
  }
}

const MARKETS: Readonly<Record<string, Market>> = {
  tiny: {
    openDay: tinyDay,
    dropAt: "09:20:00",
    until: "09:30:00",
    heard: ["09:20:00", "09:30:00"],
  },
  whole: {
    openDay: createDay,
    dropAt: "09:15:20",
    until: "09:16:30",
    heard: ["09:15:18", "09:16:28"],
  },
};

for (const [name, market] of Object.entries(MARKETS)) {
  Deno.test(`The recording of a ${name} market, with a broken connection in it, replays to the same state`, async () => {
    const dir = await Deno.makeTempDir();
    try {
      const engine = await record(dir, market);
      await replay(dir, (run) => {
        assert.deepEqual(figures(run.engine), figures(engine));
        assert.equal(stateHash(run.engine), stateHash(engine));
        assert.equal(run.engine.counters.events.connected, 3, "ours, and the two of the recording");
      });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}
