import * as z from "zod";
import { form, integer } from "../config_forms.ts";
import type { ChannelName } from "../wire/channel.ts";
import {
  CHANNEL_FORM,
  CHANNELS_MAX,
  RATE_MS_MAX,
  RATE_MS_MIN,
  SYMBOL_FORM,
} from "../wire/client_schema.ts";
import type { Position } from "../wire/frames.ts";

/** Symbols in one query; an operation with so many and their channels fits into a message. */
const QUERY_SYMBOLS_MAX = 100;

const POSITION = /^([\w.-]{1,64})\/(\d{1,15})$/;
const POSITION_FORM = "epoch/seq, as in a frame";

/** Reads `epoch/seq`; null for anything else. */
export function readPosition(text: string): Position | null {
  const [, e, s] = POSITION.exec(text) ?? [];
  return e === undefined ? null : { e, s: Number(s) };
}

function readList(text: string, grammar: RegExp, countMax: number): readonly string[] | undefined {
  const entries = [...new Set(text.split(","))];
  return entries.length <= countMax && entries.every((entry) => grammar.test(entry))
    ? entries
    : undefined;
}

const symbols = form(
  `1 to ${QUERY_SYMBOLS_MAX} symbols, separated by commas`,
  (text) => readList(text, SYMBOL_FORM, QUERY_SYMBOLS_MAX),
);

const channels = form(
  `1 to ${CHANNELS_MAX} names of channels, separated by commas`,
  // A hub tells of a name that is no channel, beside those that are.
  (text) => readList(text, CHANNEL_FORM, CHANNELS_MAX) as readonly ChannelName[] | undefined,
);

type Positions = Partial<Record<ChannelName, Position>>;

function readPositions(text: string): Positions | undefined {
  const positions: Record<string, Position> = {};
  const entries = text.split(",");
  for (const entry of entries) {
    const [name = "", place = "", ...rest] = entry.split("@");
    const position = readPosition(place);
    if (!CHANNEL_FORM.test(name) || position === null || rest.length > 0) return undefined;
    positions[name] = position;
  }
  return entries.length <= CHANNELS_MAX ? positions : undefined;
}

/** Query of `/api/stream/{channel}`. */
export const STREAM_QUERY = z.strictObject({
  rate: integer(RATE_MS_MIN, RATE_MS_MAX).optional(),
  syms: symbols.optional(),
  lastEventId: form(POSITION_FORM, (text) => readPosition(text) ?? undefined).optional(),
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
  from: form("channel@epoch/seq, separated by commas", readPositions).optional(),
  syms: symbols.optional(),
});

/** Query of `/api/at/{date}/{minute}/channels`. */
export const MOMENT_CHANNELS_QUERY = z.strictObject({ c: channels, syms: symbols.optional() });
