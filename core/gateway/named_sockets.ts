import type { Server } from "node:net";
import { libc } from "./libc.ts";

/** Connections taken at once, before those that are there already have their turn. */
const BURST_MAX = 64;

const DESCRIPTORS = "/proc/self/fd";

/** Who uses the descriptor of a socket, until told otherwise. */
export interface DescriptorHolder {
  /** The number is about to belong to nobody, and then to whatever this process opens next. */
  descriptorLost(): void;
}

/** A connection of the runtime, whose descriptor may be known. */
interface Connection {
  descriptor?: number;
  holder?: DescriptorHolder;
  open(descriptor: number): number;
  close(...given: unknown[]): unknown;
  reset(...given: unknown[]): unknown;
  /** The descriptor of a second one of the same socket. */
  fdForIpc(): number;
}

/** What accepts the connections of a server of `node:net`. */
interface Listener {
  /** Called by the runtime when a connection has come; it calls `accept`. */
  onconnection(status: number): void;
  /** Makes of `into` the connection that has come; 0, or the number of an error. */
  accept(into: Connection): number;
  close(...given: unknown[]): unknown;
  fdForIpc(): number;
}

/**
 * From now on, connections of a server that listens carry their descriptors, so that they can be
 * written to without the runtime. It never tells the descriptor of a connection, only that of a
 * duplicate: connections are made of that, and those that come with them are accepted here. All this
 * is what `node:net` itself is made of and nobody documents; where it is missing, or the C library
 * is, nothing is done.
 */
export function nameSockets(server: Server): void {
  const { _handle: listener } = server as Server & { readonly _handle?: Listener };
  if (libc === null || !isListener(listener)) return;
  const { onconnection, accept } = listener;
  let listening = numberOf(listener);
  let next = -1;
  listener.onconnection = (status) => {
    onconnection.call(listener, status);
    for (let n = 0; n < BURST_MAX && listening >= 0; n++) {
      next = libc!.accept(listening);
      if (next < 0) return;
      onconnection.call(listener, 0);
    }
  };
  listener.accept = (into) => {
    const came = next;
    next = -1;
    if (came >= 0) return openAs(into, came);
    const first = new (into.constructor as new (kind: number) => Connection)(0);
    const status = accept.call(listener, first);
    if (status !== 0) return status;
    const second = first.fdForIpc();
    first.close();
    return openAs(into, second);
  };
  listener.close = (...given) => {
    listening = -1;
    return Object.getPrototypeOf(listener).close.apply(listener, given);
  };
}

/** The descriptor of a connection, for this holder; -1 when nobody knows it. */
export function descriptorOf(handle: object, holder: DescriptorHolder): number {
  const connection = handle as Connection;
  if (connection.descriptor === undefined) return -1;
  connection.holder = holder;
  return connection.descriptor;
}

function isListener(listener: Listener | undefined): listener is Listener {
  const { onconnection, accept, fdForIpc } = listener ?? {};
  return [onconnection, accept, fdForIpc].every((part) => typeof part === "function");
}

/**
 * The runtime's own descriptor of a listener; -1 where `/proc` does not tell. A duplicate would go on
 * listening when this thread is ended from outside, and the kernel would send it connections.
 */
function numberOf(listener: Listener): number {
  const second = listener.fdForIpc();
  try {
    const socket = Deno.readLinkSync(`${DESCRIPTORS}/${second}`);
    const numbers = Array.from(Deno.readDirSync(DESCRIPTORS), ({ name }) => Number(name));
    return numbers.find((number) => number !== second && isOpenOn(number, socket)) ?? -1;
  } catch {
    // We may not read there.
    return -1;
  } finally {
    libc!.close(second);
  }
}

function isOpenOn(number: number, socket: string): boolean {
  try {
    return Deno.readLinkSync(`${DESCRIPTORS}/${number}`) === socket;
  } catch {
    // Another thread has closed it meanwhile.
    return false;
  }
}

function openAs(connection: Connection, descriptor: number): number {
  const status = connection.open(descriptor);
  if (status === 0) {
    connection.descriptor = descriptor;
    connection.close = closeNamed;
    connection.reset = resetNamed;
  } else if (descriptor >= 0) libc!.close(descriptor);
  return status;
}

// One function for all connections: each is told which by `this`.
function closeNamed(this: Connection, ...given: unknown[]): unknown {
  forget(this);
  return Object.getPrototypeOf(this).close.apply(this, given);
}

function resetNamed(this: Connection, ...given: unknown[]): unknown {
  forget(this);
  return Object.getPrototypeOf(this).reset.apply(this, given);
}

function forget(connection: Connection): void {
  connection.descriptor = undefined;
  connection.holder?.descriptorLost();
}
