import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Secret } from "../../core/secret.ts";

const CANARY = "canary-7f3a";

Deno.test("a secret gives its value only when asked by name", () => {
  assert.equal(new Secret(CANARY).reveal(), CANARY);
});

Deno.test("no ordinary way of printing shows the value of a secret", () => {
  const secret = new Secret(CANARY);
  const nested = { deep: [{ secret }] };
  const views = [
    String(secret),
    `${secret}`,
    "" + secret,
    JSON.stringify(nested),
    Deno.inspect(nested, { depth: 9, showHidden: true }),
    inspect(nested, { depth: 9, showHidden: true }),
    JSON.stringify(Object.entries(secret)),
  ];
  for (const view of views) assert.ok(!view.includes(CANARY), view);
});

Deno.test("an empty secret says so", () => {
  assert.equal(new Secret("").isEmpty, true);
  assert.equal(new Secret("x").isEmpty, false);
});
