import assert from "node:assert/strict";
import { createIngest } from "../../../core/engine/ingest.ts";
import { ingestMetrics } from "../../../core/tasks/ingest_metrics.ts";

Deno.test("Nothing is left out silently: frames not recorded and messages not passed on are figures", () => {
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
    recovered: 6,
    indicesRefused: 7,
    rowsRefused: 8,
    publishing: { published_messages_total: 9 },
  };
  const metrics = ingestMetrics(sources);
  assert.equal(metrics.journal_lost_total, 2);
  assert.equal(metrics.journal_writable, 0);
  assert.equal(metrics.journal_undated_dropped_total, 4);
  assert.equal(metrics.bus_dropped_total, 5);
  assert.equal(metrics.board_rows_refused_total, 8);
  assert.equal(metrics.published_messages_total, 9);
});
