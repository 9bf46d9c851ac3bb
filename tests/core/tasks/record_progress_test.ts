import assert from "node:assert/strict";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { vnInstantMs } from "../../../core/market/time.ts";
import { progressLine, RecordProgress, summaryLine } from "../../../core/tasks/record_progress.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";

const DATE = "2026-11-20";
const asOfMs = vnInstantMs(DATE, 10 * 3_600 + 15 * 60);
const live: FeedStatus = { ...connectingStatus("ssi", 0), state: "live", tradingDate: DATE };
const metrics = {
  journal_frames_total: 1_574,
  decode_messages_total: 68_080,
  journal_bytes_total: 64_487_424,
  journal_writable: 1,
};

Deno.test("The progress names date, time, state, what was recorded, and the lag of a real feed", () => {
  assert.equal(
    progressLine({ status: live, asOfMs, metrics }, asOfMs + 1_240),
    "2026-11-20 · 10:15:00 · live · 1,574 frames · 68,080 messages · 61.5 MB · lag 1.2 s",
  );
  const sim: FeedStatus = { ...live, provider: "sim" };
  assert.doesNotMatch(progressLine({ status: sim, asOfMs, metrics }, asOfMs), /lag/);
  assert.equal(
    progressLine({ status: null, asOfMs: null, metrics: {} }, asOfMs),
    "no trading date yet · connecting · 0 frames · 0 messages · 0.0 MB",
  );
});

Deno.test("The progress says what could not be kept", () => {
  const short = { ...metrics, journal_lost_total: 2, journal_undated_dropped_total: 1 };
  assert.match(progressLine({ status: live, asOfMs, metrics: short }, asOfMs), /3 frames LOST/);
  const full = { ...metrics, journal_writable: 0 };
  assert.match(progressLine({ status: live, asOfMs, metrics: full }, asOfMs), /CANNOT BE WRITTEN/);
});

/** What a progress writes that is told its figures once a second. */
function written(isTerminal: boolean, seconds: number): string[] {
  let nowMs = 0;
  const texts: string[] = [];
  const write = (text: string) => void texts.push(text);
  const progress = new RecordProgress({ isTerminal, write, nowMs: () => nowMs });
  progress.take({ k: "status", epoch: "e", status: live });
  for (; nowMs < seconds * 1_000; nowMs += 1_000) progress.take({ k: "metrics", metrics });
  progress.clear();
  return texts;
}

Deno.test("A terminal has one line that is redrawn, anything else gets a line every ten seconds", () => {
  const drawn = written(true, 3);
  assert.equal(drawn.length, 4);
  for (const text of drawn) {
    assert.ok(text.startsWith("\r\x1b[K"));
    assert.ok(!text.includes("\n"));
  }
  const lines = written(false, 21);
  assert.equal(lines.length, 3);
  for (const line of lines) assert.match(line, /^2026-11-20 .*\n$/);
});

Deno.test("The last line of a recording says how much of which day is where", () => {
  const figures = { records: 3_835, bytes: 159_173_837, dir: "data/ssi/journal" };
  assert.equal(
    summaryLine({ ...figures, date: DATE }),
    "Recorded 3,835 records (151.8 MB), the newest of 2026-11-20, in data/ssi/journal",
  );
  assert.match(summaryLine({ ...figures, date: null }), /^Recorded nothing/);
});
