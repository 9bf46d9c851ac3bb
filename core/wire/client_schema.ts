import * as z from "zod";
import { type ChannelName, isChannelName, ROW_SET_NAMES, STATUS_CHANNEL } from "./channel.ts";
import type { ClientFrame } from "./frames.ts";

/** Largest message a client may send, bytes of UTF-8. */
export const CLIENT_MESSAGE_BYTES_MAX = 4_096;
/** Most channels one operation may name. */
export const CHANNELS_MAX = 64;
/** Most symbols one operation may name. */
export const SYMBOLS_MAX = 500;
/** Least times between two data writes to a client; the first is the default. */
export const RATES_MS = [100, 250, 500, 1_000, 2_000] as const;
/** Rates that a client may ask for, ms between two updates; one between two gets the slower. */
export const RATE_MS_MIN = RATES_MS[0];
export const RATE_MS_MAX = RATES_MS[4];
/** What names look like; whether there is such a channel or symbol is asked later. */
export const CHANNEL_FORM = /^[a-zA-Z0-9:_-]{1,64}$/;
export const SYMBOL_FORM = /^[a-zA-Z0-9_.-]{1,32}$/;

const id = z.int().min(0);
const channels = z.array(z.string().regex(CHANNEL_FORM)).min(1).max(CHANNELS_MAX);
const position = z.strictObject({ e: z.string().min(1).max(64), s: z.int().min(0) });

const symbols = z.array(z.string().regex(SYMBOL_FORM)).min(1).max(SYMBOLS_MAX);

/** The operations by name, and in words what each wants. */
export const OPERATIONS = {
  sub: {
    schema: z.strictObject({
      op: z.literal("sub"),
      id,
      c: channels,
      from: z.record(z.string().refine(isChannelName), position).optional(),
      rate: z.int().min(RATE_MS_MIN).max(RATE_MS_MAX).optional(),
      syms: symbols.optional(),
    }),
    wanted: `id: a whole number; c: 1 to ${CHANNELS_MAX} names of channels; if given, from: ` +
      `{channel: {"e": epoch, "s": seq}}; rate: ${RATE_MS_MIN} to ${RATE_MS_MAX} ms; ` +
      `syms: 1 to ${SYMBOLS_MAX} symbols`,
  },
  unsub: {
    schema: z.strictObject({ op: z.literal("unsub"), id, c: channels }),
    wanted: `id: a whole number; c: 1 to ${CHANNELS_MAX} names of channels`,
  },
  ping: {
    schema: z.strictObject({ op: z.literal("ping"), id }),
    wanted: "id: a whole number",
  },
  auth: {
    schema: z.strictObject({ op: z.literal("auth"), id, token: z.string().min(1).max(512) }),
    wanted: "id: a whole number; token: 1 to 512 characters",
  },
  ack: {
    schema: z.strictObject({ op: z.literal("ack"), n: z.int().min(0) }),
    wanted: "n: how many messages were taken",
  },
} as const;

type OperationName = keyof typeof OPERATIONS;

const Operation = z.discriminatedUnion("op", [
  OPERATIONS.sub.schema,
  OPERATIONS.unsub.schema,
  OPERATIONS.ping.schema,
  OPERATIONS.auth.schema,
  OPERATIONS.ack.schema,
]);

/** What a client may name, for the text of a refusal. */
const WANTED = [
  ...ROW_SET_NAMES,
  "alerts",
  STATUS_CHANNEL,
  "stock:TICKER",
  "book:TICKER",
  "trades:TICKER",
].join(
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
  if (!read.success) return { ok: false, id: null, code: "BAD_MESSAGE", msg: wantedInstead(json) };
  const frame = read.data;
  if (!("c" in frame)) return { ok: true, frame, unknown: [] };
  const names = [...new Set(frame.c)];
  const c = names.filter(isChannelName) as ChannelName[];
  const unknown = names.filter((name) => !isChannelName(name));
  return { ok: true, frame: { ...frame, c } as ClientFrame, unknown };
}

/** The wanted form in words of ours. */
function wantedInstead(json: unknown): string {
  const op = (json as { op?: unknown } | null)?.op;
  const name = Object.keys(OPERATIONS).find((name): name is OperationName => name === op);
  if (name !== undefined) return `${name} wants exactly these fields: ${OPERATIONS[name].wanted}`;
  return `op: wanted one of ${Object.keys(OPERATIONS).join(", ")}`;
}
