import * as z from "zod";
import { type ChannelName, isChannelName, ROW_SET_NAMES, STATUS_CHANNEL } from "./channel.ts";
import type { ClientFrame } from "./frames.ts";

/** Largest message a client may send, bytes of UTF-8. */
export const CLIENT_MESSAGE_BYTES_MAX = 4_096;
/** Most channels one operation may name. */
export const CHANNELS_MAX = 64;

const id = z.int().min(0);
const channels = z.array(z.string().regex(/^[a-zA-Z0-9:_-]{1,64}$/)).min(1).max(CHANNELS_MAX);
const position = z.strictObject({ e: z.string().min(1).max(64), s: z.int().min(0) });

const Operation = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("sub"),
    id,
    c: channels,
    from: z.record(z.string().refine(isChannelName), position).optional(),
  }),
  z.strictObject({ op: z.literal("unsub"), id, c: channels }),
  z.strictObject({ op: z.literal("ping"), id }),
]);

/** What a client may name, for the text of a refusal. */
const WANTED = [...ROW_SET_NAMES, "alerts", STATUS_CHANNEL, "stock:TICKER", "trades:TICKER"].join(
  ", ",
);
export const UNKNOWN_CHANNEL = `unknown channel: wanted ${WANTED}`;

/** A client's message, or why it was refused; free text of the client is never repeated. */
export type ReadFrame =
  | {
    readonly ok: true;
    readonly frame: ClientFrame;
    /** Well-formed names in `c` that are no channel; they are left out of the frame. */
    readonly unknown: readonly string[];
  }
  | { readonly ok: false; readonly id: null; readonly code: "BAD_MESSAGE"; readonly msg: string };

/** Reads one text message of a client; never throws. */
export function readClientFrame(text: string): ReadFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, id: null, code: "BAD_MESSAGE", msg: "not JSON" };
  }
  const read = Operation.safeParse(json);
  if (!read.success) {
    const msg = "wanted one of the operations sub, unsub, ping with exactly their fields";
    return { ok: false, id: null, code: "BAD_MESSAGE", msg };
  }
  const frame = read.data;
  if (frame.op === "ping") return { ok: true, frame, unknown: [] };
  const names = [...new Set(frame.c)];
  const c = names.filter(isChannelName) as ChannelName[];
  const unknown = names.filter((name) => !isChannelName(name));
  return { ok: true, frame: { ...frame, c } as ClientFrame, unknown };
}
