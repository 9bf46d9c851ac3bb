import assert from "node:assert/strict";
import { figureFamilies, metricsText } from "../../../core/gateway/metrics_text.ts";
import { prometheusText } from "../../../core/metrics.ts";
import { knockFrom, testServices } from "./test_server.ts";

/** Figures of every form that an engine side tells. */
const ENGINE_FIGURES = {
  feed_frames_total: 12,
  feed_last_frame_timestamp_seconds: 1_795_586_400.5,
  journal_writable: 1,
  decode_refused_bad_number_total: 2,
  decode_refused_too_long_total: 0,
  trade_accepted_total: 5,
  event_ignored_older_date_total: 1,
  volume_by_method_feed_total: 900,
  delay_ms_bucket_le_1: 1,
  delay_ms_count: 2,
  delay_ms_sum: 4,
  delay_ms_p99: 3,
};

Deno.test("The metrics are text that Prometheus reads: each name once, with help and type (U-11)", () => {
  const { services } = testServices();
  services.hub.apply({ k: "metrics", metrics: ENGINE_FIGURES }, 0);
  services.http.observe("/api/market/alerts", 200, 0.004);
  const lines = metricsText(services).trimEnd().split("\n");
  const types = new Map<string, string>();
  for (const line of lines) {
    const type = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line);
    if (type !== null) {
      assert.ok(!types.has(type[1]!), line);
      types.set(type[1]!, type[2]!);
    } else if (!line.startsWith("# HELP ")) {
      const sample = /^([a-z0-9_]+)(\{\w+="[^"]*"(,\w+="[^"]*")*\})? (-?[\d.e+-]+)$/.exec(line);
      assert.ok(sample, line);
      const name = sample[1]!;
      assert.ok(types.has(name) || types.has(name.replace(/_(bucket|sum|count)$/, "")), line);
    }
  }
  for (const [name, type] of types) assert.equal(type === "counter", name.endsWith("_total"), name);
});

Deno.test("The names that dashboards know are there as far as they mean something (U-39)", () => {
  const { services } = testServices();
  services.hub.apply({ k: "metrics", metrics: { feed_frames_total: 12 } }, 0);
  assert.ok(knockFrom("203.0.113.7", services).ok);
  const text = metricsText(services);
  assert.match(text, /^ws_connections_active 1$/m);
  assert.match(text, /^ws_messages_sent_total 0$/m);
  assert.match(text, /^ssi_messages_received_total 12$/m);
  assert.match(text, /^alert_signals_fired_total 0$/m);
  assert.match(text, /^# TYPE http_request_duration_seconds histogram$/m);
  const cpu = /^process_cpu_seconds_total ([\d.]+)$/m.exec(text);
  assert.ok(Number(cpu?.[1]) > 0 && Number(cpu?.[1]) < 36_000, text);
  assert.match(text, /^build_info\{version="1\.2\.3",deno="[\d.]+"\} 1$/m);
});

Deno.test("Reasons, outcomes and channels are labels of one metric, never names or symbols", () => {
  const text = prometheusText(figureFamilies({
    decode_refused_bad_number_total: 2,
    decode_refused_too_long_total: 3,
    trade_accepted_total: 5,
    ws_refused_total_total: 1,
    ws_refused_open: 4,
    hub_links_market: 7,
    hub_links_peak: 9,
    hub_closed_slow_total: 6,
    hub_writes_total: 8,
    hub_writes_market_total: 5,
  }));
  assert.match(text, /^decode_refused_total\{reason="bad_number"\} 2\n.*reason="too_long"\} 3$/m);
  assert.match(text, /^trade_events_total\{outcome="accepted"\} 5$/m);
  assert.match(text, /^ws_refused_total\{reason="total"\} 1$/m);
  assert.match(text, /^ws_refused_open 4$/m);
  assert.match(text, /^hub_links\{channel="market"\} 7$/m);
  assert.match(text, /^hub_links_peak 9$/m);
  assert.match(text, /^hub_closed_total\{reason="slow"\} 6$/m);
  assert.match(text, /^hub_writes_total 8$/m);
  assert.match(text, /^hub_channel_writes_total\{channel="market"\} 5$/m);
});

Deno.test("A histogram that the engine side tells as flat figures is one for Prometheus too", () => {
  const text = prometheusText(figureFamilies({
    delay_ms_bucket_le_0_5: 1,
    delay_ms_bucket_le_10: 3,
    delay_ms_count: 4,
    delay_ms_sum: 60,
    delay_ms_p99: 10,
    other_bucket_le_1: 7,
  }));
  assert.equal(
    text,
    `# HELP delay_ms Told by the engine side.
# TYPE delay_ms histogram
delay_ms_bucket{le="0.5"} 1
delay_ms_bucket{le="10"} 3
delay_ms_bucket{le="+Inf"} 4
delay_ms_sum 60
delay_ms_count 4
# HELP delay_ms_p99 Delay ms p99.
# TYPE delay_ms_p99 gauge
delay_ms_p99 10
# HELP other_bucket_le_1 Other bucket le 1.
# TYPE other_bucket_le_1 gauge
other_bucket_le_1 7
`,
  );
});

Deno.test("Everything the services count is in the text", () => {
  const { services } = testServices();
  services.hub.apply({ k: "metrics", metrics: ENGINE_FIGURES }, 0);
  const samples = metricsText(services).split("\n").filter((line) => /^[a-z]/.test(line));
  assert.ok(samples.length >= Object.keys(services.metrics()).length);
});
