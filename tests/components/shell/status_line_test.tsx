import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { liveWordsOf } from "../../../components/shell/live_words.ts";
import { Notices } from "../../../components/shell/status_line.tsx";
import type { FeedStatus } from "../../../core/wire/status.ts";
import StatusBar from "../../../islands/status_bar.tsx";
import { LINK, SIM_LIVE } from "../fixture_rows.ts";

const words = liveWordsOf("en");

function noticesOf(feed: Partial<FeedStatus>): string {
  return renderToString(
    <Notices feed={{ ...SIM_LIVE, ...feed }} mode="stream" isStreaming words={words} />,
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
  const html = renderToString(<Notices feed={SIM_LIVE} mode="polling" isStreaming words={words} />);
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
      <StatusBar link={{ ...LINK, feed, asOfMs, ageMs: 44_000 }} words={words} />,
    );
  };
  assert.match(status(SIM_LIVE.asOfMs), /44 s ago/);
  assert.doesNotMatch(status(null), / ago/);
  assert.match(status(null), /No data yet/);
});
