import { answerMoment } from "../../../../../core/gateway/travel_answer.ts";
import { define } from "../../../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerMoment(ctx, `${ctx.params.date}T${ctx.params.minute}`)
);
