import type { SimMessage } from "../../../core/exchange/types.ts";
import { encodeBroadcast, messageFrame } from "../../../core/sim/frames.ts";
import { FRAME_CHARS_MAX } from "../../../core/ssi/frame.ts";
import type { Draws } from "./draws.ts";

const TOO_LARGE = " ".repeat(FRAME_CHARS_MAX + 1);

type Garbler = (message: SimMessage, draws: Draws) => string;

/** A frame of one message with other values in its record. */
const changed = (values: Readonly<Record<string, unknown>>) => (message: SimMessage) =>
  frameOf({ ...message, record: { ...message.record, ...values } });

/** What can happen to a frame. Nothing here may be believed, except where it says so. */
const GARBLERS: readonly Garbler[] = [
  (message, draws) => {
    const text = frameOf(message);
    return text.slice(0, draws.below(text.length));
  },
  (message) => frameOf(message).replaceAll('"H"', "“H”"),
  () => TOO_LARGE,
  () => '{"Z":1}',
  () => '{"C":"c","M":[7]}',
  () => '{"C":"c","M":[{"H":"h","M":"Frobnicate","A":["x"]}]}',
  () => '{"C":"c","M":[{"H":"h","M":"Broadcast","A":["7","{",{"DataType":"R","Content":"{"}]}]}',
  (message) => frameOf({ ...message, channel: "Q" as SimMessage["channel"] }),
  changed({ Symbol: "A/B", IndexId: "A/B" }),
  changed({ TradingSession: {}, Close: [] }),
  changed({ TradingDate: "31/02/2026" }),
  changed({ Time: "25:00:00" }),
  changed({ TotalVol: -1, BidVol1: -1, BuyVol: -1, TotalQtty: -1, Close: -1, Time: "10:00:00" }),
  (message) => frameOf(message).replace(/\\":\d+/, '\\":1e999'),
  // Read all the same: numbers as text, an unknown session, a misspelt key.
  (message) => {
    const texts = Object.entries(message.record).map(([key, value]) =>
      [key, typeof value === "number" ? String(value) : value] as const
    );
    return frameOf({ ...message, record: Object.fromEntries(texts) });
  },
  changed({ TradingSession: null, AskPrie9: "NaN", Surprise: { a: 1 } }),
  // True messages of another day.
  changed({ TradingDate: "19/11/2026" }),
];

/** Damages one message on its way; the text may pass for anything but another true message. */
export function garble(message: SimMessage, draws: Draws): string {
  return draws.pick(GARBLERS)(message, draws);
}

/** A message of a day far ahead; always the same security, which alone is not to be believed. */
export const farAhead = changed({ TradingDate: "20/01/2027" });

/** A message of an hour far ahead, when its board is closed; likewise of one security alone. */
export const hoursAhead = changed({ Time: "23:59:58", TradingSession: "C" });

/** One character of a frame turned into another; it may pass for a true message with a field less. */
export function flip(message: SimMessage, draws: Draws): string {
  const text = frameOf(message);
  const at = draws.below(text.length);
  return `${text.slice(0, at)}#${text.slice(at + 1)}`;
}

/** A frame of some messages. */
export function frameOf(...messages: readonly SimMessage[]): string {
  return messageFrame(1, messages.map(encodeBroadcast));
}
