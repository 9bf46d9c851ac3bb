import assert from "node:assert/strict";
import { gapsOf, wsHealthOf } from "../../../core/gateway/ws_health.ts";
import { WsHealthSchema } from "../../../core/wire/ws_health_schema.ts";
import { FakeLink, KNOWN, NINE_THIRTY_MS } from "../hub/world.ts";
import { fakeView } from "../wire/fake_view.ts";
import { knockFrom, testServices } from "./test_server.ts";

const PEER = "203.0.113.7";
const clock = { nowMs: () => NINE_THIRTY_MS + 2_500 };

function healthWith(metrics: Readonly<Record<string, number>>) {
  const { services } = testServices({}, clock);
  services.hub.apply({ k: "metrics", metrics }, 0);
  return WsHealthSchema.parse(wsHealthOf(services));
}

Deno.test("The socket health tells links by channel, what was refused and why, and what was left out (F-099)", () => {
  const { services } = testServices({ wsConnectionsPerIpMax: 1 }, clock);
  const before = WsHealthSchema.parse(wsHealthOf(services));
  assert.deepEqual([before.status, before.channels.v1, before.channels.market], [
    "not ready",
    0,
    0,
  ]);
  services.hub.join(new FakeLink("a"), "v1", 0, KNOWN);
  services.hub.join(new FakeLink("b"), "market", 0, KNOWN);
  const verdicts = [knockFrom(PEER, services), knockFrom(PEER, services)];
  assert.deepEqual(verdicts.map(({ ok }) => ok), [true, false]);
  const health = WsHealthSchema.parse(wsHealthOf(services));
  assert.deepEqual([health.channels.v1, health.channels.market], [1, 1]);
  assert.deepEqual(health.connections.refused, {
    origin: 0,
    draining: 0,
    token: 0,
    address: 1,
    rate: 0,
    total: 0,
  });
  const { links, addresses, admitted, refused_open } = health.connections;
  assert.deepEqual([links, addresses, admitted, refused_open], [1, 1, 1, 1]);
  const { slow, mute, rate_limited } = health.sending.dropped;
  assert.deepEqual([slow, mute, rate_limited], [0, 0, 0]);
});

Deno.test("The socket health tells the age of the newest message and what was not understood (F-099)", () => {
  const health = healthWith({
    feed_last_frame_timestamp_seconds: NINE_THIRTY_MS / 1000,
    feed_frames_total: 40,
    decode_messages_total: 30,
    decode_decoded_total: 28,
    decode_refused_bad_number_total: 2,
  });
  assert.deepEqual([health.upstream.state, health.upstream.last_message_age_ms], [
    "connecting",
    2_500,
  ]);
  assert.deepEqual([health.decode.messages, health.decode.refused], [30, { bad_number: 2 }]);
  assert.equal(healthWith({}).upstream.last_message_age_ms, null);
});

Deno.test("Missing volume is added up over the securities that miss some (F-099, N-02)", () => {
  const volume = [
    { symbol: "FPT", missing: 30 },
    { symbol: "VNM", missing: 0 },
    { symbol: "HPG", missing: null },
    { symbol: "VIC", missing: 12 },
  ];
  assert.deepEqual(gapsOf(fakeView({ tables: { volume } })), {
    missing_volume: 42,
    symbols_with_missing: 2,
  });
});

Deno.test("The socket health tells how often feed and quote rule agree on a side (F-099)", () => {
  const figures = { classifier_agree_total: 97, classifier_disagree_total: 3 };
  assert.deepEqual(healthWith(figures).classifier, { agree: 97, disagree: 3, agreement_pct: 97 });
  assert.deepEqual(healthWith({}).classifier, { agree: null, disagree: null, agreement_pct: null });
});

Deno.test("The socket health tells how long a frame takes to be published, once it was told (F-099)", () => {
  const figures = { publish_delay_ms_p50: 2, publish_delay_ms_p99: 7 };
  assert.deepEqual(healthWith(figures).publish_delay_ms, { p50: 2, p99: 7 });
  assert.deepEqual(healthWith({}).publish_delay_ms, { p50: null, p99: null });
});
