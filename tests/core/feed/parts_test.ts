import assert from "node:assert/strict";
import fc from "fast-check";
import { Governor } from "../../../core/feed/governor.ts";
import { withoutAddress } from "../../../core/feed/http.ts";
import { Redactor } from "../../../core/feed/redactor.ts";
import { vn30FuturesAmong } from "../../../core/feed/startup.ts";
import { risingClock, steadyClock } from "../../../core/feed/steady_clock.ts";
import { Secret } from "../../../core/secret.ts";

Deno.test("governor - never gives two turns within the spacing, whoever asks when", () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: 3_000 }), { maxLength: 60 }), (gaps) => {
    const governor = new Governor({ spacingMs: 1_000, waitingMax: 16 });
    let nowMs = 0;
    let lastMs = -Infinity;
    for (const gapMs of gaps) {
      nowMs += gapMs;
      const waitMs = governor.take(nowMs);
      if (waitMs === null) continue;
      assert.ok(waitMs >= 0 && waitMs <= 16_000);
      assert.ok(nowMs + waitMs - lastMs >= 1_000);
      lastMs = nowMs + waitMs;
    }
  }));
});

Deno.test("governor - lets sixteen wait, and counts those it turns away", () => {
  const governor = new Governor({ spacingMs: 1_000, waitingMax: 16 });
  const waits = [...Array(19)].map(() => governor.take(0));
  assert.deepEqual(waits.slice(0, 17), [...Array(17).keys()].map((n) => n * 1_000));
  assert.deepEqual(waits.slice(17), [null, null]);
  assert.equal(governor.refused, 2);
});

Deno.test("steady clock - counts passing time and no jump in either direction", () => {
  let nowMs = 1_000;
  const clock = steadyClock({ nowMs: () => nowMs }, 5_000);
  const read = (ms: number) => {
    nowMs = ms;
    return clock.nowMs();
  };
  assert.deepEqual([2_000, 6_999, 3_600_000, 3_601_000, 5, 1_005].map(read), [
    2_000,
    6_999,
    6_999,
    7_999,
    7_999,
    8_999,
  ]);
});

Deno.test("rising clock - takes a clock that is set back for one that stands still", () => {
  let nowMs = 1_000;
  const clock = risingClock({ nowMs: () => nowMs });
  const read = (ms: number) => {
    nowMs = ms;
    return clock.nowMs();
  };
  assert.deepEqual([9_000_000, 5, 1_005].map(read), [9_000_000, 9_000_000, 9_001_000]);
});

Deno.test("redactor - hides a secret wherever it stands, encoded and cut off too", () => {
  const redactor = new Redactor();
  redactor.add("token", new Secret("abc+def/ghi=="));
  redactor.add("empty", new Secret(""));
  const cases = {
    "x abc+def/ghi== y": "x [secret] y",
    "t=abc%2Bdef%2Fghi%3D%3D&u": "t=[secret]&u",
    "cut here: abc+def/g…": "cut here: [secret]…",
    "cut here: abc+def/": "cut here: [secret]",
    "nothing here": "nothing here",
  };
  for (const [text, cleaned] of Object.entries(cases)) assert.equal(redactor.clean(text), cleaned);
});

Deno.test("network errors - lose their addresses", () => {
  const error = new TypeError(
    "error sending request for url (http://h:1/negotiate?connectionToken=abc): connection refused",
  );
  assert.equal(withoutAddress(error), "error sending request: connection refused");
  assert.equal(withoutAddress("no way to wss://h/x?t=1 today"), "no way to [address] today");
});

Deno.test("futures - the listing is read by both code schemes, nearest first, expired ones left out (F-017, B-13, B-38)", () => {
  const codes = ["41I1H3000", "41I1GC000", "VN30F2612", "41I2GC000", "FPT", "41I1H1000"];
  assert.deepEqual(vn30FuturesAmong(codes, "2026-11-20"), ["41I1GC000", "41I1H1000", "41I1H3000"]);
  assert.deepEqual(vn30FuturesAmong(["41I1GB000", "41I1GC000"], "2026-11-20"), ["41I1GC000"]);
  assert.deepEqual(vn30FuturesAmong(["41I1F8000"], "2026-11-20"), ["41I1F8000"], "another date");
  assert.deepEqual(vn30FuturesAmong([], "2026-11-20"), []);
});
