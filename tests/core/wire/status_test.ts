import assert from "node:assert/strict";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { dataStatus, type FeedStatus } from "../../../core/wire/status.ts";

const STATES = ["connecting", "live", "stale", "closed", "refused"] as const;

function labels(change: Partial<FeedStatus>): string[] {
  return STATES.map((state) => dataStatus({ ...connectingStatus("ssi", 0), ...change, state }));
}

Deno.test("The label of real data follows the state of the feed", () => {
  assert.deepEqual(labels({}), ["stale", "live", "stale", "closed", "stale"]);
});

Deno.test("No state of the feed makes replayed data pass for those of today, or simulated data for real ones", () => {
  assert.deepEqual(labels({ replay: true }), STATES.map(() => "replay"));
  for (const replay of [false, true]) {
    assert.deepEqual(labels({ provider: "sim", replay }), STATES.map(() => "simulated"));
  }
});
