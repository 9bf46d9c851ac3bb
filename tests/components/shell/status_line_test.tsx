import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { liveWordsOf } from "../../../components/shell/live_words.ts";
import { secondsLeft } from "../../../components/shell/phase_badge.tsx";
import { changeText } from "../../../components/shell/toasts.tsx";
import { Notices } from "../../../components/shell/status_line.tsx";
import { vnInstantMs } from "../../../core/market/time.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";
import { StatusBar } from "../../../components/shell/status_bar.tsx";
import { LINK, SIM_LIVE } from "../fixture_rows.ts";

const words = liveWordsOf("en");

const AROUND = {
  ...{ isStreaming: true, storedMs: null, lang: "en", words } as const,
  nowMs: vnInstantMs("2026-08-31", 10 * 3600),
};

function noticesOf(feed: Partial<FeedStatus>): string {
  return renderToString(
    <Notices {...AROUND} feed={{ ...SIM_LIVE, ...feed }} mode="stream" />,
  );
}

Deno.test("A refused key is a standing notice with the reason, an interruption a passing one", () => {
  const refused = noticesOf({ state: "refused", reason: "SSI answered 401" });
  assert.match(refused, /class="notice bad"/);
  assert.ok(refused.includes(words.refusedHelp) && refused.includes("SSI answered 401"));
  const stale = noticesOf({ state: "stale", reason: "no frame for 10 s" });
  assert.match(stale, /class="notice passing"/);
  assert.match(stale, /lang="en">no frame for 10 s/);
  assert.doesNotMatch(noticesOf({}), /class="notice/);
});

Deno.test("The shipped list of members is owned up to once the source could not be read", () => {
  assert.ok(noticesOf({ membership: "static" }).includes(words.staticMembers));
  const trying = noticesOf({ membership: "static", state: "connecting" });
  assert.ok(!trying.includes(words.staticMembers));
});

Deno.test("That numbers come by polling is announced (F-248)", () => {
  const html = renderToString(<Notices {...AROUND} feed={SIM_LIVE} mode="polling" />);
  assert.match(html, /role="status"><p class="notice passing">/);
  assert.ok(html.includes(words.pollingNotice));
  assert.ok(!noticesOf({}).includes(words.pollingNotice));
});

Deno.test("A day that is not recorded is owned up to", () => {
  assert.ok(noticesOf({ recorded: false }).includes(words.notRecorded));
  assert.ok(!noticesOf({}).includes(words.notRecorded));
});

Deno.test("Numbers that never came have no age", () => {
  const status = (asOfMs: number | null) => {
    const feed: FeedStatus = { ...SIM_LIVE, state: "refused" };
    return renderToString(
      <StatusBar
        link={{ ...LINK, feed, asOfMs, ageMs: 44_000 }}
        exchange="HOSE"
        words={words}
      />,
    );
  };
  assert.match(status(SIM_LIVE.asOfMs), /44 s ago/);
  assert.doesNotMatch(status(null), / ago/);
  assert.match(status(null), /No data yet/);
});

Deno.test("A closed market names its session, the holiday and the next start (B-26, B-27)", () => {
  const html = noticesOf({ state: "closed", tradingDate: "2026-08-28" });
  assert.match(html, /Numbers are those of 28\/08\/2026/);
  assert.match(html, /Holiday today: National Day/);
  assert.match(html, /Opens again at 08:45 on 03\/09\/2026/);
  assert.doesNotMatch(noticesOf({}), /closed/);
});

Deno.test("A copy that the device kept says so and when it was made", () => {
  const html = renderToString(
    <Notices {...AROUND} feed={SIM_LIVE} mode="static" storedMs={AROUND.nowMs} />,
  );
  assert.match(html, /copy kept on this device, from 10:00:00 31\/08\/2026/);
});

Deno.test("Changes of mode are told once, the first connection is no news (F-248)", () => {
  const tell = (
    before: "connecting" | "open" | "polling",
    after: "open" | "polling" | "reconnecting",
  ) => changeText(before, after, true, words);
  assert.equal(tell("connecting", "open"), null);
  assert.equal(tell("open", "open"), null);
  assert.equal(tell("open", "reconnecting"), words.nowReconnecting);
  assert.equal(tell("polling", "open"), words.nowStreaming);
  assert.equal(tell("open", "polling"), words.nowPolling);
  assert.equal(changeText("open", "polling", false, words), words.nowPollingChosen);
});

Deno.test("A phase counts down to the end that its timetable names (F-204)", () => {
  const at = (time: number) => vnInstantMs("2026-08-03", time);
  assert.equal(secondsLeft("HOSE", "continuous", at(11 * 3600)), 1800);
  assert.equal(secondsLeft("HOSE", "atc", at(14.5 * 3600 + 60)), 840);
  assert.equal(secondsLeft("HOSE", "ato", at(11 * 3600)), null);
  assert.equal(secondsLeft("HOSE", "closed", at(16 * 3600)), null);
  assert.equal(secondsLeft("HOSE", "continuous", vnInstantMs("2026-08-31", 11 * 3600)), null);
});
