import { keptJson } from "../../core/gateway/document_answer.ts";
import { openApiDocument } from "../../core/gateway/openapi.ts";
import { define } from "../../utils.ts";

const document = keptJson(openApiDocument);

/** REST of this server, for machines. */
export const handler = define.handlers((ctx) => {
  const { config, version } = ctx.state.services;
  const needsToken = config.wsAuthToken !== null;
  return document.answer(ctx, { version, page: new URL(ctx.url.origin), needsToken });
});
