import { answerData } from "../../../core/gateway/answer_data.ts";
import { BREADTH_QUERY } from "../../../core/gateway/queries.ts";
import { indexBreadth } from "../../../core/wire/index_breadth.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(ctx, BREADTH_QUERY, (view, { index }) => indexBreadth(view, index))
);
