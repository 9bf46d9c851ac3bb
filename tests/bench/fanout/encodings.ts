import { Buffer } from "node:buffer";
import type { Cell } from "../../../core/wire/board.ts";

/** Four places after the point hold every price, index and contribution. */
const DECIMALS = 10_000;
const TAG = {
  whole: 0,
  negative: 1,
  decimal: 2,
  negativeDecimal: 3,
  text: 4,
  nothing: 5,
  float: 6,
};
const TAGS = 8;

/** Bytes to write into; grows. */
class Writer {
  #bytes = Buffer.alloc(1_024);
  #length = 0;

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  take(count: number): number {
    if (this.#length + count > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length + count)]);
    }
    this.#length += count;
    return this.#length - count;
  }

  get buffer(): Buffer {
    return this.#bytes;
  }

  byte(value: number): void {
    const at = this.take(1);
    this.#bytes[at] = value;
  }

  text(text: string): void {
    const bytes = Buffer.from(text);
    const at = this.take(bytes.length);
    bytes.copy(this.#bytes, at);
  }

  varint(value: number): void {
    while (value >= 128) {
      this.byte(value % 128 + 128);
      value = Math.floor(value / 128);
    }
    this.byte(value);
  }

  double(value: number): void {
    const at = this.take(8);
    this.#bytes.writeDoubleLE(value, at);
  }
}

/** The same cells as varints with a tag in the low bits of each: about the least without a schema. */
export function varints(cells: readonly Cell[]): Uint8Array {
  const writer = new Writer();
  for (const cell of cells) {
    if (cell === null) writer.varint(TAG.nothing);
    else if (typeof cell === "string") {
      writer.varint(Buffer.byteLength(cell) * TAGS + TAG.text);
      writer.text(cell);
    } else number(writer, cell);
  }
  return writer.bytes;
}

function number(writer: Writer, value: number): void {
  const size = Math.abs(value);
  const scaled = Math.round(size * DECIMALS);
  // Past this the tag would take bits of the number.
  const isLarge = size * TAGS > Number.MAX_SAFE_INTEGER;
  if (Number.isInteger(size) && !isLarge) {
    writer.varint(size * TAGS + (value < 0 ? TAG.negative : TAG.whole));
  } else if (scaled / DECIMALS === size && !isLarge) {
    writer.varint(scaled * TAGS + (value < 0 ? TAG.negativeDecimal : TAG.decimal));
  } else {
    writer.varint(TAG.float);
    writer.double(value);
  }
}

/** The same cells as one array of MessagePack. */
export function messagePack(cells: readonly Cell[]): Uint8Array {
  const writer = new Writer();
  writer.byte(0xdd);
  writer.buffer.writeUInt32BE(cells.length, writer.take(4));
  for (const cell of cells) {
    if (cell === null) writer.byte(0xc0);
    else if (typeof cell === "string") {
      const length = Buffer.byteLength(cell);
      if (length < 32) writer.byte(0xa0 + length);
      else writer.byte(0xd9), writer.byte(length);
      writer.text(cell);
    } else packNumber(writer, cell);
  }
  return writer.bytes;
}

function packNumber(writer: Writer, value: number): void {
  if (!Number.isInteger(value) || value < -0x8000_0000 || value > 0xffff_ffff) {
    writer.byte(0xcb);
    const at = writer.take(8);
    writer.buffer.writeDoubleBE(value, at);
  } else if (value >= 0 && value < 128) writer.byte(value);
  else if (value >= 0) packSized(writer, value, [[0xff, 0xcc, 1], [0xffff, 0xcd, 2]], 0xce);
  else packSized(writer, value, [[0x7f, 0xd0, 1], [0x7fff, 0xd1, 2]], 0xd2);
}

function packSized(
  writer: Writer,
  value: number,
  sizes: readonly (readonly [most: number, type: number, bytes: number])[],
  largest: number,
): void {
  const fit = sizes.find(([most]) => Math.abs(value) <= most);
  writer.byte(fit?.[1] ?? largest);
  const bytes = fit?.[2] ?? 4;
  const at = writer.take(bytes);
  if (value < 0) writer.buffer.writeIntBE(value, at, bytes);
  else writer.buffer.writeUIntBE(value, at, bytes);
}
