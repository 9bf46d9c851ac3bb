import { Buffer } from "node:buffer";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { readUpgradeHead, type UpgradeHead } from "./upgrade_head.ts";

const NOTHING = Buffer.alloc(0);

/**
 * Looks at the first bytes of each connection of an HTTP server. A plain request to upgrade is read
 * here, which saves a quarter of what it costs to open a socket; that counts when thousands of clients
 * return at once. Every other connection, and one that says nothing for a while, goes to the server as if
 * nobody had looked, and keeps its limits and time-outs.
 */
export class Arrivals {
  readonly #server: Server;
  readonly #serve: readonly ((socket: Socket) => void)[];
  readonly #bytesMax: number;
  readonly #upgrade: (head: UpgradeHead, socket: Socket) => void;
  /** What came behind heads that wait for an answer. */
  readonly #early = new WeakMap<Socket, Buffer>();
  /** Connections without a byte since the newest beat, and since the one before. */
  #silent = new Set<Socket>();
  #silentLonger = new Set<Socket>();
  readonly #onData: (this: Socket, bytes: Buffer) => void;

  /**
   * A head of more than `bytesMax` is left to the server, and as much may come behind one; `upgrade`
   * is to ask for it by `earlyBytes`.
   */
  constructor(
    server: Server,
    bytesMax: number,
    upgrade: (head: UpgradeHead, socket: Socket) => void,
  ) {
    this.#server = server;
    this.#bytesMax = bytesMax;
    this.#upgrade = upgrade;
    this.#serve = server.listeners("connection") as ((socket: Socket) => void)[];
    server.removeAllListeners("connection");
    server.on("connection", (socket) => this.#arrived(socket));
    // One function for all connections; it is told which by `this`.
    const take = (socket: Socket, bytes: Buffer) => this.#receive(socket, bytes);
    this.#onData = function (bytes) {
      take(this, bytes);
    };
  }

  /** Connections that have said nothing yet. */
  get silent(): number {
    return this.#silent.size + this.#silentLonger.size;
  }

  /** To be called once a second. */
  beat(): void {
    for (const socket of this.#silentLonger) {
      socket.off("end", destroy);
      this.#handOver(socket);
    }
    this.#silentLonger = this.#silent;
    this.#silent = new Set();
  }

  /** Leaves a socket to who asks, and gives what it has received since its head. */
  earlyBytes(socket: Socket): Uint8Array {
    socket.off("data", this.#onData);
    return this.#early.get(socket) ?? NOTHING;
  }

  /** Ends the connections that have said nothing. */
  close(): void {
    for (const socket of [...this.#silent, ...this.#silentLonger]) socket.destroy();
  }

  #arrived(socket: Socket): void {
    this.#silent.add(socket);
    socket.on("error", destroy);
    socket.on("end", destroy);
    socket.on("data", this.#onData);
  }

  #receive(socket: Socket, bytes: Buffer): void {
    const isFirst = this.#silent.delete(socket) || this.#silentLonger.delete(socket);
    if (!isFirst) return this.#keep(socket, bytes);
    // Who has asked may end and still read the answer.
    socket.off("end", destroy);
    const head = bytes.length > this.#bytesMax ? null : readUpgradeHead(bytes);
    if (head !== null) return this.#upgrade(head, socket);
    this.#handOver(socket);
    // Put back into the stream, they would be overtaken: the server reads from its handle.
    socket.emit("data", bytes);
  }

  #keep(socket: Socket, bytes: Buffer): void {
    const early = Buffer.concat([this.#early.get(socket) ?? NOTHING, bytes]);
    // A client is to wait for the answer.
    if (early.length > this.#bytesMax) socket.destroy();
    else this.#early.set(socket, early);
  }

  #handOver(socket: Socket): void {
    socket.off("data", this.#onData);
    if (socket.destroyed) return;
    socket.off("error", destroy);
    for (const serve of this.#serve) serve.call(this.#server, socket);
  }
}

function destroy(this: Socket): void {
  this.destroy();
}
