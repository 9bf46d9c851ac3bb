import { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";
import { constants, deflateRawSync } from "node:zlib";
import type { WebSocket } from "ws";
import type { ClientLink } from "../../../../core/hub/link.ts";
import type { SharedMessage } from "../../../../core/hub/message.ts";

const PLAIN = Symbol("plain frame");
const DEFLATED = Symbol("deflated frame");
/** What a flush leaves at the end, which the extension leaves out. */
const TAIL_BYTES = 4;

/** Writes one frame for all to the socket below a WebSocket of `ws`. */
export class PrototypeLink implements ClientLink {
  readonly id: string;
  readonly #socket: Duplex;
  readonly #ws: WebSocket;
  readonly #isDeflated: boolean;

  constructor(id: string, socket: Duplex, ws: WebSocket) {
    this.id = id;
    this.#socket = socket;
    this.#ws = ws;
    this.#isDeflated = ws.extensions !== "";
  }

  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  send(message: SharedMessage): void {
    this.#socket.write(
      this.#isDeflated ? message.as(DEFLATED, deflatedFrame) : message.as(PLAIN, plainFrame),
    );
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason);
  }
}

function plainFrame(text: string): Buffer {
  return frameOf(Buffer.from(text), false);
}

function deflatedFrame(text: string): Buffer {
  const deflated = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
  return frameOf(deflated.subarray(0, -TAIL_BYTES), true);
}

function frameOf(payload: Buffer, isDeflated: boolean): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = isDeflated ? 0xc1 : 0x81;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}
