import assert from "node:assert/strict";
import { type SimService, startSimService } from "../../../core/sim/service.ts";
import { RawClient, tokenOf } from "./support/raw_client.ts";
import { tinyDay } from "./support/tiny_day.ts";
import { until } from "./support/until.ts";
import { second, TEST_DATE, withService } from "./support/with_service.ts";

/** An instant of the test's trading day by Viet Nam's wall clock. */
function instantMs(time: string, date = TEST_DATE): number {
  return Date.parse(`${date}T${time}+07:00`);
}

/** Waits until the market has done everything that is due. */
async function settled(sim: SimService, timeOfDay: string): Promise<void> {
  await until(() => sim.stats().timeOfDayMs >= second(timeOfDay) * 1000, timeOfDay);
}

Deno.test("At speed 60 the market follows the clock to the step, however it jumps", () => {
  let nowMs = instantMs("20:00:00");
  const options = { speed: 60, paused: false, clock: { nowMs: () => nowMs } } as const;
  return withService(options, async (sim) => {
    assert.equal(sim.stats().timeOfDayMs, second("09:14:50") * 1000);
    for (
      const [jumpMs, time] of [[500, "09:15:20"], [7, "09:15:20"], [9_493, "09:24:50"]] as const
    ) {
      nowMs += jumpMs;
      await settled(sim, time);
    }
    assert.equal(sim.stats().timeOfDayMs, second("09:24:50") * 1000);
    assert.ok(sim.stats().lagMaxMs >= 9_000);
  });
});

Deno.test("A clock that leaps like a machine that slept is not caught up with", () => {
  let nowMs = instantMs("20:00:00");
  const options = { speed: 60, paused: false, clock: { nowMs: () => nowMs } } as const;
  return withService(options, async (sim) => {
    nowMs += 3_600_000;
    await until(() => sim.stats().lagResets === 1, "lag reset");
    assert.equal(sim.stats().timeOfDayMs, second("09:14:50") * 1000);
    nowMs += 1_000;
    await settled(sim, "09:15:50");
  });
});

Deno.test("A minute into the break a market that loops goes on to the afternoon, at its pace", () => {
  let nowMs = instantMs("20:00:00");
  const start = { secondOfDay: second("11:30:50") };
  const options = { speed: 60, start, paused: false, clock: { nowMs: () => nowMs } } as const;
  return withService(options, async (sim) => {
    nowMs += 100;
    await settled(sim, "11:30:56");
    assert.equal(sim.stats().timeOfDayMs, second("11:30:56") * 1000);
    nowMs += 100;
    await settled(sim, "13:00:00");
    assert.equal(sim.stats().timeOfDayMs, second("13:00:00") * 1000);
    nowMs += 1_000;
    await settled(sim, "13:01:00");
    assert.equal(sim.stats().timeOfDayMs, second("13:01:00") * 1000);
    assert.equal(sim.stats().lagResets, 0);
  });
});

Deno.test("A market that does not loop keeps its whole break", () => {
  let nowMs = instantMs("20:00:00");
  const start = { secondOfDay: second("11:30:50") };
  const options = { speed: 60, start, paused: false, loop: false, clock: { nowMs: () => nowMs } };
  return withService({ ...options, speed: 60 }, async (sim) => {
    nowMs += 1_000;
    await settled(sim, "11:31:50");
    assert.equal(sim.stats().timeOfDayMs, second("11:31:50") * 1000);
  });
});

Deno.test("A market that is told to start in the break shows the rest of it", () => {
  let nowMs = instantMs("20:00:00");
  const start = { secondOfDay: second("12:00:00") };
  const options = { speed: 60, start, paused: false, clock: { nowMs: () => nowMs } } as const;
  return withService(options, async (sim) => {
    nowMs += 1_000;
    await settled(sim, "12:01:00");
    assert.equal(sim.stats().timeOfDayMs, second("12:01:00") * 1000);
  });
});

Deno.test("A paused market stands still and goes on from there", () => {
  let nowMs = instantMs("20:00:00");
  return withService({ speed: 60, clock: { nowMs: () => nowMs } }, async (sim) => {
    assert.equal(sim.stats().state, "paused");
    nowMs += 10_000;
    sim.resume();
    nowMs += 1_000;
    await settled(sim, "09:15:50");
    sim.pause();
    nowMs += 10_000;
    await sim.stepTo(second("09:15:52"));
    assert.equal(sim.stats().timeOfDayMs, second("09:15:52") * 1000);
  });
});

Deno.test("A step to a time that is past resolves and moves nothing", () =>
  withService({}, async (sim) => {
    await sim.stepTo(second("09:00:00"));
    assert.equal(sim.stats().timeOfDayMs, second("09:14:50") * 1000);
  }));

Deno.test("A market that runs cannot be stepped", () =>
  withService({ paused: false }, async (sim) => {
    await assert.rejects(sim.stepTo(second("10:00:00")), /not paused/);
  }));

for (
  const [name, date, time, expected] of [
    ["in the morning session", TEST_DATE, "10:20:30", "10:20:30"],
    ["in the afternoon session", TEST_DATE, "14:44:59", "14:44:59"],
    ["before the open", TEST_DATE, "08:59:59", "09:14:50"],
    ["at lunch", TEST_DATE, "11:30:00", "09:14:50"],
    ["after the close", TEST_DATE, "14:45:00", "09:14:50"],
    ["at night", TEST_DATE, "02:00:00", "09:14:50"],
    ["on a Sunday", "2026-11-22", "10:20:30", "09:14:50"],
  ] as const
) {
  Deno.test(`Start now ${name} (${time}) shows ${expected}`, () => {
    const nowMs = instantMs(time, date);
    const options = { start: "now", date: undefined, clock: { nowMs: () => nowMs } } as const;
    return withService(options, (sim) => {
      assert.equal(sim.stats().timeOfDayMs, second(expected) * 1000);
      assert.equal(sim.date(), TEST_DATE);
      return Promise.resolve();
    });
  });
}

Deno.test("Requests are answered during the fast-forward, cached messages come after it", async () => {
  let nowMs = instantMs("10:00:00");
  let reached = false;
  // Until told otherwise this clock runs faster than the market can follow.
  const clock = { nowMs: () => nowMs += reached ? 0 : 300 };
  const sim = await startSimService({
    ...{ port: 0, seed: 7, scenario: "normal", speed: 1, start: "now", paused: true },
    ...{ date: TEST_DATE, openDay: tinyDay, clock },
  });
  try {
    const client = await RawClient.connect(sim);
    await client.switchChannels("X-TRADE:AAA");
    assert.equal(sim.stats().state, "fast-forward");
    assert.ok(sim.stats().progress < 1);
    assert.equal(client.delivered.length, 0);
    reached = true;
    await until(() => client.delivered.length === 1, "cached message");
    const { timeOfDayMs, progress } = sim.stats();
    assert.equal(progress, 1);
    assert.ok(timeOfDayMs > second("10:00:00") * 1000);
    await client.close();
  } finally {
    await sim.close();
  }
});

Deno.test("After the close the next trading day opens over the same socket", () => {
  const start = { secondOfDay: second("15:04:50") };
  return withService({ speed: "max", start }, async (sim) => {
    const client = await RawClient.connect(sim);
    await client.switchChannels("X-TRADE:AAA");
    sim.resume();
    await until(() => sim.date() === "2026-11-23" && sim.stats().state === "running", "Monday");
    sim.pause();
    await until(
      () => client.delivered.some(({ record }) => record.TradingDate === "23/11/2026"),
      "a message of Monday",
    );
    const monday = client.delivered.filter(({ record }) => record.TradingDate === "23/11/2026");
    assert.equal(monday[0]!.record.Time, "09:14:50");
    assert.equal(sim.stats().daysDone, 1);
    assert.equal(sim.stats().connects, 1);
    await tokenOf(sim.url);
    await client.close();
  });
});

Deno.test("Without loop the market stays closed and still shows its last messages", () => {
  const start = { secondOfDay: second("15:04:50") };
  return withService({ speed: "max", start, loop: false }, async (sim) => {
    await sim.stepTo(second("16:00:00"));
    await until(() => sim.stats().state === "closed", "close");
    sim.resume();
    sim.pause();
    await sim.stepTo(second("16:00:00"));
    const client = await RawClient.connect(sim);
    await client.switchChannels("MI:VN30");
    await until(() => client.delivered.length === 1, "cached message");
    assert.equal(client.delivered[0]!.record.Time, "15:05:00");
    assert.equal(sim.stats().daysDone, 1);
    await client.close();
  });
});
