import { answerHistory } from "../../../../core/gateway/history_answer.ts";
import { HISTORY } from "../../../../core/gateway/history_lists.ts";
import { define } from "../../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerHistory(ctx, HISTORY.volumePrices, ctx.params.symbol!)
);
