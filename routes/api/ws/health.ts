import { answerGet, jsonAnswer, NO_QUERY } from "../../../core/gateway/answer.ts";
import { wsHealthOf } from "../../../core/gateway/ws_health.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerGet(ctx, NO_QUERY, () => jsonAnswer(wsHealthOf(ctx.state.services)))
);
