import { answerGet, jsonAnswer, NO_QUERY } from "../core/gateway/answer.ts";
import { briefHealth, healthOf } from "../core/gateway/health.ts";
import { hasToken } from "../core/gateway/rest_auth.ts";
import { define } from "../utils.ts";

export const handler = define.handlers((ctx) =>
  answerGet(
    ctx,
    NO_QUERY,
    () =>
      jsonAnswer(hasToken(ctx) ? healthOf(ctx.state.services) : briefHealth(ctx.state.services)),
  )
);
