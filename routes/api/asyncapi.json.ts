import { asyncApiDocument, socketUrl } from "../../core/gateway/asyncapi.ts";
import { keptJson } from "../../core/gateway/document_answer.ts";
import { define } from "../../utils.ts";

const document = keptJson(asyncApiDocument);

/** The realtime protocol of this server, for machines. */
export const handler = define.handlers((ctx) => {
  const { config, version } = ctx.state.services;
  const socket = socketUrl(ctx.url, config.wsPlace);
  const needsToken = config.wsAuthToken !== null;
  return document.answer(ctx, { version, page: new URL(ctx.url.origin), socket, needsToken });
});
