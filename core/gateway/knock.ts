import { type Connected, peerOf } from "./client_address.ts";
import type { Knock } from "./door.ts";
import { givenTokens, offersV1 } from "./given_tokens.ts";

/** What a request shows at the door; `protocols` are those of its Sec-WebSocket-Protocol. */
export function knockOf(
  { req, info }: { readonly req: Request; readonly info: Connected },
  protocols: readonly string[],
): Knock {
  const { origin: target, searchParams: query } = new URL(req.url);
  const authorization = req.headers.get("authorization");
  return {
    peer: peerOf(info),
    forwardedFor: req.headers.get("x-forwarded-for"),
    origin: req.headers.get("origin"),
    target,
    tokens: givenTokens({ query, protocols, authorization }),
    isVersioned: offersV1(protocols),
  };
}
