import { answerGet, type Asked, NO_QUERY } from "./answer.ts";
import { EntityTag, isHeld } from "./entity_tag.ts";
import type { JsonObject } from "./json_schema.ts";

/** Answers GET and HEAD with a document of this server, which a client may keep and ask about. */
export function answerDocument(asked: Asked, make: () => JsonObject): Promise<Response> {
  return answerGet(asked, NO_QUERY, () => {
    const text = JSON.stringify(make());
    const etag = new EntityTag().add(text).toString();
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
      etag,
    };
    return isHeld(asked.req, etag)
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers });
  });
}
