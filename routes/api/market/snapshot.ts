import { answerData } from "../../../core/gateway/answer_data.ts";
import { SNAPSHOT_QUERY } from "../../../core/gateway/queries.ts";
import { marketSnapshot } from "../../../core/wire/snapshot.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(ctx, SNAPSHOT_QUERY, (view, { symbols }) => marketSnapshot(view, symbols))
);
