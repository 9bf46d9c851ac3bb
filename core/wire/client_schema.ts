import * as z from "zod";
import { TABLE_NAMES, type TableName } from "./board.ts";
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
    from: z.partialRecord(z.enum(TABLE_NAMES), position).optional(),
  }),
  z.strictObject({ op: z.literal("unsub"), id, c: channels }),
  z.strictObject({ op: z.literal("ping"), id }),
]);

/** A client's message, or why it was refused; the text of the client is never repeated. */
export type ReadFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  | {
    readonly ok: false;
    readonly id: number | null;
    readonly code: "BAD_MESSAGE" | "BAD_CHANNEL";
    readonly msg: string;
  };

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
  if (frame.op === "ping") return { ok: true, frame };
  if (!frame.c.every(isTableName)) {
    const msg = `unknown channel: wanted ${TABLE_NAMES.join(", ")}`;
    return { ok: false, id: frame.id, code: "BAD_CHANNEL", msg };
  }
  return { ok: true, frame: { ...frame, c: [...new Set(frame.c)] } as ClientFrame };
}

function isTableName(name: string): name is TableName {
  return (TABLE_NAMES as readonly string[]).includes(name);
}
