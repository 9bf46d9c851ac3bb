import { CALENDAR_REVISED, CONFIRMED_UNTIL, type Holiday, HOLIDAYS } from "./calendar.ts";
import { parseFuturesCode, vn30FuturesCode } from "./futures.ts";
import { addDays } from "./time.ts";

const WORDS = {
  vi: {
    name: "Chứng khoán Việt Nam: ngày nghỉ và đáo hạn",
    closed: (holiday: string) => `Nghỉ giao dịch: ${holiday}`,
    expiry: (name: string) => `Đáo hạn ${name}`,
    expiryText: (code: string) => `Ngày giao dịch cuối cùng của hợp đồng ${code}.`,
    expected: "Theo luật, chưa có thông báo của sở giao dịch.",
  },
  en: {
    name: "Vietnamese stocks: holidays and expiries",
    closed: (holiday: string) => `No trading: ${holiday}`,
    expiry: (name: string) => `Expiry of ${name}`,
    expiryText: (code: string) => `Last trading day of the future ${code}.`,
    expected: "By law; the exchange has not announced it yet.",
  },
} as const;

/** Languages of the calendar. */
export const CALENDAR_LANGUAGES = ["vi", "en"] as const;
export type CalendarLanguage = typeof CALENDAR_LANGUAGES[number];

interface Entry {
  /** Stays the same, so that a calendar which reads the file again moves the entry. */
  readonly uid: string;
  readonly first: string;
  readonly last: string;
  readonly summary: string;
  readonly text: string | null;
}

/**
 * Days without trading and last trading days of VN30 futures, in the years that the table of holidays
 * covers, as iCalendar (RFC 5545). What the exchange has not announced is told apart.
 */
export function calendarFile(language: CalendarLanguage): string {
  const entries = [...holidays(language), ...expiries(language)]
    .sort((a, b) => a.first < b.first ? -1 : 1);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//VN Stock Tracker//calendar//EN",
    "CALSCALE:GREGORIAN",
    `NAME:${escaped(WORDS[language].name)}`,
    `X-WR-CALNAME:${escaped(WORDS[language].name)}`,
    ...entries.flatMap(eventLines),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function holidays(language: CalendarLanguage): Entry[] {
  const { closed, expected } = WORDS[language];
  return runsOf(HOLIDAYS).map(({ first, last, holiday }) => ({
    uid: `closed-${first}`,
    first,
    last,
    summary: closed(holiday[language]),
    text: last > CONFIRMED_UNTIL ? expected : null,
  }));
}

function expiries(language: CalendarLanguage): Entry[] {
  const { expiry, expiryText, expected } = WORDS[language];
  const years = new Set(HOLIDAYS.map(({ date }) => Number(date.slice(0, 4))));
  return [...years].flatMap((year) =>
    Array.from({ length: 12 }, (_, i) => {
      const { code, month, lastTradingDate } = parseFuturesCode(vn30FuturesCode(year, i + 1))!;
      const text = expiryText(code);
      return {
        uid: `expiry-${code}`,
        first: lastTradingDate,
        last: lastTradingDate,
        summary: expiry(`VN30F${month.slice(2, 4)}${month.slice(5)}`),
        text: lastTradingDate > CONFIRMED_UNTIL ? `${text} ${expected}` : text,
      };
    })
  );
}

/** Days of one holiday that follow each other. */
function runsOf(days: readonly Holiday[]): { first: string; last: string; holiday: Holiday }[] {
  const runs: { first: string; last: string; holiday: Holiday }[] = [];
  for (const holiday of days) {
    const run = runs.at(-1);
    const isNext = run?.holiday.en === holiday.en && addDays(run.last, 1) === holiday.date;
    if (isNext) run.last = holiday.date;
    else runs.push({ first: holiday.date, last: holiday.date, holiday });
  }
  return runs;
}

function eventLines({ uid, first, last, summary, text }: Entry): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}@vn-stock-tracker`,
    `DTSTAMP:${compact(CALENDAR_REVISED)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(first)}`,
    // The day after the last one.
    `DTEND;VALUE=DATE:${compact(addDays(last, 1))}`,
    `SUMMARY:${escaped(summary)}`,
    ...(text === null ? [] : [`DESCRIPTION:${escaped(text)}`]),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function compact(date: string): string {
  return date.replaceAll("-", "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&");
}

/** A line has 75 bytes at most; it goes on after a space, and no letter is cut. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let [bytes, text] = [0, ""];
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > 75) {
      text += "\r\n ";
      bytes = 1;
    }
    text += letter;
    bytes += size;
  }
  return text;
}
