import { UNKNOWN_CHANNEL } from "../wire/client_schema.ts";
import type { ErrorFrame, OkFrame } from "../wire/frames.ts";

/** The refusal of an acknowledgement of what was never sent. */
export const ACK_AHEAD = {
  id: null,
  code: "BAD_MESSAGE",
  msg: "ack: wanted n of at most the messages that were sent",
} as const;

export function okText(id: number, rate?: number): string {
  const ok: OkFrame = { k: "ok", id };
  return JSON.stringify(rate === undefined ? ok : { ...ok, rate });
}

/** The reply to an operation that names channels which do not exist. */
export function unknownText(id: number, c: readonly string[]): string {
  const error: ErrorFrame = { k: "err", id, code: "BAD_CHANNEL", msg: UNKNOWN_CHANNEL, c };
  return JSON.stringify(error);
}
