import assert from "node:assert/strict";
import { projectFiles } from "./project.ts";

const files = projectFiles();

/** Tests in the files whose path a pattern matches; one inside a loop counts once. */
function testsIn(pattern: RegExp): number {
  const texts = files.filter(({ path }) => pattern.test(path)).map(({ text }) => text);
  return texts.join("\n").match(/^ *(Deno\.t|databaseT|historyT)est\(/gm)?.length ?? 0;
}

Deno.test("the aggregator of volumes has 28 tests at least (F-047)", () => {
  // Sums by side, the part of the day that a trade belongs to, and the rows made of both.
  const aggregator =
    /^tests\/core\/(analytics\/(volume|auction)|engine\/(trade_sums|volume_view))_test\.ts$/;
  assert.ok(testsIn(aggregator) >= 28, `${testsIn(aggregator)} tests`);
});

Deno.test("the detectors of alerts have 31 tests at least (F-079)", () => {
  const detectors =
    /^tests\/core\/(analytics\/(volume_spike|price_breakout|foreign_acceleration|basis_divergence)|engine\/(alert_rules|alerts))_test\.ts$/;
  assert.ok(testsIn(detectors) >= 31, `${testsIn(detectors)} tests`);
});

Deno.test("the market routes have 12 tests at least (F-097)", () => {
  assert.ok(testsIn(/^tests\/routes\/market_test\.ts$/) >= 12);
});

Deno.test("the history routes have 26 tests at least (F-098)", () => {
  // Each but a few runs on two kinds of server and counts once.
  assert.ok(testsIn(/^tests\/routes\/history_\w+_test\.ts$/) >= 26);
});
