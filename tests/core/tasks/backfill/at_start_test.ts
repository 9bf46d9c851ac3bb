import assert from "node:assert/strict";
import { parseConfig } from "../../../../core/config.ts";
import { backfillSource } from "../../../../core/tasks/backfill/at_start.ts";
import { configuredSource } from "../../../../core/tasks/data_source.ts";

const KEY = { SSI_CONSUMER_ID: "canary-id", SSI_CONSUMER_SECRET: "canary-secret" };
const LOCAL = { SSI_BASE_URL: "http://localhost:9100", SSI_STREAM_URL: "http://localhost:9100" };

function sourceOf(env: Readonly<Record<string, string>>, url: string | null) {
  const parsed = parseConfig(env);
  assert.ok(parsed.ok);
  return backfillSource(parsed.config, configuredSource(parsed.config), url);
}

Deno.test("backfill - the start fills in the past of a simulated exchange, and SSI's only when told", () => {
  const own = "http://127.0.0.1:5000";
  const cases: [Record<string, string>, string | null, string | null][] = [
    [{}, own, own],
    [{ BACKFILL_ON_START: "on" }, own, own],
    [{ BACKFILL_ON_START: "off" }, own, null],
    [LOCAL, null, LOCAL.SSI_BASE_URL],
    [KEY, null, null],
    [{ ...KEY, BACKFILL_ON_START: "on" }, null, "https://fc-data.ssi.com.vn"],
    [{ ...KEY, BACKFILL_ON_START: "off" }, null, null],
  ];
  for (const [env, url, wanted] of cases) {
    assert.equal(sourceOf(env, url)?.baseUrl ?? null, wanted, JSON.stringify(env));
  }
});

Deno.test("backfill - a service of others is asked once a second at most, with its own key", () => {
  const ssi = sourceOf({ ...KEY, BACKFILL_ON_START: "on" }, null)!;
  assert.deepEqual(
    [ssi.spacingMs, ssi.consumerId, ssi.consumerSecret],
    [1_000, "canary-id", "canary-secret"],
  );
  assert.equal(sourceOf(LOCAL, null)!.spacingMs, 1_000);
  const own = sourceOf({}, "http://127.0.0.1:5000")!;
  assert.ok(own.spacingMs > 0 && own.spacingMs < 1_000);
  assert.equal(own.consumerId, "demo");
});
