import { plainMessage } from "../exchange/quirks.ts";
import type { SimMessage } from "../exchange/types.ts";
import type { WireMessage } from "../exchange/wire_message.ts";

/** The one hub of the service, spelt as the service spells it in its messages. */
export const HUB_NAME = "FcMarketDataV2Hub";

/** What the server sends when it has had nothing else to say. */
export const KEEP_ALIVE_FRAME = "{}";

// A constant stands where SignalR puts a random signal id, so that equal sessions give equal bytes.
const CURSOR_HEAD = "d-51A0DE00-B,";
const CURSOR_TAIL = "|C,0";

/** The cursor after message `number` of a connection (0 before the first). */
export function cursorAfter(number: number): string {
  return CURSOR_HEAD + number.toString(16).toUpperCase() + CURSOR_TAIL;
}

/** The message number a cursor of ours stands for, or null when it is none. */
export function numberOfCursor(cursor: string): number | null {
  const match = /^d-51A0DE00-B,([0-9A-F]{1,12})\|C,0$/.exec(cursor);
  return match === null ? null : Number.parseInt(match[1]!, 16);
}

/** The first frame of a connection: the transport is ready. */
export function initFrame(): string {
  return `{"C":"${cursorAfter(0)}","S":1,"M":[]}`;
}

/** A frame of already encoded hub messages, the last of which has the given number. */
export function messageFrame(lastNumber: number, messages: readonly string[]): string {
  return `{"C":"${cursorAfter(lastNumber)}","M":[${messages.join(",")}]}`;
}

/** A Broadcast of a message in its plain spelling. */
export function encodeBroadcast(message: SimMessage): string {
  return encodeWire(plainMessage(message));
}

/** A Broadcast: the record is a string inside a string, as SSI does it, or an object in one. */
export function encodeWire({ typeKey, contentKey, ...wire }: WireMessage): string {
  const content = wire.isObject ? wire.content : JSON.stringify(wire.content);
  return callback("Broadcast", JSON.stringify({ [typeKey]: wire.dataType, [contentKey]: content }));
}

/** A call of the client's `Error` method with a text. */
export function encodeError(text: string): string {
  return callback("Error", text);
}

/** The answer to an invocation; the id comes back as a string whatever it was. */
export function responseFrame(id: string | number, error?: string): string {
  return JSON.stringify({ I: String(id), E: error });
}

function callback(method: string, argument: string): string {
  return `{"H":"${HUB_NAME}","M":"${method}","A":[${JSON.stringify(argument)}]}`;
}
