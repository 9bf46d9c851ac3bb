import type { JSX } from "preact";
import { holidayOn, isTradingDay, nextTradingDay } from "../../core/market/calendar.ts";
import {
  type Exchange,
  type Phase,
  type Timetables,
  timetablesOn,
} from "../../core/market/phase.ts";
import { formatVnDate, vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import type { FeedStatus } from "../../core/wire/status.ts";
import { fill } from "../fill.ts";
import type { Lang } from "../i18n.ts";
import type { LiveWords } from "./live_words.ts";

interface PhaseBadgeProps {
  readonly exchange: Exchange;
  readonly feed: FeedStatus;
  /** Exchange time, Unix ms; null before the first number. */
  readonly nowMs: number | null;
  readonly words: LiveWords;
}

/** Phase of one board in words, and how long it still lasts; each board has its own timetable. */
export function PhaseBadge({ exchange, feed, nowMs, words }: PhaseBadgeProps): JSX.Element {
  const phase = feed.phases[exchange];
  const left = nowMs === null ? null : secondsLeft(exchange, phase, nowMs);
  return (
    <span class="phase" data-phase={phase}>
      <b>{words.board[exchange]}</b> {words.phase[phase]}
      {left !== null && <span class="countdown">{fill(words.timeLeft, { time: clock(left) })}
      </span>}
    </span>
  );
}

/**
 * Seconds until the timetable ends a phase; null where it has no such phase at that moment, because
 * the feed keeps other hours today, and where nothing trades.
 */
export function secondsLeft(exchange: Exchange, phase: Phase, nowMs: number): number | null {
  const date = vnDate(nowMs);
  if (phase === "closed" || phase === "halted" || !isTradingDay(date)) return null;
  const second = vnSecondOfDay(nowMs);
  const rows = timetablesOn(date)[exchange];
  const at = rows.findLastIndex(([start]) => start <= second);
  const next = rows[at + 1];
  return rows[at]![1] === phase && next !== undefined ? next[0] - second : null;
}

/** The next start of a board after a moment: its date and the time of day, such as `08:45`. */
export function nextOpen(exchange: Exchange, afterMs: number): { date: string; time: string } {
  const today = vnDate(afterMs);
  const opening = (tables: Timetables) =>
    tables[exchange].find(([, phase]) => phase !== "closed")![0];
  const isAhead = isTradingDay(today) && vnSecondOfDay(afterMs) < opening(timetablesOn(today));
  const date = isAhead ? today : nextTradingDay(today);
  return { date, time: clock(opening(timetablesOn(date)) / 60) };
}

/** Why nothing trades on the date of a moment: the holiday's name; null on any other day. */
export function holidayName(atMs: number, lang: Lang): string | null {
  return holidayOn(vnDate(atMs))?.[lang] ?? null;
}

/** Words for the next start of a board. */
export function nextOpenText(exchange: Exchange, afterMs: number, words: LiveWords): string {
  const { date, time } = nextOpen(exchange, afterMs);
  return fill(words.nextOpen, { date: formatVnDate(date), time });
}

/** Units of sixty: 252 s are `04:12`. */
function clock(n: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const [big, small] = [Math.floor(n / 60), Math.floor(n % 60)];
  return big < 60
    ? `${two(big)}:${two(small)}`
    : `${Math.floor(big / 60)}:${two(big % 60)}:${two(small)}`;
}
