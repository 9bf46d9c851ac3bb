import assert from "node:assert/strict";
import { ageOfDataMs, ageText, connectionView } from "../../../components/shell/connection_view.ts";
import { liveWordsOf } from "../../../components/shell/live_words.ts";
import type { SocketStatus } from "../../../core/wire/client_options.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";
import { SIM_LIVE } from "../fixture_rows.ts";

const vi = liveWordsOf("vi");
const ssiLive: FeedStatus = { ...SIM_LIVE, provider: "ssi" };

type SocketState = SocketStatus["state"];

function viewOf(state: SocketState, feed: FeedStatus) {
  return connectionView({ state, attempts: 3 }, feed, vi, true);
}

function stateOf(state: SocketState, feed: FeedStatus) {
  return viewOf(state, feed).state;
}

Deno.test("The dot is live only when both the page's socket and the server's source are", () => {
  assert.equal(stateOf("open", ssiLive), "live");
  for (const socket of ["connecting", "reconnecting", "polling", "failed"] as const) {
    assert.notEqual(stateOf(socket, ssiLive), "live");
  }
  for (const state of ["connecting", "stale", "closed", "refused"] as const) {
    assert.notEqual(stateOf("open", { ...ssiLive, state }), "live");
  }
});

Deno.test("Words beside the dot name the state, count the attempts and never call polling connected (B-22) or a simulation or a replay live", () => {
  assert.equal(viewOf("open", ssiLive).text, "Trực tiếp");
  assert.equal(viewOf("open", SIM_LIVE).text, "Đang chạy (mô phỏng)");
  assert.equal(viewOf("open", { ...ssiLive, replay: true }).text, "Đang phát lại");
  assert.equal(viewOf("open", { ...SIM_LIVE, replay: true }).text, "Đang phát lại (mô phỏng)");
  assert.equal(viewOf("reconnecting", ssiLive).text, "Đang kết nối lại (lần 3)");
  assert.equal(viewOf("polling", ssiLive).text, "Cập nhật theo chu kỳ, đang nối lại");
  assert.equal(viewOf("polling", { ...ssiLive, state: "stale" }).state, "stale");
  assert.equal(
    viewOf("open", { ...ssiLive, state: "connecting" }).text,
    "Máy chủ mất nguồn, đang nối lại",
  );
});

Deno.test("The age is in seconds up to two minutes, then in minutes", () => {
  assert.equal(ageText(0, vi), "cách đây 0 giây");
  assert.equal(ageText(120_999, vi), "cách đây 120 giây");
  assert.equal(ageText(185_000, vi), "cách đây 3 phút");
});

Deno.test("Real data is as old as its exchange time, simulated and replayed data as old as its last stop", () => {
  const nowMs = SIM_LIVE.asOfMs! + 7_000;
  assert.equal(ageOfDataMs({ ...ssiLive, replay: true }, nowMs), 0);
  assert.equal(ageOfDataMs(ssiLive, nowMs), 7_000);
  assert.equal(ageOfDataMs(SIM_LIVE, nowMs), 0);
  assert.equal(
    ageOfDataMs({ ...SIM_LIVE, state: "stale", sinceMs: nowMs - 9_000 }, nowMs),
    9_000,
  );
});
