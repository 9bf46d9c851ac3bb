import process from "node:process";
import type { Duplex } from "node:stream";
import { libc } from "./libc.ts";
import { type DescriptorHolder, descriptorOf } from "./named_sockets.ts";

/** What a socket of `node:net` writes through, and what it says of its newest write. */
interface Handle {
  /** Takes all of the bytes; 0, or the number of an error. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
}
/** What is inside such a socket. */
interface Inside {
  readonly _handle?: Partial<Handle> | null;
  readonly _writableState?: { readonly length: number };
}
interface Binding {
  readonly streamBaseState: Int32Array;
  readonly kLastWriteWasAsync: number;
}

/** Null on a runtime that has it no more. */
const binding = ((): Binding | null => {
  const { binding } = process as unknown as { binding?: (name: string) => Partial<Binding> };
  try {
    const { streamBaseState, kLastWriteWasAsync } = binding?.("stream_wrap") ?? {};
    if (streamBaseState === undefined || kLastWriteWasAsync === undefined) return null;
    return { streamBaseState, kLastWriteWasAsync };
  } catch {
    // It names no such part.
    return null;
  }
})();

/** Whether this runtime has what direct writes need. */
export const canWriteDirectly: boolean = binding !== null;

/** A write that the kernel did not take at once; the runtime calls `oncomplete` when it has. */
class WriteRequest {
  writer: DirectWriter | null = null;
  bytes = 0;

  /** `status` is below 0 when the write failed. */
  oncomplete(status: number): void {
    this.writer?.done(this.bytes, status);
  }
}

/** Nobody keeps the request of a write that was done at once: one serves them all. */
let spare = new WriteRequest();

/**
 * Writes whole frames past the stream of a socket, as its queue, events and callbacks cost a tenth
 * of what a frame for one of many clients does. It uses what Node's own sockets use and what neither
 * Node nor Deno documents; where that is missing, it writes to the stream. A socket whose descriptor
 * is known is written to by the kernel's own call, and only what that does not take comes here.
 */
export class DirectWriter implements DescriptorHolder {
  // At hand, and the stream only looked at when it may hold something: of ten thousand sockets, each
  // step on the way to one more object misses every cache.
  /** Null when everything goes through the stream. */
  readonly #handle: Handle | null;
  /** -1 when nobody knows it. */
  #descriptor = -1;
  #waiting = 0;
  /** The stream holds nothing that has to leave first. */
  #isStreamEmpty = false;
  readonly #socket: Duplex;
  /** The stream's own. */
  readonly #queue: { readonly length: number } | null;

  constructor(socket: Duplex) {
    const { _handle: handle, _writableState: queue = null } = socket as Duplex & Inside;
    this.#socket = socket;
    this.#queue = queue;
    this.#handle = binding !== null && queue !== null && isHandle(handle) ? handle : null;
    if (this.#handle !== null) this.#descriptor = descriptorOf(this.#handle, this);
  }

  /** Bytes that the kernel has not taken yet. */
  get unsentBytes(): number {
    return this.#isStreamEmpty ? this.#waiting : this.#waiting + this.#queued();
  }

  /** To be called when something else wrote to the stream. */
  streamWritten(): void {
    this.#isStreamEmpty = false;
  }

  write(bytes: Uint8Array): void {
    const handle = this.#handle;
    // What waits in the stream came first.
    if (!this.#isStreamEmpty && this.#queued() > 0 || handle === null) {
      return void this.#socket.write(bytes);
    }
    if (this.#descriptor >= 0 && this.#waiting === 0) {
      const taken = libc!.send(this.#descriptor, bytes);
      if (taken === bytes.length) return;
      if (taken > 0) bytes = bytes.subarray(taken);
    }
    // A closed one takes nothing.
    if (handle.writeBuffer(spare, bytes) !== 0) return void this.#socket.destroy();
    if (binding!.streamBaseState[binding!.kLastWriteWasAsync] === 0) return;
    spare.writer = this;
    spare.bytes = bytes.length;
    spare = new WriteRequest();
    this.#waiting += bytes.length;
  }

  descriptorLost(): void {
    this.#descriptor = -1;
  }

  #queued(): number {
    const { length } = this.#queue ?? { length: this.#socket.writableLength };
    // Without a handle everything is written there.
    this.#isStreamEmpty = length === 0 && this.#handle !== null;
    return length;
  }

  /** A write that waited is over. */
  done(bytes: number, status: number): void {
    this.#waiting -= bytes;
    // The peer is gone.
    if (status < 0) this.#socket.destroy();
  }
}

function isHandle(handle: Partial<Handle> | null | undefined): handle is Handle {
  return typeof handle?.writeBuffer === "function";
}
