import { NO_QUERY } from "../../../core/gateway/answer.ts";
import { answerData } from "../../../core/gateway/answer_data.ts";
import { auctionPaths } from "../../../core/wire/auction_path.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) => answerData(ctx, NO_QUERY, auctionPaths));
