import { answerSocket } from "../../core/gateway/socket.ts";
import { define } from "../../utils.ts";

/** The whole market on every change; the versioned protocol for a client that offers it. */
export const handler = define.handlers((ctx) => answerSocket(ctx, { plain: "market" }));
