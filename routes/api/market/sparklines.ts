import { answerData } from "../../../core/gateway/answer_data.ts";
import { SECURITIES_QUERY } from "../../../core/gateway/queries.ts";
import { sparklines } from "../../../core/wire/sparklines.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(
    ctx,
    SECURITIES_QUERY,
    (view, { symbols, scope }) => sparklines(view, symbols ?? scope ?? "board"),
  )
);
