import { answerData } from "../../../core/gateway/answer_data.ts";
import { INTRADAY_QUERY } from "../../../core/gateway/queries.ts";
import { indexIntraday } from "../../../core/wire/index_intraday.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(ctx, INTRADAY_QUERY, (view, { index, minutes }) => indexIntraday(view, index, minutes))
);
