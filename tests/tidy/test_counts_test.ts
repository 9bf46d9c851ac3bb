import assert from "node:assert/strict";
import { projectFiles } from "./project.ts";

const files = projectFiles();

/** Tests in the files whose path a pattern matches; a step of a test counts as well. */
function testsIn(pattern: RegExp): number {
  const texts = files.filter(({ path }) => pattern.test(path)).map(({ text }) => text);
  return texts.join("\n").match(/^ *(?:Deno\.test|await t\.step)\(/gm)?.length ?? 0;
}

Deno.test("the aggregator of volumes has 28 tests at least (F-047)", () => {
  assert.ok(testsIn(/^tests\/core\/analytics\/volume_test\.ts$/) >= 28);
});

Deno.test("the detectors of alerts have 31 tests at least (F-079)", () => {
  const detectors =
    /^tests\/core\/(analytics\/(volume_spike|price_breakout|foreign_acceleration|basis_divergence)|engine\/(alert_rules|alerts))_test\.ts$/;
  assert.ok(testsIn(detectors) >= 31, `${testsIn(detectors)} tests`);
});

Deno.test("the market routes have 12 tests at least (F-097)", () => {
  assert.ok(testsIn(/^tests\/routes\/market_test\.ts$/) >= 12);
});
