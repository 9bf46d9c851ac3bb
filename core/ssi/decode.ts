import type { ZodType } from "zod";
import type { FeedEvent } from "../market/event.ts";
import {
  barEvent,
  foreignEvent,
  indexEvent,
  oddLotEvent,
  quoteEvent,
  type RawRecord,
  statusEvent,
  tradeEvent,
} from "./decode_record.ts";
import type { Refusal, RefusalReason } from "./decode_value.ts";
import {
  BarRecord,
  ForeignRecord,
  IndexRecord,
  OddLotRecord,
  QuoteRecord,
  StatusRecord,
  TradeRecord,
} from "./fields.ts";
import { excerpt, isObject, parseFrame, type TransportFrame } from "./frame.ts";

/** What one text from the hub says about the market. */
export interface DecodedFrame {
  readonly kind: TransportFrame["kind"];
  /** Messages found in the frame; each gives one event (X two) or one refusal. */
  readonly messages: number;
  /** Messages that gave events. */
  readonly decoded: number;
  readonly events: readonly FeedEvent[];
  /** What was not understood: whole frames, callbacks and messages. */
  readonly refusals: readonly Refusal[];
}

/** Callbacks of the hub that carry no market data; the connection deals with them. */
const OTHER_CALLBACKS: ReadonlySet<string> = new Set(["error", "reconnected", "disconnected"]);

/** Turns one text from the hub into events and counted refusals; never throws. */
export function decodeFrame(text: string): DecodedFrame {
  return decodeTransport(parseFrame(text));
}

/** As `decodeFrame`, for a frame that the connection has parsed already. */
export function decodeTransport(frame: TransportFrame): DecodedFrame {
  const events: FeedEvent[] = [];
  const refusals: Refusal[] = [];
  let messages = 0;
  let decoded = 0;
  if (frame.kind === "refused") {
    refusals.push({ reason: frame.fault, detail: frame.detail });
  } else if (frame.kind === "other") {
    refusals.push({ reason: "bad-envelope", detail: "frame has none of the known keys" });
  } else if (frame.kind === "init" || frame.kind === "messages") {
    if (frame.kind === "init") events.push({ kind: "connected" });
    for (let i = 0; i < frame.malformed; i++) {
      refusals.push({ reason: "bad-envelope", detail: "entry of M is no invocation" });
    }
    for (const { method, args } of frame.invocations) {
      if (method === "broadcast") {
        messages += args.length;
        for (const arg of args) {
          const refusal = decodeMessage(arg, events);
          if (refusal === null) decoded++;
          else refusals.push(refusal);
        }
      } else if (!OTHER_CALLBACKS.has(method)) {
        refusals.push({ reason: "unknown-method", detail: excerpt(method) });
      }
    }
  }
  return { kind: frame.kind, messages, decoded, events, refusals };
}

type Decoder = (
  record: RawRecord,
  faults: Refusal[],
) => readonly FeedEvent[];

/** Readers by DataType in upper case; Trade and Quote are names of an older service. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ["F", shaped(StatusRecord, (record, faults) => [statusEvent(record, faults)])],
  ["X-QUOTE", shaped(QuoteRecord, (record, faults, raw) => [quoteEvent(record, raw, faults)])],
  ["QUOTE", shaped(QuoteRecord, (record, faults, raw) => [quoteEvent(record, raw, faults)])],
  ["X-TRADE", shaped(TradeRecord, (record, faults) => [tradeEvent(record, "X-TRADE", faults)])],
  ["TRADE", shaped(TradeRecord, (record, faults) => [tradeEvent(record, "X-TRADE", faults)])],
  [
    "X",
    // The trade first: its side is judged by the book before it, and this book is the one after.
    shaped(
      TradeRecord,
      (record, faults, raw) => [
        tradeEvent(record, "X", faults),
        { ...quoteEvent(record, raw, faults), afterTrade: true },
      ],
    ),
  ],
  ["R", shaped(ForeignRecord, (record, faults) => [foreignEvent(record, faults)])],
  ["MI", shaped(IndexRecord, (record, faults) => [indexEvent(record, faults)])],
  ["OL", shaped(OddLotRecord, (record, faults, raw) => [oddLotEvent(record, raw, faults)])],
  ["B", shaped(BarRecord, (record, faults) => [barEvent(record, faults)])],
]);

/** Adds the events of one message, or says why there are none. */
function decodeMessage(arg: unknown, events: FeedEvent[]): Refusal | null {
  const message = typeof arg === "string" ? parseJson(arg) : arg;
  if (!isObject(message)) return notAnObject(arg, message, "Broadcast argument");
  const content = message.Content ?? message.content;
  const record = typeof content === "string" ? parseJson(content) : content;
  if (!isObject(record)) return notAnObject(content, record, "Content");
  const type = message.DataType ?? message.datatype ?? message.Datatype ?? message.dataType ??
    record.RType ?? record.Rtype;
  const decoder = typeof type === "string"
    ? DECODERS.get(type) ?? DECODERS.get(type.toUpperCase())
    : undefined;
  if (decoder === undefined) {
    const name = typeof type === "string" ? type : typeof type;
    return { reason: "unknown-type", detail: excerpt(`DataType is ${name}`) };
  }
  const faults: Refusal[] = [];
  const decoded = decoder(record, faults);
  // One message gives one refusal, whatever the number of things wrong with it.
  if (faults[0] !== undefined) return faults[0];
  for (const event of decoded) events.push(event);
  return null;
}

function shaped<T>(
  schema: ZodType<T>,
  read: (record: T, faults: Refusal[], raw: RawRecord) => readonly FeedEvent[],
): Decoder {
  return (record, faults) => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return read(parsed.data, faults, record);
    const key = String(parsed.error.issues[0]?.path[0] ?? "");
    faults.push({ reason: shapeReason(key, record[key]), detail: `${key} has the wrong type` });
    return [];
  };
}

const REASON_OF_KEY: ReadonlyMap<string, RefusalReason> = new Map([
  ["Symbol", "bad-symbol"],
  ["IndexId", "bad-symbol"],
  ["TradingDate", "bad-date"],
  ["Time", "bad-time"],
  ["TradingTime", "bad-time"],
]);

function shapeReason(key: string, value: unknown): RefusalReason {
  // 1e999 is valid JSON and reads as Infinity, which the schema does not take for a number.
  if (typeof value === "number" && !Number.isFinite(value)) return "bad-number";
  return REASON_OF_KEY.get(key) ?? "bad-shape";
}

/** undefined for a text that is no JSON: JSON itself cannot say undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notAnObject(text: unknown, value: unknown, layer: string): Refusal {
  return typeof text === "string" && value === undefined
    ? { reason: "not-json", detail: `${layer} is no JSON` }
    : { reason: "bad-envelope", detail: `${layer} is no object` };
}
