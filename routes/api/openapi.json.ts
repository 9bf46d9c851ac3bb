import { answerDocument } from "../../core/gateway/document_answer.ts";
import { openApiDocument } from "../../core/gateway/openapi.ts";
import { define } from "../../utils.ts";

/** REST of this server, for machines. */
export const handler = define.handlers((ctx) =>
  answerDocument(ctx, () => {
    const { config, version } = ctx.state.services;
    const needsToken = config.wsAuthToken !== null;
    return openApiDocument({ version, page: ctx.url, needsToken });
  })
);
