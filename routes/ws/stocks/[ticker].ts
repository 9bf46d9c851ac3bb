import { answerSocket } from "../../../core/gateway/socket.ts";
import { define } from "../../../utils.ts";

/** One security on every change; the versioned protocol for a client that offers it. */
export const handler = define.handlers((ctx) =>
  answerSocket(ctx, { plain: "stocks", ticker: ctx.params.ticker! })
);
