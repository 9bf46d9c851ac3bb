import { answerSocket } from "../core/gateway/socket.ts";
import { define } from "../utils.ts";

/** Every channel on one socket, in the versioned protocol. */
export const handler = define.handlers((ctx) => answerSocket(ctx, { plain: null }));
