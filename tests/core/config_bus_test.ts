import assert from "node:assert/strict";
import { parseConfig } from "../../core/config.ts";

Deno.test("programs of others are told of tickers on Redis by custom, and elsewhere by wish", () => {
  const tells = (env: Record<string, string>) => {
    const parsed = parseConfig(env);
    assert.ok(parsed.ok);
    return parsed.config.bus?.tellsTickers;
  };
  assert.equal(tells({}), undefined);
  assert.equal(tells({ BUS_URL: "redis://h" }), true);
  assert.equal(tells({ BUS_URL: "nats://h" }), false);
  assert.equal(tells({ BUS_URL: "nats://h", BUS_TICKERS: "on" }), true);
  assert.equal(tells({ BUS_URL: "redis://h", BUS_TICKERS: "off" }), false);
});
