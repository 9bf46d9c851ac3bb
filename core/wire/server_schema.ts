import * as z from "zod";
import { AlertSchema } from "./alert_schema.ts";
import {
  LOG_KINDS,
  ROW_SET_NAMES,
  type RowSetName,
  STATUS_CHANNEL,
  TICKER as TICKER_FORM,
} from "./channel.ts";
import { DataStatusSchema, PhasesSchema } from "./payload_schema.ts";
import { TRADE_METHODS, TRADE_SIDES } from "./trade.ts";

const count = z.int().min(0);
const cell = z.union([z.number(), z.string(), z.null()]);
const epoch = z.string().min(1).max(64);
const instantMs = z.int().nullable();

const ticker = z.string().regex(TICKER_FORM);
const rowSet = z.enum(ROW_SET_NAMES as [RowSetName, ...RowSetName[]]);
const stateChannel = z.union([
  rowSet,
  z.templateLiteral(["stock:", ticker]),
  z.templateLiteral(["book:", ticker]),
]);
const logChannel = z.union([z.literal("alerts"), z.templateLiteral(["trades:", ticker])]);
const channel = z.union([stateChannel, logChannel, z.literal(STATUS_CHANNEL)]);

const trade = z.tuple([
  z.int(),
  z.number().nullable(),
  count,
  z.enum(TRADE_SIDES),
  z.enum(TRADE_METHODS),
  count,
  z.union([z.literal(0), z.literal(1)]),
]);

const feedState = z.enum(["connecting", "live", "stale", "closed", "refused"]);

const feed = z.strictObject({
  provider: z.enum(["ssi", "sim"]),
  replay: z.boolean(),
  state: feedState,
  reason: z.string().nullable(),
  sinceMs: z.int(),
  asOfMs: instantMs,
  tradingDate: z.iso.date().nullable(),
  phases: PhasesSchema,
  membership: z.enum(["feed", "static"]),
  recorded: z.boolean(),
});

/** Every frame of `vnstock.v1.json` that a server sends, by its `k`. */
export const FRAME_SCHEMAS = {
  hello: z.strictObject({
    k: z.literal("hello"),
    v: z.literal(1),
    sid: z.string().min(1),
    hb: count,
    tick: count,
    rates: z.array(count),
    auth: z.boolean(),
    data_status: DataStatusSchema,
    limits: z.strictObject({
      messageBytes: count,
      channels: count,
      subscriptions: count,
      symbols: count,
    }),
    schema: z.record(
      z.union([rowSet, z.enum(["stock", "book", "trades"])]),
      z.strictObject({ f: z.array(z.string()) }),
    ),
    logs: z.tuple([z.literal(LOG_KINDS[0]), z.literal(LOG_KINDS[1])]),
  }),
  s: z.strictObject({
    k: z.literal("s"),
    c: stateChannel,
    e: epoch,
    s: count,
    t: instantMs,
    i: count.optional(),
    n: z.int().min(1).optional(),
    y: z.array(z.string()),
    v: z.array(z.array(cell)),
  }),
  d: z.strictObject({
    k: z.literal("d"),
    c: stateChannel,
    e: epoch,
    p: count,
    s: count,
    t: instantMs,
    d: z.array(cell),
  }),
  a: z.strictObject({
    k: z.literal("a"),
    c: logChannel,
    e: epoch,
    p: count,
    s: count,
    list: z.union([z.array(AlertSchema), z.array(trade)]),
  }),
  h: z.strictObject({
    k: z.literal("h"),
    t: z.int(),
    e: epoch,
    m: z.partialRecord(channel, count),
    lag: count.optional(),
    unsent: count.optional(),
    slower: count.optional(),
  }),
  st: z.strictObject({ k: z.literal("st"), st: feedState, data_status: DataStatusSchema, feed }),
  ok: z.strictObject({ k: z.literal("ok"), id: count, rate: count.optional() }),
  err: z.strictObject({
    k: z.literal("err"),
    id: count.nullable(),
    code: z.enum([
      "BAD_MESSAGE",
      "BAD_CHANNEL",
      "UNAUTHENTICATED",
      "FORBIDDEN",
      "RATE_LIMITED",
      "TOO_MANY_SUBS",
      "GAP",
      "UNAVAILABLE",
    ]),
    msg: z.string(),
    retry: count.optional(),
    c: z.array(z.string()).optional(),
  }),
  bye: z.strictObject({ k: z.literal("bye"), code: z.int(), after: count }),
} as const;

/** Any one frame. */
export const ServerFrameSchema = z.discriminatedUnion("k", [
  FRAME_SCHEMAS.hello,
  FRAME_SCHEMAS.s,
  FRAME_SCHEMAS.d,
  FRAME_SCHEMAS.a,
  FRAME_SCHEMAS.h,
  FRAME_SCHEMAS.st,
  FRAME_SCHEMAS.ok,
  FRAME_SCHEMAS.err,
  FRAME_SCHEMAS.bye,
]);

/** A message: one frame, or an array of them. */
export const ServerMessageSchema = z.union([ServerFrameSchema, z.array(ServerFrameSchema).min(1)]);

/** `GET /api/channels` and the like: the frames that a socket would get. */
export const FramesAnswerSchema = z.strictObject({ frames: z.array(ServerFrameSchema) });
