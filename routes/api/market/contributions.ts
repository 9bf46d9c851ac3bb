import { answerData } from "../../../core/gateway/answer_data.ts";
import { CONTRIBUTIONS_QUERY } from "../../../core/gateway/queries.ts";
import { contributions } from "../../../core/wire/contributions.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(
    ctx,
    CONTRIBUTIONS_QUERY,
    (view, { index, limit }) => contributions(view, index, limit),
  )
);
