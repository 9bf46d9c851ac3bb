import assert from "node:assert/strict";
import fc from "fast-check";
import { type Beating, Heartbeat } from "../../../core/gateway/heartbeat.ts";

/** A connection that counts what the heartbeat does to it. */
class Peer implements Beating {
  pings = 0;
  isEnded = false;

  ping(): void {
    this.pings++;
  }

  terminate(): void {
    this.isEnded = true;
  }
}

function heartOf(count: number, times: { intervalMs: number; timeoutMs: number }) {
  const heart = new Heartbeat(times);
  const peers = Array.from({ length: count }, () => new Peer());
  for (const peer of peers) heart.add(peer);
  return { heart, peers };
}

Deno.test("Pings are spread over the seconds of the interval, one for each connection (F-127)", () => {
  const { heart, peers } = heartOf(90, { intervalMs: 30_000, timeoutMs: 10_000 });
  for (let second = 1; second <= 30; second++) {
    const before = peers.reduce((sum, { pings }) => sum + pings, 0);
    heart.beat();
    assert.equal(peers.reduce((sum, { pings }) => sum + pings, 0) - before, 3);
  }
  assert.ok(peers.every(({ pings }) => pings === 1));
});

Deno.test("A connection without an answer is ended once its time is over, and not a beat sooner (F-128)", () => {
  const { heart, peers: [deaf] } = heartOf(1, { intervalMs: 30_000, timeoutMs: 10_000 });
  heart.beat();
  for (let second = 1; second <= 10; second++) heart.beat();
  assert.deepEqual([deaf!.pings, deaf!.isEnded], [1, false]);
  heart.beat();
  assert.deepEqual([deaf!.isEnded, heart.timeouts, heart.size], [true, 1, 0]);
});

Deno.test("Whoever answers each ping is never ended, however the beats fall", () => {
  const times = fc.record({
    intervalMs: fc.integer({ min: 1_000, max: 40_000 }),
    timeoutMs: fc.integer({ min: 1_000, max: 40_000 }),
  });
  fc.assert(fc.property(times, fc.array(fc.boolean(), { maxLength: 200 }), (given, misses) => {
    const { heart, peers: [good, bad] } = heartOf(2, given);
    for (const isMissed of misses) {
      heart.beat();
      heart.answered(good!);
      if (!isMissed) heart.answered(bad!);
    }
    assert.equal(good!.isEnded, false);
    assert.equal(bad!.isEnded ? 1 : 0, heart.timeouts);
  }));
});
