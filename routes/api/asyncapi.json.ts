import { answerGet, jsonAnswer, NO_QUERY } from "../../core/gateway/answer.ts";
import { asyncApiDocument, socketUrl } from "../../core/gateway/asyncapi.ts";
import { define } from "../../utils.ts";

/** The realtime protocol of this server, for machines. */
export const handler = define.handlers((ctx) =>
  answerGet(ctx, NO_QUERY, () => {
    const { config, version } = ctx.state.services;
    const page = ctx.url;
    const socket = socketUrl(page, config.wsPlace);
    const needsToken = config.wsAuthToken !== null;
    return jsonAnswer(asyncApiDocument({ version, page, socket, needsToken }));
  })
);
