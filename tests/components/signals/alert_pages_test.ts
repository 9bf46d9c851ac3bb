import assert from "node:assert/strict";
import type { AlertFilter } from "../../../components/signals/alert_feed.ts";
import { AlertPages } from "../../../components/signals/alert_pages.ts";
import { QUIET, readChoices } from "../../../components/signals/alert_choices.ts";
import type { AlertPage } from "../../../core/wire/alert_page.ts";
import { alertOf } from "./alerts.ts";

const ALL: AlertFilter = { type: "all", severity: "all", symbol: "" };

/** A server whose answers are given by hand, in any order. */
function handServer() {
  const asked: { path: string; answer: (answer: AlertPage | null) => void }[] = [];
  const ask = (path: string) =>
    new Promise<AlertPage | null>((answer) => asked.push({ path, answer }));
  return { ask, asked };
}

function pageOf(numbers: readonly number[], next: string | null = null): AlertPage | null {
  const alerts = numbers.map((n) => alertOf(n));
  return {
    ...{ alerts, next_cursor: next, as_of: null },
    ...{ seq: 1, epoch: "e", data_status: "simulated" },
  };
}

Deno.test("Older alerts are asked for after the last one, with the filter, until there are none (F-216)", async () => {
  const { ask, asked } = handServer();
  const pages = new AlertPages({ ask, cursor: "2026-11-26-51" });
  const filter: AlertFilter = { ...ALL, severity: "critical" };
  const loading = pages.load(filter, "cursor");
  assert.equal(pages.state.value, "loading");
  assert.equal(
    asked[0]!.path,
    "/api/market/alerts?severity=critical&limit=50&cursor=2026-11-26-51",
  );
  asked[0]!.answer(pageOf([50, 49]));
  await loading;
  assert.deepEqual(pages.alerts.value.map(({ n }) => n), [50, 49]);
  assert.equal(pages.state.value, "ready");
  assert.ok(!pages.hasMore(pages.alerts.value));
});

Deno.test("A question that fails says so and can be asked again (F-218)", async () => {
  const { ask, asked } = handServer();
  const pages = new AlertPages({ ask, cursor: null });
  const loading = pages.load(ALL, "newest");
  asked[0]!.answer(null);
  await loading;
  assert.equal(pages.state.value, "failed");
  const again = pages.retry();
  asked[1]!.answer(pageOf([3, 2, 1], "2026-11-26-1"));
  await again;
  assert.equal(asked[1]!.path, asked[0]!.path);
  assert.equal(pages.state.value, "ready");
  assert.ok(pages.hasMore(pages.alerts.value));
  assert.ok(!pages.hasMore([alertOf(1, {}, "2026-11-27")]), "of the day before nothing is left");
});

Deno.test("The answer to a filter that the reader has left is dropped (F-214)", async () => {
  const { ask, asked } = handServer();
  const pages = new AlertPages({ ask, cursor: null });
  const first = pages.load({ ...ALL, symbol: "FPT" }, "newest");
  const second = pages.load({ ...ALL, symbol: "VCB" }, "newest");
  asked[1]!.answer(pageOf([9], "2026-11-26-9"));
  asked[0]!.answer(pageOf([5], "2026-11-26-5"));
  await Promise.all([first, second]);
  assert.deepEqual(pages.alerts.value.map(({ n }) => n), [9]);
  assert.equal(pages.cursor.value, "2026-11-26-9");
});

Deno.test("Choices of sound are kept, and what is no choice is silence (F-217, U-30)", () => {
  const loud = { ...QUIET, isSoundOn: true, volume: 25, isNoticeOn: true };
  assert.deepEqual(readChoices(JSON.stringify(loud)), loud);
  const severities = { info: true, warning: false, critical: true };
  assert.deepEqual(readChoices(JSON.stringify({ severities })).severities, severities);
  for (const text of [null, "", "{", "7", "null", "[]", '{"volume":900,"isSoundOn":"yes"}']) {
    assert.deepEqual(readChoices(text), QUIET, String(text));
  }
});
