import { answerGet, jsonAnswer, NO_QUERY } from "../core/gateway/answer.ts";
import { notReadyReasons } from "../core/gateway/health.ts";
import { define } from "../utils.ts";

export const handler = define.handlers((ctx) =>
  answerGet(ctx, NO_QUERY, () => {
    const reasons = notReadyReasons(ctx.state.services);
    if (reasons.length === 0) return jsonAnswer({ status: "ready" });
    const headers = { "retry-after": "1" };
    return jsonAnswer({ status: "not ready", reasons }, { status: 503, headers });
  })
);
