import { NO_QUERY } from "../../../core/gateway/answer.ts";
import { answerData } from "../../../core/gateway/answer_data.ts";
import { limitStats } from "../../../core/wire/limit_stats.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) => answerData(ctx, NO_QUERY, limitStats));
