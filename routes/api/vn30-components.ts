import { answerGet, jsonAnswer, NO_QUERY } from "../../core/gateway/answer.ts";
import { vn30Components } from "../../core/gateway/components.ts";
import { define } from "../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerGet(ctx, NO_QUERY, () => jsonAnswer(vn30Components(ctx.state.services.hub.view())))
);
