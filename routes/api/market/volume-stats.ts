import { answerData } from "../../../core/gateway/answer_data.ts";
import { SECURITIES_QUERY } from "../../../core/gateway/queries.ts";
import { volumeStats } from "../../../core/wire/volume_stats.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(
    ctx,
    SECURITIES_QUERY,
    (view, { symbols, scope }) => volumeStats(view, symbols ?? scope ?? "board"),
  )
);
