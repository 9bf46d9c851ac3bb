import assert from "node:assert/strict";
import { createLogger } from "../../../core/log.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import type { JournalRecord } from "../../../core/port/journal.ts";
import { recordedFacts } from "../../../core/sim/recorded_facts.ts";
import { type ReplayOptions, ReplayRunner } from "../../../core/sim/replay_runner.ts";
import { frame, tradeRecord } from "../../support/ssi_frames.ts";
import { until } from "./support/until.ts";
import { second, TEST_DATE } from "./support/with_service.ts";

const position = { segment: 1, offset: 0, recordBytes: 0, checksum: 0 };
const facts = recordedFacts({ date: TEST_DATE, instruments: [], indices: [] });

/** A record of a receive time, ms; the frame holds its number. */
function record(receivedMs: number, frame = `{"C":"${receivedMs}","M":[]}`): JournalRecord {
  return { receivedMs, frame, position };
}

/** Who listens to a replay; it fails when something is sent that it cannot take. */
class Listener {
  hasListener = true;
  isCongested = false;
  readonly texts: string[] = [];
  readonly sentMs: number[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  congested(): boolean {
    return this.isCongested;
  }

  relay(text: string): void {
    assert.ok(this.hasListener && !this.isCongested);
    this.texts.push(text);
    this.sentMs.push(this.#nowMs());
  }
}

/** A replay of some records by a clock that only the test moves, run to its stop. */
async function replaying(
  records: readonly JournalRecord[],
  options: Partial<ReplayOptions>,
  act: (parts: {
    readonly sink: Listener;
    readonly runner: ReplayRunner;
    readonly events: string[];
    readonly moveTo: (ms: number) => void;
  }) => Promise<void>,
): Promise<void> {
  let nowMs = 0;
  const clock = { nowMs: () => nowMs };
  const sink = new Listener(clock.nowMs);
  const events: string[] = [];
  const write = (line: string) => events.push(JSON.parse(line).event);
  const log = createLogger({ level: "debug", nowMs: clock.nowMs, write });
  const read = (async function* () {
    yield* records;
  })();
  const runner = new ReplayRunner({
    ...{ facts, records: read, speed: "max", seekMs: null, clock, sink, log },
    ...options,
  });
  const running = runner.run();
  try {
    await act({ sink, runner, events, moveTo: (ms) => nowMs = ms });
  } finally {
    runner.stop();
    await running;
  }
}

Deno.test("Each frame of a replay is sent when its time has come, by the speed", () =>
  replaying(
    [record(5_000), record(15_000), record(15_000), record(25_000)],
    { speed: 1_000 },
    async ({ sink, moveTo }) => {
      await until(() => sink.texts.length === 1, "the first frame");
      moveTo(9);
      moveTo(10);
      await until(() => sink.texts.length === 3, "the two of ten seconds later");
      moveTo(20);
      await until(() => sink.texts.length === 4, "the last frame");
      assert.deepEqual(sink.sentMs, [0, 10, 10, 20]);
    },
  ));

Deno.test("A frame with an earlier time than the one before it does not hold up a replay", () =>
  replaying([record(5_000), record(1_000)], { speed: 1 }, async ({ sink }) => {
    await until(() => sink.texts.length === 2, "both frames");
  }));

Deno.test("A replay sends nothing while nobody listens or a socket is full, and loses nothing", () =>
  replaying([1, 2, 3, 4, 5].map((n) => record(n)), {}, async ({ sink, runner }) => {
    const { relay } = sink;
    sink.relay = (text) => {
      relay.call(sink, text);
      if (sink.texts.length === 2) sink.hasListener = false;
      if (sink.texts.length === 4) sink.isCongested = true;
    };
    await until(() => sink.texts.length === 2, "two frames");
    sink.hasListener = true;
    await until(() => sink.texts.length === 4, "two more frames");
    sink.isCongested = false;
    await until(() => runner.stats().state === "ended", "the end");
    assert.deepEqual(sink.texts.map((text) => JSON.parse(text).C), ["1", "2", "3", "4", "5"]);
  }));

Deno.test("A seek sends all before its exchange time at once, and paces from there on", () => {
  const at = (n: number, time: string) =>
    record(n * 3_600_000, frame(tradeRecord({ TradingDate: "20/11/2026", Time: time })));
  const records = [at(0, "09:30:00"), at(1, "10:14:59"), at(2, "10:15:00"), at(3, "10:15:01")];
  const seekMs = vnInstantMs(TEST_DATE, second("10:15:00"));
  return replaying([...records, at(4, "10:15:02")], { speed: 1, seekMs }, async (parts) => {
    const { sink, runner, events } = parts;
    await until(() => sink.texts.length === 4, "the frames up to the seek, and the next");
    assert.deepEqual(sink.texts, records.map(({ frame }) => frame));
    assert.equal(runner.stats().state, "running");
    assert.deepEqual(events, ["replay_seek_reached"]);
  });
});

Deno.test("The end of a recording is told, and the replay stays until it is stopped", () =>
  replaying([record(1), record(2, "{}")], { seekMs: 1e15 }, async ({ runner, events }) => {
    await until(() => runner.stats().state === "ended", "the end");
    const { relayed, withheld } = runner.stats();
    assert.deepEqual([relayed, withheld], [1, 1]);
    assert.deepEqual(events, ["replay_seek_missed", "replay_ended"]);
  }));
