import { answerDays } from "../../../core/gateway/travel_answer.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) => answerDays(ctx));
