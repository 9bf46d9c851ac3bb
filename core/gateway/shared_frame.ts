import { Buffer } from "node:buffer";
import { constants, deflateRawSync } from "node:zlib";
import type { SharedMessage } from "../hub/message.ts";

/** A shorter text leaves as it is: deflating saves less than a frame's share of a packet. */
export const DEFLATE_BYTES_MIN = 256;

/** A quarter to a half of the time of the default level, for 2 % more bytes of our JSON at most. */
const LEVEL = 3;

const PLAIN = Symbol("plain frame");
const DEFLATED = Symbol("deflated frame");
/** Of what messages share at their ends. */
const BYTES = Symbol("bytes");
const DEFLATED_BYTES = Symbol("deflated bytes");

/** What stands before a shared end is sent as it is, if it is short. */
const STORED_CHARS_MAX = 128;
const STORED_HEAD_BYTES = 5;

const NOTHING = Buffer.alloc(0);

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
function plain({ own, rest }: SharedMessage): Buffer {
  return frame(FIN_TEXT, utf8(own), rest?.as(BYTES, bytesOf));
}

function deflated(message: SharedMessage): Buffer {
  const { own, rest } = message;
  if (rest !== null && own.length <= STORED_CHARS_MAX) {
    return frame(FIN_TEXT | RSV1, stored(utf8(own)), rest.as(DEFLATED_BYTES, deflatedBytesOf));
  }
  const bytes = utf8(message.text);
  if (bytes.length < DEFLATE_BYTES_MIN) return frame(FIN_TEXT, bytes);
  return frame(FIN_TEXT | RSV1, deflate(bytes));
}

function bytesOf({ text }: SharedMessage): Buffer {
  return Buffer.from(text);
}

function deflatedBytesOf({ text }: SharedMessage): Buffer {
  return deflate(Buffer.from(text));
}

/** Blocks of the format that end with a byte, so that others may stand before and after them. */
function deflate(bytes: Buffer): Buffer {
  const flushed = deflateRawSync(bytes, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH });
  return flushed.subarray(0, flushed.length - FLUSH_TAIL_BYTES);
}

/** The same of a few bytes as they are: a block of type 0 with the length twice (RFC 1951, 3.2.4). */
function stored(bytes: Buffer): Buffer {
  const block = Buffer.allocUnsafe(STORED_HEAD_BYTES + bytes.length);
  block[0] = 0;
  block.writeUInt16LE(bytes.length, 1);
  block.writeUInt16LE(~bytes.length & 0xffff, 3);
  block.set(bytes, STORED_HEAD_BYTES);
  return block;
}

/** The text in UTF-8, valid until the next one: new memory costs more than to encode a greeting. */
function utf8(text: string): Buffer {
  // Three bytes for a character at most.
  if (text.length * 3 > SCRATCH_BYTES) return Buffer.from(text);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/** One unmasked frame: head and payload in one buffer, so that one write takes both. */
function frame(first: number, payload: Buffer, rest: Buffer = NOTHING): Buffer {
  const length = payload.length + rest.length;
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
  bytes.set(payload, headBytes);
  bytes.set(rest, headBytes + payload.length);
  return bytes;
}
