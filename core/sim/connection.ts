import type { Clock } from "../port/clock.ts";
import type { SimCounters } from "./counters.ts";
import { initFrame, KEEP_ALIVE_FRAME, messageFrame } from "./frames.ts";
import {
  CONGESTED_BYTES,
  FRAME_MESSAGES_MAX,
  RING_MESSAGES_MAX,
  UNSENT_BYTES_MAX,
} from "./limits.ts";
import { NO_SUBSCRIPTION, type Subscription } from "./subscription.ts";

/** One SignalR connection: it outlives its socket by the disconnect timeout. */
export class HubConnection {
  readonly id: string;
  subscription: Subscription = NO_SUBSCRIPTION;
  readonly #clock: Clock;
  readonly #counters: SimCounters;
  #socket: WebSocket | null = null;
  /** Message n lies at n % RING_MESSAGES_MAX until n + RING_MESSAGES_MAX takes its place. */
  readonly #ring: string[] = [];
  /** Number of the newest message; the first is 1. */
  #newest = 0;
  #lastSentMs = 0;
  #lostAtMs: number | null;
  #stalled = false;

  constructor(id: string, clock: Clock, counters: SimCounters) {
    this.id = id;
    this.#clock = clock;
    this.#counters = counters;
    this.#lostAtMs = clock.nowMs();
  }

  /** When the socket was lost (Unix ms), or null while there is one. */
  get lostAtMs(): number | null {
    return this.#lostAtMs;
  }

  get socket(): WebSocket | null {
    return this.#socket;
  }

  /** Takes the first socket of the connection and says that the transport is ready. */
  open(socket: WebSocket): void {
    this.#take(socket);
    this.#send(initFrame());
  }

  /** Takes a new socket and repeats what came after message `seen`, as far as the ring reaches. */
  resume(socket: WebSocket, seen: number | null): void {
    this.#take(socket);
    const oldest = Math.max(1, this.#newest - RING_MESSAGES_MAX + 1);
    if (seen === null || seen > this.#newest || seen + 1 < oldest) {
      this.#counters.reconnectsBroken += 1;
      return;
    }
    for (let from = seen; from < this.#newest; from += FRAME_MESSAGES_MAX) {
      const to = Math.min(from + FRAME_MESSAGES_MAX, this.#newest);
      const messages = [];
      for (let n = from + 1; n <= to; n++) messages.push(this.#ring[n % RING_MESSAGES_MAX]!);
      this.#sendMessages(to, messages);
    }
  }

  /** Forgets a socket that has closed; a later one stays. */
  lose(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#lostAtMs = this.#clock.nowMs();
  }

  /** Numbers encoded messages, keeps them for a reconnect and sends them. */
  push(messages: readonly string[]): void {
    for (let from = 0; from < messages.length; from += FRAME_MESSAGES_MAX) {
      const batch = messages.slice(from, from + FRAME_MESSAGES_MAX);
      for (const message of batch) {
        this.#newest += 1;
        this.#ring[this.#newest % RING_MESSAGES_MAX] = message;
      }
      this.#sendMessages(this.#newest, batch);
    }
  }

  /** Sends a frame that was made elsewhere, with so many messages in it; it cannot be repeated. */
  relay(frame: string, messages: number): void {
    if (this.#socket === null) return;
    this.#count(this.#send(frame), messages);
  }

  /** Sends a frame that is no part of the numbered stream. */
  reply(frame: string): void {
    this.#send(frame);
  }

  /** Sends a keep-alive when nothing was sent for `idleMs`. */
  keepAlive(idleMs: number): void {
    if (this.#socket === null || this.#clock.nowMs() - this.#lastSentMs < idleMs) return;
    this.#counters.keepAlives += 1;
    this.#send(KEEP_ALIVE_FRAME);
  }

  /** Whether a market at full speed should wait for this socket. */
  congested(): boolean {
    const unsent = this.#socket?.bufferedAmount ?? 0;
    if (unsent <= CONGESTED_BYTES) this.#stalled = false;
    return unsent > CONGESTED_BYTES && !this.#stalled;
  }

  /** Stops waiting for this socket until it has drained. */
  giveUp(): void {
    if (this.congested()) this.#stalled = true;
  }

  #take(socket: WebSocket): void {
    this.#socket?.close(1000);
    this.#socket = socket;
    this.#lostAtMs = null;
    this.#stalled = false;
  }

  #sendMessages(lastNumber: number, messages: readonly string[]): void {
    if (this.#socket === null) return;
    this.#count(this.#send(messageFrame(lastNumber, messages)), messages.length);
  }

  #count(isSent: boolean, messages: number): void {
    if (isSent) this.#counters.messages += messages;
    else this.#counters.droppedMessages += messages;
  }

  #send(frame: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    if (this.#socket.bufferedAmount > UNSENT_BYTES_MAX) {
      this.#counters.droppedFrames += 1;
      return false;
    }
    this.#counters.frames += 1;
    this.#lastSentMs = this.#clock.nowMs();
    this.#socket.send(frame);
    return true;
  }
}
