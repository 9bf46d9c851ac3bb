import { NO_QUERY } from "../../core/gateway/answer.ts";
import { answerData } from "../../core/gateway/answer_data.ts";
import { symbolList } from "../../core/wire/symbols.ts";
import { define } from "../../utils.ts";

export const handler = define.handlers((ctx) => {
  // An earlier minute recorded no names: they are those of today.
  const { hub } = ctx.state.services;
  return answerData(ctx, NO_QUERY, (view) => symbolList(view, (symbol) => hub.namesOf(symbol)));
});
