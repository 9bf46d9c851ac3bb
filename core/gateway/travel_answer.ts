import { answerGet, jsonAnswer, NO_QUERY } from "./answer.ts";
import { MOMENT_CHANNELS_QUERY } from "./channel_queries.ts";
import { framesAnswer } from "./channels.ts";
import type { DataAsked } from "./data_asked.ts";
import { hubAt, travelRefused } from "./moment_hub.ts";

/** Answers with the days that are recorded and their first and last minutes. */
export function answerDays(asked: DataAsked): Promise<Response> {
  return answerGet(asked, NO_QUERY, async () => {
    const { services, requestId } = asked.state;
    const found = await services.travel.days();
    return found.ok ? jsonAnswer({ days: found.days }) : travelRefused(requestId, found.refusal);
  });
}

/** Answers with the whole frames of some channels as they were at a minute, `2026-11-20T10:42`. */
export function answerMoment(asked: DataAsked, moment: string): Promise<Response> {
  return answerGet(asked, MOMENT_CHANNELS_QUERY, async ({ c, syms }) => {
    const found = await hubAt(asked, moment);
    return found instanceof Response ? found : framesAnswer(asked, found, { c, from: {}, syms });
  });
}
