import assert from "node:assert/strict";
import { EXCHANGES, phaseAtSecond, phaseByClock, TIMETABLES } from "../../../core/market/phase.ts";
import { vnInstantMs } from "../../../core/market/time.ts";

const SCRIPT = new URL("support/phases_of_days.ts", import.meta.url).pathname;
/** Zones on both sides of the date line, with and without summer time, off the full hour. */
const ZONES = [
  ["Asia/Ho_Chi_Minh", -420],
  ["UTC", 0],
  ["America/New_York", 240],
  ["Asia/Kathmandu", -345],
  ["Pacific/Kiritimati", -840],
] as const;

async function phasesIn(TZ: string): Promise<{ offset: number; digest: string }> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-env", "--allow-read", SCRIPT],
    env: { TZ },
  }).output();
  assert.ok(success, TZ);
  const [offset, digest] = new TextDecoder().decode(stdout).trim().split("\n");
  return { offset: Number(offset), digest: digest! };
}

Deno.test("Dates, seconds and phases are the same in every time zone of the server (P7, B-03)", async () => {
  const expected = await phasesIn(ZONES[0][0]);
  for (const [zone, offset] of ZONES) {
    const told = await phasesIn(zone);
    assert.equal(told.offset, offset, `${zone} took effect`);
    assert.equal(told.digest, expected.digest, zone);
  }
});

Deno.test("Every instant has exactly one phase, and rows of a timetable ascend from midnight (P7)", () => {
  for (const exchange of EXCHANGES) {
    const starts = TIMETABLES[exchange].map(([start]) => start);
    assert.equal(starts[0], 0, exchange);
    assert.deepEqual(starts, [...new Set(starts)].sort((a, b) => a - b), exchange);
    TIMETABLES[exchange].forEach(([start, phase], row) => {
      const end = starts[row + 1] ?? 86_400;
      for (const second of [start, end - 1]) {
        assert.equal(phaseAtSecond(exchange, second), phase, `${exchange} at ${second}`);
        const instantMs = vnInstantMs("2026-11-20", second);
        // A phase lasts to the last millisecond of its second.
        for (const ms of [0, 999]) assert.equal(phaseByClock(exchange, instantMs + ms), phase);
      }
    });
  }
});
