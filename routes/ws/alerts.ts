import { answerSocket } from "../../core/gateway/socket.ts";
import { define } from "../../utils.ts";

/** Each new alert as one message; the versioned protocol for a client that offers it. */
export const handler = define.handlers((ctx) => answerSocket(ctx, { plain: "alerts" }));
