import type { Dress } from "../exchange/quirks.ts";
import { SIM_CHANNELS, type SimChannel, type SimMessage } from "../exchange/types.ts";
import type { Clock } from "../port/clock.ts";
import { HubConnection } from "./connection.ts";
import type { SimCounters } from "./counters.ts";
import { encodeError, encodeWire, HUB_NAME, responseFrame } from "./frames.ts";
import { type Invocation, isOversized, readInvocation } from "./invocation.ts";
import { CONNECTIONS_MAX, DISCONNECT_TIMEOUT_MS } from "./limits.ts";
import type { MarketCache } from "./source.ts";
import { applySwitch, parseSwitch, type Subscription, wants } from "./subscription.ts";

/** `data` withholds broadcasts; `all` withholds keep-alives too. Sockets stay open. */
export type Mute = "off" | "data" | "all";

/** The streaming side: connections, their subscriptions, and what the market publishes to them. */
export class MarketHub {
  mute: Mute = "off";
  readonly #connections = new Map<string, HubConnection>();
  readonly #clock: Clock;
  readonly #counters: SimCounters;
  readonly #dress: Dress;
  readonly #cache: () => MarketCache | null;

  /** `cache` gives what a new subscription is shown; null while that is nothing. */
  constructor(
    cache: () => MarketCache | null,
    { clock, counters, dress }: { clock: Clock; counters: SimCounters; dress: Dress },
  ) {
    this.#dress = dress;
    this.#cache = cache;
    this.#clock = clock;
    this.#counters = counters;
  }

  /** Connections with a socket. */
  get connected(): number {
    return this.#sockets().length;
  }

  /** Connections with a socket or waiting for one. */
  get held(): number {
    return this.#connections.size;
  }

  /** Whether a connection would be one too many. */
  refuses(id: string): boolean {
    return this.#connections.size >= CONNECTIONS_MAX && !this.#connections.has(id);
  }

  /** Starts a connection on an open socket; an older one of the same id is gone. */
  connect(id: string, socket: WebSocket): void {
    this.drop(id);
    const connection = new HubConnection(id, this.#clock, this.#counters);
    this.#connections.set(id, connection);
    this.#counters.connects += 1;
    connection.open(socket);
    this.#listen(connection, socket);
  }

  /** Resumes a connection after message `seen`; one that is forgotten starts empty, without init. */
  reconnect(id: string, socket: WebSocket, seen: number | null): void {
    let connection = this.#connections.get(id);
    if (connection === undefined) {
      connection = new HubConnection(id, this.#clock, this.#counters);
      this.#connections.set(id, connection);
    }
    this.#counters.reconnects += 1;
    connection.resume(socket, seen);
    this.#listen(connection, socket);
  }

  /** Ends a connection and its socket. */
  drop(id: string): void {
    this.#connections.get(id)?.socket?.close(1000);
    this.#connections.delete(id);
  }

  /** Closes every socket; the connections can be resumed. */
  closeSockets(): readonly WebSocket[] {
    const sockets = this.#sockets();
    for (const socket of sockets) socket.close(1001);
    return sockets;
  }

  /** Sends due keep-alives and forgets connections lost for longer than the timeout. */
  beat(keepAliveMs: number): void {
    const nowMs = this.#clock.nowMs();
    for (const [id, connection] of this.#connections) {
      const lostAtMs = connection.lostAtMs;
      if (lostAtMs !== null && nowMs - lostAtMs > DISCONNECT_TIMEOUT_MS) {
        this.#connections.delete(id);
      } else if (this.mute !== "all") connection.keepAlive(keepAliveMs);
    }
  }

  /** Whether any connection is subscribed to a symbol of a channel. */
  wants(channel: SimChannel, symbol: string): boolean {
    for (const connection of this.#connections.values()) {
      if (wants(connection.subscription, channel, symbol)) return true;
    }
    return false;
  }

  /** Hands each connection its part of the messages, in order; each message is encoded once. */
  publish(messages: readonly SimMessage[]): void {
    const encoded: string[] = new Array(messages.length);
    for (const connection of this.#connections.values()) {
      const wanted: string[] = [];
      messages.forEach((message, i) => {
        if (!wants(connection.subscription, message.channel, message.symbol)) return;
        wanted.push(encoded[i] ??= encodeWire(this.#dress(message, false)));
      });
      this.#deliver(connection, wanted);
    }
  }

  /** Sends a frame as it is, with so many messages in it, to every connection that subscribed. */
  relay(frame: string, messages: number): void {
    for (const connection of this.#connections.values()) {
      if (connection.subscription.size === 0) continue;
      if (this.mute !== "off") this.#counters.mutedMessages += messages;
      else connection.relay(frame, messages);
    }
  }

  /** Whether a frame that is relayed now reaches anybody. */
  get hasListener(): boolean {
    return this.#connections.values().some(({ socket, subscription }) =>
      socket !== null && subscription.size > 0
    );
  }

  /** Pushes the latest message of everything subscribed to every connection. */
  refresh(): void {
    for (const connection of this.#connections.values()) {
      this.#pushLatest(connection, connection.subscription);
    }
  }

  /** Whether a market at full speed should wait for some socket. */
  congested(): boolean {
    return this.#connections.values().some((connection) => connection.congested());
  }

  /** Stops waiting for the sockets that are congested now. */
  giveUpOnCongested(): void {
    for (const connection of this.#connections.values()) connection.giveUp();
  }

  #sockets(): readonly WebSocket[] {
    return this.#connections.values().map((connection) => connection.socket)
      .filter((socket) => socket !== null).toArray();
  }

  #listen(connection: HubConnection, socket: WebSocket): void {
    socket.onmessage = (event) => this.#receive(connection, socket, event.data);
    socket.onclose = () => connection.lose(socket);
    // A close event always follows; there is nothing to do before it.
    socket.onerror = () => {};
  }

  #deliver(connection: HubConnection, encoded: readonly string[]): void {
    if (this.mute !== "off") this.#counters.mutedMessages += encoded.length;
    else connection.push(encoded);
  }

  #receive(connection: HubConnection, socket: WebSocket, data: unknown): void {
    if (typeof data === "string" && isOversized(data)) {
      this.#counters.oversizedInbound += 1;
      socket.close(1009);
      return;
    }
    const invocation = typeof data === "string" ? readInvocation(data) : null;
    if (invocation === null) {
      this.#counters.badInbound += 1;
      return;
    }
    const error = this.#invoke(connection, invocation);
    // A successful call has been answered already: its data must come after its answer.
    if (error !== null) answer(connection, invocation, error);
  }

  /** Runs a hub method; returns the error text when there is no such method or argument. */
  #invoke(connection: HubConnection, invocation: Invocation): string | null {
    const { hub, method, args } = invocation;
    if (hub.toLowerCase() !== HUB_NAME.toLowerCase()) return `'${hub}' hub could not be resolved.`;
    const [channels] = args;
    if (method.toLowerCase() !== "switchchannels" || args.length !== 1) {
      return `'${method}' method could not be resolved.`;
    }
    if (typeof channels !== "string") return "SwitchChannels takes one string.";
    this.#switchChannels(connection, invocation, channels);
    return null;
  }

  #switchChannels(connection: HubConnection, invocation: Invocation, text: string): void {
    const request = parseSwitch(text);
    connection.subscription = applySwitch(connection.subscription, request);
    answer(connection, invocation);
    if (request.refused.length > 0) {
      const names = request.refused.map((part) => part.slice(0, 40)).join(",");
      connection.push([encodeError(`Channel is not supported: ${names}`)]);
    }
    this.#pushLatest(connection, applySwitch(new Map(), request));
  }

  #pushLatest(connection: HubConnection, subscription: Subscription): void {
    const cache = this.#cache();
    if (cache === null) return;
    const securities = cache.instruments.map(({ symbol }) => symbol);
    const indexIds = cache.indices.map(({ id }) => id);
    for (const channel of SIM_CHANNELS) {
      const encoded: string[] = [];
      const domain = channel === "MI"
        ? indexIds
        : channel === "B"
        ? [...securities, ...indexIds]
        : securities;
      for (const symbol of domain) {
        if (!wants(subscription, channel, symbol)) continue;
        const message = cache.latest(channel, symbol);
        if (message !== null) encoded.push(encodeWire(this.#dress(message, true)));
      }
      this.#deliver(connection, encoded);
    }
  }
}

function answer(connection: HubConnection, invocation: Invocation, error?: string): void {
  if (invocation.id !== null) connection.reply(responseFrame(invocation.id, error));
}
