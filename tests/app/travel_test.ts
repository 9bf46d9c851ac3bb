import assert from "node:assert/strict";
import { rowsOf } from "../../components/live/rows.ts";
import type { ServerFrame, SnapshotFrame } from "../../core/wire/frames.ts";
import { MarketSnapshotSchema } from "../../core/wire/snapshot_schema.ts";
import type { TradeEntry } from "../../core/wire/trade.ts";
import { withApp } from "../support/app.ts";
import { until } from "../support/program.ts";

/** A minute passes in a second. */
const SIM = { SIM_START: "10:00", SIM_SPEED: "60" };

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly parameter?: string;
}

async function problemOf(url: string): Promise<Problem> {
  const response = await fetch(url);
  assert.equal(response.headers.get("content-type"), "application/problem+json; charset=utf-8");
  return await response.json();
}

function frameOf(frames: readonly ServerFrame[], channel: string): SnapshotFrame {
  const frame = frames.find((one) => one.k === "s" && one.c === channel);
  assert.ok(frame?.k === "s", `no frame of ${channel}`);
  return frame;
}

Deno.test("A running server answers for minutes that are over, in pages' frames and over REST (N-15)", async (t) => {
  await withApp(SIM, async ({ url, services, lines }) => {
    await until("some minutes", () => {
      const { asOfMs } = services.hub.view();
      return Promise.resolve(
        asOfMs !== null && asOfMs % 86_400_000 >= 3 * 3_600_000 + 4 * 60_000 || null,
      );
    });
    const { days } = await (await fetch(`${url}/api/at/days`)).json();
    const [{ date, ...minutes }] = days;
    const at = (minute: string) => `${url}/api/at/${date}/${minute}`;
    const channels = "c=board:vn30,index,trades:FPT,alerts,status";

    await t.step("the recorded day is told with its first and last whole minute", () => {
      assert.equal(days.length, 1);
      assert.equal(date, services.hub.view().status.tradingDate);
      assert.ok(
        minutes.first_minute >= "10:00" && minutes.first_minute <= "10:03",
        minutes.first_minute,
      );
      assert.match(minutes.last_minute, /^10:(0[4-9]|[1-5]\d)$/);
    });

    await t.step("frames hold the minute and nothing later, with both labels", async () => {
      const first = await (await fetch(`${at("10:03")}/channels?${channels}`)).json();
      const frames: readonly ServerFrame[] = first.frames;
      const untilMs = Date.parse(`${date}T10:03:00+07:00`);
      const board = frameOf(frames, "board:vn30");
      const rows = rowsOf(board);
      assert.equal(rows.length, 30);
      assert.ok(rows.every(({ ref, last }) => typeof ref === "number" && typeof last === "number"));
      assert.ok(board.t !== null && board.t <= untilMs && board.t > untilMs - 10_000);
      const status = frames.find((frame) => frame.k === "st")!;
      assert.ok(status.k === "st");
      assert.deepEqual([status.feed.provider, status.feed.replay], ["sim", true]);
      const trades = frames.find((frame) => frame.k === "a" && frame.c === "trades:FPT");
      assert.ok(trades?.k === "a" && trades.list.length > 0);
      assert.ok((trades.list as readonly TradeEntry[]).every(([timeMs]) => timeMs <= untilMs));
      const again = await (await fetch(`${at("10:03")}/channels?${channels}`)).json();
      assert.deepEqual(frameOf(again.frames, "board:vn30"), board);
      assert.ok(services.hub.view().asOfMs! > untilMs, "the live market did not go on");
    });

    await t.step(
      "REST builders work on the minute, and before the recording on nothing",
      async () => {
        const snapshot = await (await fetch(`${url}/api/market/snapshot?at=${date}T10:03`)).json();
        MarketSnapshotSchema.parse(snapshot);
        assert.equal(snapshot.data_status, "simulated");
        assert.equal(snapshot.feed.replay, true);
        assert.match(snapshot.as_of, /T10:02:\d\d|T10:03:00/);
        assert.equal(snapshot.epoch, `at-${date}-1003`);
        const index = await fetch(`${url}/api/market/index-intraday?index=VN30&at=${date}T10:03`);
        assert.equal(index.status, 200);
        await index.body?.cancel();
        const before = await (await fetch(`${url}/api/market/snapshot?at=${date}T09:30`)).json();
        MarketSnapshotSchema.parse(before);
        assert.deepEqual([before.as_of, before.data_status], [null, "simulated"]);
      },
    );

    await t.step("what cannot be shown is refused in words, and nothing is shown", async () => {
      const bad = ["10:60", "24:00", "9:00", "now"].map((minute) => at(minute));
      for (const path of [...bad, `${url}/api/at/2026-02-30/10:00`]) {
        const { status, code, parameter } = await problemOf(`${path}/channels?c=index`);
        assert.deepEqual([status, code, parameter], [400, "BAD_PARAMETER", "at"], path);
      }
      const future = await problemOf(`${at("14:30")}/channels?c=index`);
      assert.deepEqual([future.status, future.detail], [404, "this minute has not come yet"]);
      assert.equal(future.parameter, "at");
      const noDay = await problemOf(`${url}/api/market/snapshot?at=2020-01-02T10:00`);
      assert.deepEqual([noDay.status, noDay.code], [404, "NOT_FOUND"]);
      const noChannels = await problemOf(`${at("10:03")}/channels`);
      assert.deepEqual([noChannels.code, noChannels.parameter], ["BAD_PARAMETER", "c"]);
      const twice = `${url}/api/market/session?at=${date}T10:03&at=${date}T10:02`;
      assert.equal((await problemOf(twice)).code, "REPEATED_PARAMETER");
    });
    assert.deepEqual(lines, []);
  });
});
