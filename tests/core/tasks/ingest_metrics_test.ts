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
const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
const sources = {
  ingest,
  feed: null,
  journal,
  undatedDropped: 4,
  busDropped: 5,
  ownEvents: 1,
  recovery: {
    date: "2026-11-16",
    isFromCheckpoint: true,
    records: 60,
    replayed: 6,
    replayedChars: 600,
    tookMs: 250,
    position: { segment: 1, offset: 900 },
  },
  checkpoints: { checkpoints_total: 2 },
  indicesRefused: 7,
  rowsRefused: 8,
  publishing: { published_messages_total: 9 },
  store: { store_pending_rows: 3 },
};

Deno.test("Nothing is left out silently: frames not recorded and messages not passed on are figures", () => {
  const metrics = ingestMetrics(sources);
  assert.equal(metrics.journal_lost_total, 2);
  assert.equal(metrics.journal_writable, 0);
  assert.equal(metrics.journal_undated_dropped_total, 4);
  assert.equal(metrics.bus_dropped_total, 5);
  assert.equal(metrics.board_rows_refused_total, 8);
  assert.equal(metrics.published_messages_total, 9);

  // Events of ours are no frames of the feed, so its count and the journal's can be compared.
  assert.equal(metrics.journal_frames_total, 8);
  assert.equal(metrics.journal_own_events_total, 1);
  assert.equal(metrics.recovered_frames_total, 60);
  assert.equal(metrics.recovery_replayed_total, 6);
  assert.equal(metrics.recovered_from_checkpoint, 1);
  assert.equal(metrics.recovery_seconds, 0.25);
  assert.equal(metrics.checkpoints_total, 2);
  const nothing = ingestMetrics({ ...sources, recovery: null });
  assert.equal(nothing.recovered_from_checkpoint, 0);
  assert.equal(nothing.recovered_frames_total, 0);
});

Deno.test("How much REST has told is a figure: indices with members, securities with listed shares", () => {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
  const { members, shares } = ingest.engine.reference;
  members.set("VN30", ["FPT"]);
  shares.set("FPT", 1).set("VCB", 2);
  const metrics = ingestMetrics({ ...sources, ingest });
  assert.equal(metrics.reference_indices, 1);
  assert.equal(metrics.reference_shares, 2);
});

Deno.test("Volume by reason and the agreement of flag and quote rule are figures (N-07)", () => {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 10 });
  const metrics = () => ingestMetrics({ ...sources, ingest });
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
