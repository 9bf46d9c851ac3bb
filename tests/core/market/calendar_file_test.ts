import assert from "node:assert/strict";
import { CONFIRMED_UNTIL, HOLIDAYS } from "../../../core/market/calendar.ts";
import { CALENDAR_LANGUAGES, calendarFile } from "../../../core/market/calendar_file.ts";

interface Read {
  readonly uid: string;
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly text: string | undefined;
}

/** The events of a file, read as RFC 5545 tells it: unfolded, by name, with what is escaped undone. */
function eventsOf(file: string): Read[] {
  const lines = file.replaceAll("\r\n ", "").split("\r\n");
  assert.equal(lines.at(-1), "");
  const events: Map<string, string>[] = [];
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    if (line === "BEGIN:VEVENT") events.push(new Map());
    else if (name !== undefined) events.at(-1)?.set(name, value!.replace(/\\(.)/g, "$1"));
  }
  return events.map((event) => ({
    uid: event.get("UID")!,
    start: event.get("DTSTART")!,
    end: event.get("DTEND")!,
    summary: event.get("SUMMARY")!,
    text: event.get("DESCRIPTION"),
  }));
}

Deno.test("The calendar holds every day without trading, days of one holiday as one entry (N-23)", () => {
  const entries = eventsOf(calendarFile("en"));
  const lunar = entries.filter(({ summary }) => summary === "No trading: Lunar New Year");
  assert.deepEqual(lunar.map(({ start, end }) => [start, end]), [
    ["20250127", "20250201"],
    ["20260216", "20260221"],
    ["20270204", "20270206"],
    ["20270208", "20270211"],
  ]);
  const day = (text: string) => Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6));
  const days = entries.filter(({ summary }) => summary.startsWith("No trading"))
    .reduce((sum, { start, end }) => sum + (day(end) - day(start)) / 86_400_000, 0);
  assert.equal(days, HOLIDAYS.length);
});

Deno.test("The calendar holds the last trading day of each month's VN30 future, before a holiday too (N-23)", () => {
  const entries = eventsOf(calendarFile("vi"));
  const of = (name: string) => entries.find(({ summary }) => summary === `Đáo hạn ${name}`)!;
  assert.deepEqual(of("VN30F2612"), {
    uid: "expiry-41I1GC000@vn-stock-tracker",
    start: "20261217",
    end: "20261218",
    summary: "Đáo hạn VN30F2612",
    text: "Ngày giao dịch cuối cùng của hợp đồng 41I1GC000.",
  });
  // The third Thursday of February 2026 is in the holidays of the lunar new year.
  assert.equal(of("VN30F2602").start, "20260213");
  assert.equal(entries.filter(({ summary }) => summary.startsWith("Đáo hạn")).length, 36);
});

Deno.test("What the exchange has not announced is told apart in each language (N-23)", () => {
  const words = { vi: "chưa có thông báo của sở giao dịch", en: "has not announced it" };
  for (const language of CALENDAR_LANGUAGES) {
    for (const { start, text = "", summary } of eventsOf(calendarFile(language))) {
      const isOpen = start > CONFIRMED_UNTIL.replaceAll("-", "");
      assert.equal(text.includes(words[language]), isOpen, summary);
    }
  }
});

Deno.test("Lines of the calendar are as long as the form allows, and no letter is cut (N-23)", () => {
  for (const language of CALENDAR_LANGUAGES) {
    const file = calendarFile(language);
    const lines = file.split("\r\n");
    assert.ok(lines.some((line) => line.startsWith(" ")), "something is folded");
    for (const line of lines) {
      assert.ok(new TextEncoder().encode(line).length <= 75, line);
      assert.ok(line.isWellFormed());
      assert.doesNotMatch(line, /[\r\n]/);
    }
    const uids = eventsOf(file).map(({ uid }) => uid);
    assert.equal(new Set(uids).size, uids.length);
  }
});
