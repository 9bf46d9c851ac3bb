import { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";
import { constants, deflateRawSync } from "node:zlib";
import { Sender, type WebSocket } from "ws";
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

function frameOf(payload: Buffer, rsv1: boolean): Buffer {
  const options = { fin: true, opcode: 1, mask: false, readOnly: true, rsv1 };
  return Buffer.concat(Sender.frame(payload, options) as Buffer[]);
}
