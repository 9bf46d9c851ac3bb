import { answerStream } from "../../../core/gateway/stream.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) => answerStream(ctx, ctx.params.channel!));
