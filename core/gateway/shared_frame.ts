import { Buffer } from "node:buffer";
import { constants, deflateRawSync } from "node:zlib";
import type { SharedMessage } from "../hub/message.ts";

/** A shorter text leaves as it is: deflating saves less than a frame's share of a packet. */
export const DEFLATE_BYTES_MIN = 256;

/** A quarter to a half of the time of the default level, for 2 % more bytes of our JSON at most. */
const LEVEL = 3;

const PLAIN = Symbol("plain frame");
const DEFLATED = Symbol("deflated frame");

/** What is encoded at once; a longer text, of which there is one for many clients, is on its own. */
const SCRATCH_BYTES = 65_536;
const scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
const encoder = new TextEncoder();

const FIN_TEXT = 0x81;
const RSV1 = 0x40;
/** A flush ends with these four bytes, which RFC 7692 leaves out. */
const FLUSH_TAIL_BYTES = 4;

/** The message as a frame of a server, made once for all links. */
export function plainFrame(message: SharedMessage): Buffer {
  return message.as(PLAIN, plain);
}

/**
 * The same for clients with permessage-deflate. As no context is taken over from message to message,
 * one deflated frame is right for every such client.
 */
export function deflatedFrame(message: SharedMessage): Buffer {
  return message.as(DEFLATED, deflated);
}

// Functions of their own: one that is made at each call would be made for each client.
function plain(text: string): Buffer {
  return frame(FIN_TEXT, utf8(text));
}

function deflated(text: string): Buffer {
  const bytes = utf8(text);
  if (bytes.length < DEFLATE_BYTES_MIN) return frame(FIN_TEXT, bytes);
  const flushed = deflateRawSync(bytes, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH });
  return frame(FIN_TEXT | RSV1, flushed.subarray(0, flushed.length - FLUSH_TAIL_BYTES));
}

/** The text in UTF-8, valid until the next one: new memory costs more than to encode a greeting. */
function utf8(text: string): Buffer {
  // Three bytes for a character at most.
  if (text.length * 3 > SCRATCH_BYTES) return Buffer.from(text);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/** One unmasked frame: head and payload in one buffer, so that one write takes both. */
function frame(first: number, payload: Buffer): Buffer {
  const { length } = payload;
  const headBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(headBytes + length);
  bytes[0] = first;
  if (headBytes === 2) bytes[1] = length;
  else if (headBytes === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  payload.copy(bytes, headBytes);
  return bytes;
}
