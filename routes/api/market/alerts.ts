import { answerData, Refused } from "../../../core/gateway/answer_data.ts";
import { ALERTS_QUERY } from "../../../core/gateway/queries.ts";
import { alertPage } from "../../../core/wire/alert_page.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(ctx, ALERTS_QUERY, (view, query) =>
    alertPage(view, query) ?? new Refused({
      status: 400,
      code: "BAD_PARAMETER",
      detail: "bad value",
      parameter: "cursor",
      wanted: "a next_cursor of the current trading day",
    }))
);
