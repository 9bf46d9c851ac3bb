import { answerChannel } from "../../../core/gateway/channels.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) => answerChannel(ctx, ctx.params.channel!));
