import type { Knock } from "./door.ts";
import { givenTokens, offersV1 } from "./given_tokens.ts";
import type { RequestHead } from "./request_head.ts";

/** What a request shows at the door; `protocols` are those of its Sec-WebSocket-Protocol. */
export function knockOf(asked: RequestHead, protocols: readonly string[]): Knock {
  const { origin: target, searchParams: query } = asked.url;
  const authorization = asked.header("authorization");
  return {
    peer: asked.peer,
    forwardedFor: asked.header("x-forwarded-for"),
    origin: asked.header("origin"),
    target,
    tokens: givenTokens({ query, protocols, authorization }),
    isVersioned: offersV1(protocols),
  };
}
