import { asyncApiDocument, socketUrl } from "../../core/gateway/asyncapi.ts";
import { answerDocument } from "../../core/gateway/document_answer.ts";
import { define } from "../../utils.ts";

/** The realtime protocol of this server, for machines. */
export const handler = define.handlers((ctx) =>
  answerDocument(ctx, () => {
    const { config, version } = ctx.state.services;
    const page = ctx.url;
    const socket = socketUrl(page, config.wsPlace);
    const needsToken = config.wsAuthToken !== null;
    return asyncApiDocument({ version, page, socket, needsToken });
  })
);
