import assert from "node:assert/strict";
import fc from "fast-check";
import {
  holdsToken,
  initialToken,
  TOKEN_LIMITS,
  type TokenEvent,
  type TokenState,
  tokenStep,
  tokenWakeMs,
} from "../../../core/ssi/token.ts";

const MINUTE_MS = 60_000;
const WANTED: TokenEvent = { type: "wanted", fresh: false, refusedSerial: null };
const FRESH: TokenEvent = { type: "wanted", fresh: true, refusedSerial: null };
const FAILED: TokenEvent = { type: "failed", failure: { kind: "transient", reason: "down" } };
const BLOCKED: TokenEvent = { type: "failed", failure: { kind: "blocked", reason: "quota" } };

function step(state: TokenState, event: TokenEvent, nowMs: number, random = 0) {
  return tokenStep(state, event, { nowMs, random, limits: TOKEN_LIMITS });
}

/** A state that holds a token granted at 0. */
function granted(lifeMs: number, random = 0): TokenState {
  const asked = step(initialToken(), WANTED, 0);
  assert.equal(asked.request, true);
  return step(asked.state, { type: "granted", lifeMs }, 0, random).state;
}

Deno.test("token - an eight-hour token is renewed thirty to thirty-six minutes before its end", () => {
  assert.equal(tokenWakeMs(granted(480 * MINUTE_MS, 0)), 450 * MINUTE_MS);
  const earliestMs = tokenWakeMs(granted(480 * MINUTE_MS, 0.999_999)) ?? 0;
  assert.ok(earliestMs > 443.9 * MINUTE_MS && earliestMs < 444.1 * MINUTE_MS);
});

Deno.test("token - a short token is renewed at four fifths of its life", () => {
  assert.equal(tokenWakeMs(granted(2 * MINUTE_MS)), 96_000);
  assert.equal(step(granted(2 * MINUTE_MS), { type: "tick" }, 95_999).request, false);
  assert.equal(step(granted(2 * MINUTE_MS), { type: "tick" }, 96_000).request, true);
});

Deno.test("token - a new stream connection gets one with an hour left", () => {
  const state = granted(480 * MINUTE_MS);
  assert.equal(step(state, FRESH, 420 * MINUTE_MS - 1).request, false);
  assert.equal(step(state, FRESH, 420 * MINUTE_MS).request, true);
  assert.equal(step(state, WANTED, 420 * MINUTE_MS).request, false, "REST needs no fresh one");
});

Deno.test("token - the one held stays good while a renewal is out or has failed", () => {
  const renewing = step(granted(2 * MINUTE_MS), { type: "tick" }, 96_000).state;
  const failed = step(renewing, FAILED, 97_000).state;
  assert.equal(holdsToken(failed, 119_999), true);
  assert.equal(holdsToken(failed, 120_000), false);
  assert.equal(tokenWakeMs(failed), 126_000, "thirty seconds after the last request");
});

Deno.test("token - one that was refused is replaced, unless it has been already (F-014)", () => {
  const state = granted(480 * MINUTE_MS);
  const refused: TokenEvent = { type: "wanted", fresh: false, refusedSerial: 1 };
  const replacing = step(state, refused, MINUTE_MS);
  assert.equal(replacing.request, true);
  assert.equal(replacing.state.held, null);
  const replaced = step(replacing.state, { type: "granted", lifeMs: MINUTE_MS }, MINUTE_MS).state;
  assert.equal(replaced.serial, 2);
  assert.equal(step(replaced, refused, 2 * MINUTE_MS - 1).request, false);
});

Deno.test("token - a quota text is waited out for a minute at least", () => {
  const asked = step(initialToken(), WANTED, 0).state;
  const blocked = step(asked, BLOCKED, 5_000).state;
  assert.equal(step(blocked, WANTED, 64_999).request, false);
  assert.equal(step(blocked, WANTED, 65_000).request, true);
});

Deno.test("token - never two requests at once, never two within thirty seconds", () => {
  const event = fc.oneof(
    fc.constant<TokenEvent>({ type: "tick" }),
    fc.record({
      type: fc.constant("wanted" as const),
      fresh: fc.boolean(),
      refusedSerial: fc.option(fc.nat({ max: 4 })),
    }),
  );
  const outcome = fc.oneof(
    fc.record({ type: fc.constant("granted" as const), lifeMs: fc.integer({ min: 1, max: 3e7 }) }),
    fc.constantFrom(FAILED, BLOCKED),
  );
  const turn = fc.record({
    event,
    outcome,
    answerNow: fc.boolean(),
    passedMs: fc.nat({ max: 60_000 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(turn, { maxLength: 80 }), (turns) => {
    let state = initialToken();
    let nowMs = 1_000_000;
    let lastRequestMs = -Infinity;
    let out = false;
    for (const { event, outcome, answerNow, passedMs, random } of turns) {
      nowMs += passedMs;
      const asked = step(state, event, nowMs, random);
      state = asked.state;
      if (asked.request) {
        assert.equal(out, false, "a request is out already");
        assert.ok(nowMs - lastRequestMs >= TOKEN_LIMITS.spacingMs);
        lastRequestMs = nowMs;
        out = true;
      }
      assert.equal(state.requesting, out);
      if (!out || !answerNow) continue;
      state = step(state, outcome, nowMs, random).state;
      out = false;
    }
  }));
});
