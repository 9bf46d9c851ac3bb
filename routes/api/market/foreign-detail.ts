import { answerData } from "../../../core/gateway/answer_data.ts";
import { FOREIGN_QUERY } from "../../../core/gateway/queries.ts";
import { foreignDetail } from "../../../core/wire/foreign_summary.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(
    ctx,
    FOREIGN_QUERY,
    (view, { scope, ...wish }) => foreignDetail(view, scope, wish),
  )
);
