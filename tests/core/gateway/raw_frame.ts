/** A frame as its bytes are; nothing is checked. */
export interface RawFrame {
  readonly opcode: number;
  readonly payload?: Uint8Array;
  readonly isFinal?: boolean;
  /** Reserved bits, 0 to 7. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** The length as the head tells it; that of the payload when absent. */
  readonly length?: number;
  /** Bytes that the head spends on the length: 0, 2 or 8; the shortest form when absent. */
  readonly lengthBytes?: 0 | 2 | 8;
}

const MASK = [1, 2, 3, 4];

/** The bytes of a frame, right or wrong. */
export function rawFrame(frame: RawFrame): Uint8Array {
  const { opcode, payload = new Uint8Array(), isFinal = true, reserved = 0, isMasked = true } =
    frame;
  const length = frame.length ?? payload.length;
  const lengthBytes = frame.lengthBytes ?? (length < 126 ? 0 : length < 65_536 ? 2 : 8);
  const head = new DataView(new ArrayBuffer(2 + lengthBytes));
  head.setUint8(0, (isFinal ? 0x80 : 0) | reserved << 4 | opcode);
  const short = lengthBytes === 0 ? length & 0x7f : lengthBytes === 2 ? 126 : 127;
  head.setUint8(1, (isMasked ? 0x80 : 0) | short);
  if (lengthBytes === 2) head.setUint16(2, length);
  if (lengthBytes === 8) head.setBigUint64(2, BigInt(length));
  const bytes = isMasked ? payload.map((byte, at) => byte ^ MASK[at % 4]!) : payload;
  return Uint8Array.from([...new Uint8Array(head.buffer), ...(isMasked ? MASK : []), ...bytes]);
}

/** The close code in the payload of a close frame that was read as text; null for none. */
export function closeCodeOf(frame: { readonly opcode: number; readonly bytes: Uint8Array }) {
  if (frame.opcode !== 8 || frame.bytes.length < 2) return null;
  return frame.bytes[0]! << 8 | frame.bytes[1]!;
}
