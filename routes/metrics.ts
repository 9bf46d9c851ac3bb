import { answerGet, NO_QUERY } from "../core/gateway/answer.ts";
import { metricsAnswer } from "../core/gateway/metrics_text.ts";
import { define } from "../utils.ts";

export const handler = define.handlers((ctx) =>
  answerGet(ctx, NO_QUERY, () => metricsAnswer(ctx.state.services))
);
