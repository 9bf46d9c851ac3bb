import type { Phase } from "../market/phase.ts";
import { formatVnDate, formatVnTime, vnSecondOfDay } from "../market/time.ts";
import type { AlertText, Written } from "./alert_words.ts";
import { DRIFT_MS, type SessionFinding } from "./finding.ts";

const PHASES: Readonly<Record<Phase, Written>> = {
  "pre-open": { en: "pre-open", vi: "trước giờ mở cửa" },
  ato: { en: "opening auction (ATO)", vi: "khớp lệnh định kỳ mở cửa (ATO)" },
  continuous: { en: "continuous matching", vi: "khớp lệnh liên tục" },
  lunch: { en: "lunch break", vi: "nghỉ trưa" },
  atc: { en: "closing auction (ATC)", vi: "khớp lệnh định kỳ đóng cửa (ATC)" },
  "put-through": { en: "put-through deals", vi: "giao dịch thỏa thuận" },
  plo: { en: "post-close matching (PLO)", vi: "khớp lệnh sau giờ (PLO)" },
  halted: { en: "halt", vi: "tạm ngừng giao dịch" },
  closed: { en: "closed", vi: "đóng cửa" },
};

/** Says what happened to a session. */
export function sessionText(finding: SessionFinding): AlertText {
  const { symbol, exchangeMs } = finding;
  const time = clock(exchangeMs);
  switch (finding.event) {
    case "phase": {
      const { before, phase } = finding;
      return {
        message: `${symbol}: ${PHASES[phase].en} since ${time}`,
        message_vi: `${symbol}: ${PHASES[phase].vi} từ ${time}`,
        data: {
          inputs: { event: "phase", phase, before },
          threshold: {},
          explanation: `The session codes of ${symbol} say ${phase}`,
        },
      };
    }
    case "drift": {
      const { phase, timetablePhase, sinceMs } = finding;
      const since = clock(sinceMs);
      return {
        message: `${symbol}: off the timetable since ${since}: the board says ` +
          `${PHASES[phase].en}, the timetable ${PHASES[timetablePhase].en}`,
        message_vi: `${symbol}: lệch lịch giao dịch từ ${since}: bảng báo ` +
          `${PHASES[phase].vi}, theo lịch là ${PHASES[timetablePhase].vi}`,
        data: {
          inputs: { event: "drift", phase, timetable_phase: timetablePhase, since },
          threshold: { seconds: DRIFT_MS / 1000 },
          explanation: `The feed has contradicted the timetable for ${DRIFT_MS / 1000} seconds; ` +
            `phases and windows follow the feed`,
        },
      };
    }
    case "archive":
      return {
        message: `Session of ${finding.tradingDate} archived at ${time}`,
        message_vi: `Đã lưu phiên ${formatVnDate(finding.tradingDate)} lúc ${time}`,
        data: {
          inputs: { event: "archive", trading_date: finding.tradingDate },
          threshold: {},
          explanation: "The session is over; it stays readable until the next one begins",
        },
      };
    case "rule-disabled":
      return {
        message: `${symbol}: alert rule ${finding.rule} failed and is off until the next day`,
        message_vi: `${symbol}: quy tắc cảnh báo ${finding.rule} bị lỗi, tắt đến phiên sau`,
        data: {
          inputs: { event: "rule-disabled", rule: finding.rule },
          threshold: {},
          explanation: "The rule threw an error for this symbol; the other rules go on",
        },
      };
  }
}

function clock(exchangeMs: number): string {
  return formatVnTime(vnSecondOfDay(exchangeMs));
}
