import { answerSocket } from "../../core/gateway/socket.ts";
import { define } from "../../utils.ts";

/** Foreign flow of VN30 and of the market on every change; the versioned protocol for a client that offers it. */
export const handler = define.handlers((ctx) => answerSocket(ctx, { plain: "foreign" }));
