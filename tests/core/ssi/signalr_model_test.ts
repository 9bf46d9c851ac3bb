import assert from "node:assert/strict";
import fc from "fast-check";
import { FAIR, type Weather, World } from "./support/world.ts";

const weather: fc.Arbitrary<Weather> = fc.record({
  forMs: fc.integer({ min: 1, max: 180_000 }),
  token: fc.constantFrom("ok", "ok", "refused", "blocked", "down", "silent"),
  negotiate: fc.constantFrom("ok", "ok", "auth", "down", "silent"),
  connect: fc.constantFrom("ok", "ok", "closed", "silent"),
  start: fc.constantFrom("ok", "ok", "failed", "silent"),
  stream: fc.constantFrom("ok", "ok", "dropped", "mute", "no data", "quota"),
  trading: fc.boolean(),
});

/** Numbers in [0, 1) from a seed: enough to roll jitter. */
function rolls(seed: number): () => number {
  let x = seed >>> 0;
  return () => (x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

Deno.test("signalr - in any weather it keeps its limits, and is live again when the sky clears", () => {
  const seen = { stale: 0, refused: 0, connecting: 0, live: 0 };
  fc.assert(
    fc.property(fc.array(weather, { maxLength: 12 }), fc.nat(), (storms, seed) => {
      const world = new World(rolls(seed));
      world.start();
      for (const storm of storms) {
        world.live(storm);
        seen[world.signalr.view.state]++;
      }
      world.live({ ...FAIR, forMs: 180_000 });
      assert.equal(world.signalr.view.state, "live", world.signalr.view.reason ?? "");
    }),
    { numRuns: 300 },
  );
  assert.ok(Object.values(seen).every((count) => count > 0), JSON.stringify(seen));
});

Deno.test("signalr - a hub that closes and refuses for two minutes sees at most twelve tries", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const world = new World(rolls(seed));
      world.start();
      world.live({ ...FAIR, forMs: 60_000 });
      const before = world.connects;
      world.live({ ...FAIR, stream: "dropped", connect: "closed", forMs: 120_000 });
      const tries = world.connects - before;
      assert.ok(tries >= 5 && tries <= 12, `${tries} tries`);
      assert.equal(world.signalr.view.state, "stale");
    }),
    { numRuns: 200 },
  );
});

Deno.test("signalr - a token service that is down does not touch the stream", () => {
  const world = new World(rolls(1));
  world.start();
  world.live({ ...FAIR, forMs: 7 * 3_600_000 + 20 * 60_000 });
  const connects = world.connects;
  world.live({ ...FAIR, token: "down", forMs: 600_000 });
  assert.ok(world.tokenRequests > 5, "it was asked and refused");
  assert.equal(world.connects, connects);
  assert.equal(world.signalr.view.state, "live");
});
