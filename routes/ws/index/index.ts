import { answerSocket } from "../../../core/gateway/socket.ts";
import { define } from "../../../utils.ts";

// A file `ws/index.ts` would be the address `/ws`.
/** VN30 and VNINDEX on every change; the versioned protocol for a client that offers it. */
export const handler = define.handlers((ctx) => answerSocket(ctx, { plain: "index" }));
