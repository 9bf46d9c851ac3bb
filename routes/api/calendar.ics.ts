import { answerGet } from "../../core/gateway/answer.ts";
import { CALENDAR_QUERY } from "../../core/gateway/calendar_query.ts";
import { KeptDocument } from "../../core/gateway/document_answer.ts";
import { calendarFile } from "../../core/market/calendar_file.ts";
import { define } from "../../utils.ts";

const calendar = new KeptDocument(calendarFile, "text/calendar; charset=utf-8");

/** Holidays of the boards and expiries of VN30 futures, for a calendar to subscribe to. */
export const handler = define.handlers((ctx) =>
  answerGet(ctx, CALENDAR_QUERY, ({ lang }) => calendar.give(ctx.req, lang))
);
