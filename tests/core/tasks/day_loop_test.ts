import assert from "node:assert/strict";
import { createDay } from "../../../core/exchange/day.ts";
import { stateHash } from "../../../core/engine/hash.ts";
import { openJournal, SEGMENT_BYTES } from "../../../core/feed/journal.ts";
import { createLogger } from "../../../core/log.ts";
import { vnSecondOfDay } from "../../../core/market/time.ts";
import type { BusMessage } from "../../../core/port/bus.ts";
import type { SimService } from "../../../core/sim/service.ts";
import { IngestRun } from "../../../core/tasks/ingest.ts";
import { until } from "../sim/support/until.ts";
import { second, TEST_DATE, withService } from "../sim/support/with_service.ts";

const MONDAY = "2026-11-23";
const clock = { nowMs: () => Date.now() };

async function runOver(service: SimService, dir: string) {
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
    extraSymbols: [],
  }, {
    bus: { dropped: 0, publish: (message) => messages.push(message) },
    journal,
    clock,
    random: Math.random,
    newEpoch: () => `epoch-${epochs++}`,
    log: createLogger({ level: "error", nowMs: clock.nowMs, write: () => {} }),
  });
  const reached = (date: string, time: string) =>
    until(() => {
      const { asOfMs, tradingDate } = run.engine.market;
      return tradingDate === date && asOfMs !== null && vnSecondOfDay(asOfMs) >= second(time);
    }, `${date} ${time}`);
  return { run, journal, messages, reached };
}

Deno.test("The day after a simulated one replaces it on the board and in the journal, which rebuilds it to the same hash", async () => {
  const dir = await Deno.makeTempDir();
  const start = { secondOfDay: second("15:04:50") };
  await withService({ openDay: createDay, speed: "max", start }, async (service) => {
    const live = await runOver(service, dir);
    live.run.start();
    await live.reached(TEST_DATE, "15:00:00");
    const fptVolume = () => live.run.engine.market.instruments.get("FPT")?.totalVolume ?? 0;
    await until(() => fptVolume() > 0, "the cached trade of FPT");
    const traded = fptVolume();
    service.resume();
    await until(() => service.date() === MONDAY && service.stats().state === "running", "Monday");
    service.pause();
    await service.stepTo(second("09:15:30"));
    await live.reached(MONDAY, "09:15:28");
    await live.run.stop();
    await live.journal.close();
    assert.equal(service.stats().connects, 1, "one connection lives through both days");
    const fpt = live.run.engine.market.instruments.get("FPT")!;
    assert.ok(fpt.totalVolume! > 0 && fpt.totalVolume! < traded);
    assert.equal(fpt.tape.missing, 0, "FPT had not traded when Monday came into sight");

    const again = await runOver(service, dir);
    assert.deepEqual(await again.journal.dates(), [MONDAY]);
    await again.run.recover();
    assert.equal(stateHash(again.run.engine), stateHash(live.run.engine));
    await again.run.stop();
    await again.journal.close();
  });
  await Deno.remove(dir, { recursive: true });
});
