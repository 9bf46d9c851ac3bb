import assert from "node:assert/strict";
import { startHubLoop } from "../../../core/gateway/hub_loop.ts";
import { gapsOf, wsHealthOf } from "../../../core/gateway/ws_health.ts";
import { Publisher } from "../../../core/hub/publisher.ts";
import type { BusMessage } from "../../../core/wire/bus_message.ts";
import { WsHealthSchema } from "../../../core/wire/ws_health_schema.ts";
import { cellsOf, FakeLink, liveStatus, NINE_THIRTY_MS, ROWS } from "../hub/world.ts";
import { fakeView } from "../wire/fake_view.ts";
import { testServices } from "./test_server.ts";

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
  services.hub.join(new FakeLink("a"), "v1", 0);
  services.hub.join(new FakeLink("b"), "market", 0);
  services.admission.take("203.0.113.7");
  services.admission.take("203.0.113.7");
  services.admission.takeRefused();
  const health = WsHealthSchema.parse(wsHealthOf(services));
  assert.deepEqual([health.channels.v1, health.channels.market], [1, 1]);
  assert.deepEqual(health.connections.refused, { origin: 0, token: 0, address: 1, total: 0 });
  const { links, addresses, admitted, refused_open } = health.connections;
  assert.deepEqual([links, addresses, admitted, refused_open], [1, 1, 1, 1]);
  assert.deepEqual(health.sending.dropped, { slow: 0, mute: 0, rate_limited: 0 });
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

for (const [provider, delayMs] of [["ssi", 2_500], ["sim", null]] as const) {
  Deno.test(`The publish delay is from exchange second to hub, for ${provider} ${delayMs} (F-099)`, () => {
    const { services } = testServices({ provider }, clock);
    const publisher = new Publisher({ epoch: "e0", status: liveStatus() });
    publisher.setRows(ROWS, "e1");
    publisher.tick(NINE_THIRTY_MS - 1_000);
    let receive = (_: BusMessage) => {};
    const loop = startHubLoop(services);
    loop.connect({
      subscribe(take) {
        receive = take;
        take(publisher.snapshot());
        return () => {};
      },
    });
    assert.equal(WsHealthSchema.parse(wsHealthOf(services)).publish_delay_ms, null);
    publisher.put("board:vn30", "FPT", cellsOf("board:vn30", { last: 9 }));
    receive(publisher.tick(NINE_THIRTY_MS)!);
    loop.stop();
    const health = WsHealthSchema.parse(wsHealthOf(services));
    assert.deepEqual([health.publish_delay_ms, health.seq], [delayMs, services.hub.view().seq]);
    assert.equal(services.publishDelay.samples().at(-1)?.value, delayMs === null ? undefined : 1);
  });
}
