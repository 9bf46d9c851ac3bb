import assert from "node:assert/strict";
import { SimOptionsSchema } from "../../../core/sim/options.ts";

Deno.test("Without settings the service runs a normal day at the clock's pace on port 8710", () => {
  assert.deepEqual(SimOptionsSchema.parse({}), {
    SIM_PORT: 8710,
    SIM_SPEED: 1,
    SIM_SEED: 20261120,
    SIM_SCENARIO: "normal",
    SIM_PROFILE: "wild",
    SIM_START: "open",
  });
});

Deno.test("Settings are read from texts", () => {
  const texts = {
    SIM_PORT: "0",
    SIM_SPEED: "max",
    SIM_SEED: "7",
    SIM_SCENARIO: "floor-lock",
    SIM_PROFILE: "Spec",
    SIM_START: "13:05",
  };
  assert.deepEqual(SimOptionsSchema.parse(texts), {
    SIM_PORT: 0,
    SIM_SPEED: "max",
    SIM_SEED: 7,
    SIM_SCENARIO: "floor-lock",
    SIM_PROFILE: "spec",
    SIM_START: { secondOfDay: 47_100 },
  });
});

Deno.test("A wrong setting is named", () => {
  const wrong = { SIM_PORT: "70000", SIM_SPEED: "2", SIM_SEED: "-1", SIM_START: "25:00" };
  const parsed = SimOptionsSchema.safeParse(wrong);
  assert.deepEqual(parsed.error?.issues.map(({ path }) => path.join()), Object.keys(wrong));
});
