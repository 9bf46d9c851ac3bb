import { answerGet, jsonAnswer, NO_QUERY, problemAnswer } from "../../../core/gateway/answer.ts";
import { marketSnapshot } from "../../../core/wire/snapshot.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerGet(ctx, NO_QUERY, () => {
    const { services, requestId } = ctx.state;
    if (services.hub.ready()) return jsonAnswer(marketSnapshot(services.hub.view()));
    const facts = {
      status: 503,
      code: "NOT_READY",
      detail: "no data from the engine yet",
    } as const;
    return problemAnswer(facts, requestId, { "retry-after": "1" });
  })
);
