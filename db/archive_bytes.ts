/**
 * Largest number that a column holds: differences of two such numbers stay exact when zigzag has
 * doubled them. As milliseconds it is far beyond any date, as volume beyond any market.
 */
export const VALUE_MAX = 2 ** 51;

/** Seven bits a byte: 2^53 needs eight. */
const VARINT_BYTES_MAX = 8;

/** Bytes that grow at the end. */
export class ByteWriter {
  #bytes = new Uint8Array(4_096);
  #length = 0;

  /** What was written; valid until the next write. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Writes a non-negative safe integer, seven bits a byte, low bits first. */
  varint(value: number): void {
    if (this.#length + VARINT_BYTES_MAX > this.#bytes.length) this.#grow();
    let rest = value;
    while (rest >= 128) {
      // Bit operations would cut at 32 bits.
      this.#bytes[this.#length++] = rest % 128 + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Writes an integer of either sign so that small ones take few bytes: 0, −1, 1, −2, 2. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** Reads what a ByteWriter wrote; throws where the bytes end early or are no number. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  varint(): number {
    const first = this.#next();
    return first < 128 ? first : this.#longVarint(first - 128);
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #longVarint(lowBits: number): number {
    let value = lowBits;
    let scale = 128;
    for (let i = 1; i < VARINT_BYTES_MAX; i++) {
      const byte = this.#next();
      value += (byte % 128) * scale;
      if (byte < 128) {
        if (Number.isSafeInteger(value)) return value;
        break;
      }
      scale *= 128;
    }
    throw new Error("Cannot read packed trades: a number is too large");
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error("Cannot read packed trades: they end early");
    return byte;
  }
}
