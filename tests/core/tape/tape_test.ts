import assert from "node:assert/strict";
import type { TradeEvent } from "../../../core/market/event.ts";
import { GAPS_MAX } from "../../../core/tape/gaps.ts";
import { admit, createTape, LOWER_RUN_MAX, type Tape } from "../../../core/tape/tape.ts";
import { at, tradeEvent } from "../../support/trade_events.ts";

/** A tape whose head was set by ordinary trades. */
function tapeAt(totalVolume: number, totalValueVnd: number): Tape {
  const tape = createTape();
  const lastVolume = totalVolume;
  admit(tape, tradeEvent({ totalVolume, lastVolume, totalValueVnd }), false);
  return tape;
}

const send = (tape: Tape, changes: Partial<TradeEvent>) => admit(tape, tradeEvent(changes), false);

const law = (tape: Tape) => assert.equal(tape.counted + tape.missing, tape.head);

Deno.test("A trade that continues the tape is accepted with its own volume", () => {
  const tape = createTape();
  assert.deepEqual(send(tape, {}), { kind: "accepted", volume: 100, gap: null });
  assert.deepEqual(send(tape, { totalVolume: 400, lastVolume: 300 }).kind, "accepted");
  assert.deepEqual([tape.head, tape.counted, tape.missing], [400, 400, 0]);
});

Deno.test("The first message after a connect is a baseline and never a trade (B-44)", () => {
  const tape = createTape();
  const trade = tradeEvent({ totalVolume: 5_000, lastVolume: 300, totalValueVnd: 50_500_000 });
  assert.deepEqual(admit(tape, trade, true), {
    kind: "baseline",
    volume: 0,
    gap: { fromVolume: 0, toVolume: 5_000, meanE2: 1_010_000 },
  });
  assert.deepEqual([tape.head, tape.counted, tape.missing], [5_000, 0, 5_000]);
  assert.equal(admit(tape, trade, false).kind, "duplicate");
});

Deno.test("A baseline with a known head is missing volume that a late trade still fills", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const exchangeMs = at("10:05:00");
  admit(tape, tradeEvent({ totalVolume: 1_500, lastVolume: 200, exchangeMs }), true);
  assert.equal(tape.missing, 500);
  const late = send(tape, { totalVolume: 1_300, lastVolume: 300, exchangeMs: at("10:04:00") });
  assert.deepEqual(late, { kind: "filled-gap", volume: 300, gap: null });
  assert.deepEqual([tape.counted, tape.missing], [1_300, 200]);
});

Deno.test("A snapshot that comes again later fills no hole and is no trade (B-44)", () => {
  const tape = createTape();
  const snapshot = tradeEvent({ totalVolume: 5_000, lastVolume: 300 });
  admit(tape, snapshot, true);
  send(tape, { totalVolume: 5_100 });
  assert.equal(admit(tape, snapshot, false).kind, "duplicate");
  assert.deepEqual([tape.counted, tape.missing, tape.sealed], [100, 5_000, 300]);
  assert.equal(send(tape, { totalVolume: 4_700, lastVolume: 100 }).kind, "filled-gap");
});

Deno.test("A baseline below or at the head changes nothing", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const before = structuredClone(tape);
  assert.equal(admit(tape, tradeEvent({ totalVolume: 900 }), true).kind, "baseline");
  assert.equal(admit(tape, tradeEvent({ totalVolume: 1_000 }), true).kind, "baseline");
  assert.deepEqual(tape, before);
});

Deno.test("A gap has the volume and the mean price that the totals imply", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const trade = {
    lastE2: 1_005_000,
    lastVolume: 300,
    totalVolume: 1_500,
    totalValueVnd: 15_020_000,
  };
  assert.deepEqual(send(tape, trade), {
    kind: "accepted-after-gap",
    volume: 300,
    gap: { fromVolume: 1_000, toVolume: 1_200, meanE2: 1_002_500 },
  });
  law(tape);
});

Deno.test("The mean price of a gap stays inside the day's range and knows the multiplier", () => {
  const trade = {
    lastE2: 1_005_000,
    lastVolume: 300,
    totalVolume: 1_500,
    totalValueVnd: 15_020_000,
  };
  assert.equal(
    send(tapeAt(1_000, 10_000_000), { ...trade, highE2: 1_001_000 }).gap?.meanE2,
    1_001_000,
  );
  assert.equal(
    send(tapeAt(1_000, 10_000_000), { ...trade, lowE2: 1_003_000 }).gap?.meanE2,
    1_003_000,
  );
  assert.equal(send(tapeAt(1_000, 10_000_000), { ...trade, totalValueVnd: 0 }).gap?.meanE2, null);
  const tape = tapeAt(10, 1_850_000_000);
  const future: Partial<TradeEvent> = {
    symbol: "41I1GC000",
    exchange: "DERIVATIVES",
    lastE2: 185_100,
    lastVolume: 2,
    totalVolume: 15,
    totalValueVnd: 1_850_000_000 + 2 * 185_100_000 + 3 * 185_050_000,
  };
  assert.equal(send(tape, future).gap?.meanE2, 185_050);
});

Deno.test("The same total again is a duplicate, a range inside the counted part too (B-01)", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const before = structuredClone(tape);
  assert.equal(send(tape, { totalVolume: 1_000, lastVolume: 300 }).kind, "duplicate");
  assert.equal(send(tape, { totalVolume: 700, lastVolume: 300 }).kind, "duplicate");
  assert.deepEqual(tape, before);
});

Deno.test("An increase smaller than the trade counts as the increase and is a conflict", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const admission = send(tape, { totalVolume: 1_200, lastVolume: 500 });
  assert.deepEqual(admission, { kind: "conflict", volume: 200, gap: null });
  assert.deepEqual([tape.counted, tape.missing], [1_200, 0]);
});

Deno.test("After the close a LastVol equal to TotalVol adds only the increase", () => {
  const tape = tapeAt(1_000, 10_000_000);
  assert.equal(send(tape, { totalVolume: 1_000, lastVolume: 1_000 }).kind, "duplicate");
  assert.equal(send(tape, { totalVolume: 1_100, lastVolume: 1_100 }).volume, 100);
  law(tape);
});

Deno.test("Without a LastVol the whole increase is one trade", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const admission = send(tape, { totalVolume: 1_250, lastVolume: 0 });
  assert.deepEqual(admission, { kind: "accepted-unsized", volume: 250, gap: null });
});

Deno.test("Volume without a price is missing, not counted", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const admission = send(tape, { totalVolume: 1_100, lastE2: null });
  assert.equal(admission.kind, "conflict");
  assert.deepEqual([tape.counted, tape.missing], [1_000, 100]);
});

Deno.test("A range across the edge of a hole is a conflict and counts nothing", () => {
  const tape = tapeAt(1_000, 10_000_000);
  send(tape, { totalVolume: 1_500, lastVolume: 300 });
  const before = structuredClone(tape);
  assert.equal(send(tape, { totalVolume: 1_100, lastVolume: 300 }).kind, "conflict");
  assert.equal(send(tape, { totalVolume: 1_100, lastE2: null }).kind, "conflict");
  assert.equal(send(tape, { totalVolume: 1_100, lastVolume: 0 }).kind, "duplicate");
  assert.deepEqual(tape, before);
});

Deno.test("Lower totals that stay and are later re-base the tape, not before the fourth", () => {
  const tape = tapeAt(1_000, 10_000_000);
  const lower = (second: number, totalVolume: number) =>
    send(tape, { totalVolume, lastVolume: 10, exchangeMs: at(`10:00:0${second}`) });
  for (let i = 1; i <= LOWER_RUN_MAX; i++) assert.equal(lower(i, 800 + i * 10).kind, "stale");
  assert.equal(tape.head, 1_000);
  assert.equal(lower(4, 840).kind, "rebased");
  assert.deepEqual([tape.head, tape.counted, tape.missing, tape.sealed], [840, 0, 840, 840]);
  assert.equal(lower(5, 850).kind, "accepted");
});

Deno.test("A snapshot below the head is one more correction, and changes nothing when it comes again", () => {
  const exchangeMs = at("10:00:09");
  for (const totalVolume of [900, 1_000]) {
    const tape = tapeAt(1_000, 10_000_000);
    send(tape, { totalVolume: 800, exchangeMs: at("10:00:08") });
    const snapshot = tradeEvent({ totalVolume, exchangeMs });
    assert.equal(admit(tape, snapshot, true).kind, "baseline");
    assert.equal(tape.lowerRun, totalVolume === 900 ? 2 : 0);
    const before = structuredClone(tape);
    admit(tape, snapshot, false);
    assert.deepEqual(tape, before);
  }
});

Deno.test("A snapshot below the head that lies in a hole is no trade when it comes again (B-44)", () => {
  const tape = tapeAt(1_000, 10_000_000);
  send(tape, { totalVolume: 2_000, lastVolume: 100, exchangeMs: at("10:05:00") });
  const snapshot = tradeEvent({ totalVolume: 1_500, exchangeMs: at("10:05:00") });
  admit(tape, snapshot, true);
  assert.equal(admit(tape, snapshot, false).kind, "duplicate");
  assert.deepEqual([tape.counted, tape.missing, tape.sealed], [1_100, 900, 100]);
});

Deno.test("After a re-base, messages from before it move nothing", () => {
  const tape = tapeAt(1_000, 10_000_000);
  for (let i = 1; i <= 4; i++) {
    send(tape, { totalVolume: 800, lastVolume: 10, exchangeMs: at(`10:00:0${i}`) });
  }
  const before = structuredClone(tape);
  assert.equal(send(tape, { totalVolume: 1_000 }).kind, "stale");
  assert.equal(send(tape, { totalVolume: 700 }).kind, "duplicate");
  assert.deepEqual(tape, before);
});

Deno.test("Repeats and replays of old messages never add up to a re-base", () => {
  const tape = tapeAt(1_000, 10_000_000);
  for (let i = 0; i < 20; i++) {
    assert.equal(send(tape, { totalVolume: 500 + i }).kind, "duplicate");
    const repeated = send(tape, { totalVolume: 900, exchangeMs: at("10:00:09") });
    assert.equal(repeated.kind, "stale");
  }
  assert.equal(tape.head, 1_000);
  send(tape, { totalVolume: 1_100, exchangeMs: at("10:00:10") });
  assert.equal(tape.lowerRun, 0);
});

Deno.test("Beyond the limit of holes the oldest stays missing for good, and the law holds", () => {
  const tape = createTape();
  let totalVolume = 0;
  for (let i = 0; i <= GAPS_MAX; i++) {
    totalVolume += 200;
    send(tape, { totalVolume, lastVolume: 100 });
    law(tape);
  }
  assert.equal(tape.gaps.length, GAPS_MAX * 2);
  assert.equal(tape.sealed, 100);
  assert.equal(send(tape, { totalVolume: 100, lastVolume: 100 }).kind, "duplicate");
  assert.equal(send(tape, { totalVolume: 300, lastVolume: 100 }).kind, "filled-gap");
  law(tape);
});
