import * as z from "zod";
import { integer } from "../config_forms.ts";
import type { ChannelName } from "../wire/channel.ts";
import { CHANNELS_MAX, RATE_MS_MAX, RATE_MS_MIN } from "../wire/client_schema.ts";
import type { Position } from "../wire/frames.ts";

/** Symbols in one query; an operation with so many and their channels fits into a message. */
const QUERY_SYMBOLS_MAX = 100;

const SYMBOL = /^[a-zA-Z0-9_.-]{1,32}$/;
const NAME = /^[a-zA-Z0-9:_-]{1,64}$/;
const POSITION = /^([\w.-]{1,64})\/(\d{1,15})$/;
const POSITION_FORM = "epoch/seq, as in a frame";

/** Reads `epoch/seq`; null for anything else. */
export function readPosition(text: string): Position | null {
  const [, e, s] = POSITION.exec(text) ?? [];
  return e === undefined ? null : { e, s: Number(s) };
}

/** A value in a certain form, or what is wanted. */
function inForm<T>(wanted: string, read: (text: string) => T | null) {
  return z.string().transform((text, context) => {
    const value = read(text);
    if (value !== null) return value;
    context.addIssue({ code: "custom", message: wanted });
    return z.NEVER;
  });
}

function readList(text: string, form: RegExp, countMax: number): readonly string[] | null {
  const entries = [...new Set(text.split(","))];
  return entries.length <= countMax && entries.every((entry) => form.test(entry)) ? entries : null;
}

const symbols = inForm(
  `1 to ${QUERY_SYMBOLS_MAX} symbols, separated by commas`,
  (text) => readList(text, SYMBOL, QUERY_SYMBOLS_MAX),
);

const channels = inForm(
  `1 to ${CHANNELS_MAX} names of channels, separated by commas`,
  (text) => readList(text, NAME, CHANNELS_MAX),
);

type Positions = Partial<Record<ChannelName, Position>>;

function readPositions(text: string): Positions | null {
  const positions: Record<string, Position> = {};
  const entries = text.split(",");
  for (const entry of entries) {
    const [name = "", place = "", ...rest] = entry.split("@");
    const position = readPosition(place);
    if (!NAME.test(name) || position === null || rest.length > 0) return null;
    positions[name] = position;
  }
  return entries.length <= CHANNELS_MAX ? positions : null;
}

/** Query of `/api/stream/{channel}`. */
export const STREAM_QUERY = z.strictObject({
  rate: integer(RATE_MS_MIN, RATE_MS_MAX).optional(),
  syms: symbols.optional(),
  lastEventId: inForm(POSITION_FORM, readPosition).optional(),
});

/** Query of `/api/channels/{channel}`. */
export const CHANNEL_QUERY = z.strictObject({
  e: z.string().regex(/^[\w.-]{1,64}$/, "the epoch of a frame").optional(),
  s: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  syms: symbols.optional(),
});

/** Query of `/api/channels`. */
export const CHANNELS_QUERY = z.strictObject({
  c: channels,
  from: inForm("channel@epoch/seq, separated by commas", readPositions).optional(),
  syms: symbols.optional(),
});
