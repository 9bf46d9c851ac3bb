import assert from "node:assert/strict";
import { createIngest } from "../../../core/engine/ingest.ts";
import { step } from "../../../core/engine/step.ts";
import { ingestMetrics } from "../../../core/tasks/ingest_metrics.ts";
import { preOpenEvent, quoteEvent, tradeEvent } from "../../support/trade_events.ts";

const journal = {
  frames: 9,
  bytes: 90,
  damaged: 1,
  lost: 2,
  writeErrors: 3,
  writable: false,
  problem: "the disk is full",
};
const counts = { undatedDropped: 4, busDropped: 5, recovered: 6, indicesRefused: 7 };

Deno.test("Volume by reason and the agreement of flag and quote rule are figures (N-07)", () => {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
  const metrics = () => ingestMetrics({ ingest, feed: null, journal, ...counts });
  assert.equal(metrics().classifier_agreement_rate, undefined, "no rate out of nothing");
  step(ingest.engine, preOpenEvent());
  step(ingest.engine, quoteEvent(995_000, 1_000_000));
  for (const [i, side] of (["buy", "buy", "buy", "sell"] as const).entries()) {
    step(ingest.engine, tradeEvent({ totalVolume: 100 * (i + 1), side }));
  }
  const figures = metrics();
  assert.equal(figures.volume_by_reason_flag_total, 400);
  assert.equal(figures.volume_by_reason_inside_spread_total, 0);
  assert.deepEqual([figures.classifier_agree_total, figures.classifier_disagree_total], [3, 1]);
  assert.equal(figures.classifier_volume_agree_total, 300);
  assert.equal(figures.classifier_volume_disagree_total, 100);
  assert.equal(figures.classifier_agreement_rate, 0.75);
});

Deno.test("Nothing is left out silently: frames not recorded and messages not passed on are figures", () => {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
  const sources = {
    ingest,
    feed: null,
    journal,
    ...counts,
  };
  const metrics = ingestMetrics(sources);
  assert.equal(metrics.journal_lost_total, 2);
  assert.equal(metrics.journal_writable, 0);
  assert.equal(metrics.journal_undated_dropped_total, 4);
  assert.equal(metrics.bus_dropped_total, 5);
});
