import assert from "node:assert/strict";
import { PLAIN_COMMON, PLAIN_PAYLOADS } from "../../../core/wire/plain_schema.ts";
import { World } from "../hub/world.ts";

Deno.test("What a hub sends in the plain contract fits the schema of its address", () => {
  for (const [name, payload] of Object.entries(PLAIN_PAYLOADS)) {
    const world = World.started();
    const contract = name === "stocks" ? "stocks/FPT" : name as "market";
    world.put("board:vn30", "FPT", { last: 101_500, time: "09:30:01" });
    world.tick();
    const link = world.join(contract);
    world.raise(1);
    world.tick();
    world.wait(1_000);
    const [status, ...payloads] = link.sent.map((text) => JSON.parse(text));
    PLAIN_COMMON.status.parse(status);
    assert.ok(payloads.length > 0, name);
    for (const message of payloads) payload.parse(message);
  }
});

Deno.test("A plain refusal fits its schema", () => {
  const link = World.started().join("stocks/NONE");
  PLAIN_COMMON.error.parse(JSON.parse(link.sent.at(-1)!));
});
