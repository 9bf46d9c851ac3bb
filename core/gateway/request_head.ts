import type { Asked } from "./answer.ts";
import { type Connected, peerOf } from "./client_address.ts";

/** The head of a request, whichever server took it. */
export interface RequestHead {
  readonly method: string;
  readonly url: URL;
  readonly requestId: string;
  /** Address at the other end of the connection. */
  readonly peer: string;
  /** A header by its name in small letters, those of one name joined by commas; null without. */
  header(name: string): string | null;
}

/** The head of a request to a route. */
export function headOf(
  { req, url, info, state }: Asked & { readonly info: Connected },
): RequestHead {
  return {
    method: req.method,
    url,
    requestId: state.requestId,
    peer: peerOf(info),
    header: (name) => req.headers.get(name),
  };
}
