import type { Socket } from "node:net";
import type { Buffer } from "node:buffer";
import { WebSocket } from "ws";
import type { ChannelName, StateChannel } from "../../wire/channel.ts";
import { isFinal } from "../../wire/client_shell.ts";
import { type ServerFrame, SUBPROTOCOL } from "../../wire/frames.ts";
import type { FrameReader } from "./frame_reader.ts";
import type { Tally } from "./tally.ts";
import { bearer } from "./server_figures.ts";
import { LoadView } from "./view.ts";

const RETURN_MS_MIN = 200;
const RETURN_MS_SPREAD = 1_000;
const OPEN_MS_MAX = 20_000;

const DEFLATE = { serverNoContextTakeover: true, clientNoContextTakeover: true } as const;

export interface ClientOptions {
  readonly url: string;
  readonly channels: readonly ChannelName[];
  readonly rateMs: number | null;
  readonly token: string | null;
  readonly tally: Tally;
  /** One for all clients. */
  readonly reader: FrameReader;
  /** Takes no deflated messages: each client inflates its own, which costs more than to send it. */
  readonly isPlain?: boolean;
}

/** One subscriber: it holds what it was sent, comes back when it is lost, and counts everything. */
export class LoadClient {
  readonly views = new Map<StateChannel, LoadView>();
  readonly #options: ClientOptions;
  #ws: WebSocket | null = null;
  #socket: Socket | null = null;
  #bytesTold = 0;
  #askedMs = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  /** Channels whose first data after a return has not come. */
  readonly #returning = new Set<ChannelName>();
  #lastId = 0;
  readonly #sentMs = new Map<number, number>();
  #isEnding = false;
  #hasPaused = false;
  isLive = false;
  /** Why the server will not have it, and it has given up; null while it has not. */
  finalCode: number | null = null;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Opens a socket and subscribes; what was held before is gone on from. */
  open(): void {
    const { url, token, isPlain = false } = this.#options;
    this.#cancelRetry();
    const ws = new WebSocket(url, SUBPROTOCOL, {
      headers: bearer(token),
      perMessageDeflate: !isPlain && DEFLATE,
      handshakeTimeout: OPEN_MS_MAX,
    });
    this.#ws = ws;
    this.#askedMs = performance.now();
    let wasOpen = false;
    ws.on("upgrade", ({ socket }) => {
      this.#socket = socket;
      this.#bytesTold = 0;
    });
    ws.on("open", () => {
      wasOpen = true;
      this.#opened();
    });
    ws.on("message", (bytes: Buffer) => this.#take(String(bytes), bytes.length));
    ws.on("error", (error) => {
      if (wasOpen) this.#options.tally.failures++;
      else this.#refused(error);
    });
    ws.on("close", (code: number) => {
      if (this.#ws === ws) this.#closed(code, wasOpen);
    });
  }

  /** Ends the connection as a lost network would, and comes back after `afterMs`. */
  cut(afterMs: number): void {
    const ws = this.#ws;
    if (ws === null) return;
    this.#forget();
    ws.terminate();
    this.#retry = setTimeout(() => this.open(), afterMs);
  }

  /** Stops reading, so that what is sent piles up on the way. */
  pause(): void {
    if (this.#ws?.readyState !== WebSocket.OPEN || this.#ws.isPaused) return;
    this.#options.tally.pauses++;
    this.#hasPaused = true;
    this.#ws.pause();
  }

  resume(): void {
    this.#ws?.resume();
  }

  /** Asks for a reply, whose round trip is counted. */
  ping(): void {
    if (this.isLive) this.#send({ op: "ping", id: this.#nextId() });
  }

  /** Leaves the channels and subscribes again, without going on from anything. */
  restart(): void {
    if (!this.isLive) return;
    this.#send({ op: "unsub", id: this.#nextId(), c: this.#options.channels });
    this.#subscribe({});
  }

  /** Closes for good; resolves when the socket is gone. */
  async end(): Promise<void> {
    this.#isEnding = true;
    this.#cancelRetry();
    const ws = this.#ws;
    if (ws === null || ws.readyState === WebSocket.CLOSED) return;
    const gone = Promise.withResolvers<void>();
    ws.once("close", () => gone.resolve());
    ws.resume();
    ws.terminate();
    await gone.promise;
  }

  #opened(): void {
    const { tally } = this.#options;
    this.isLive = true;
    tally.opened++;
    tally.openings.add(performance.now() - this.#askedMs);
    const from: Record<string, { readonly e: string; readonly s: number }> = {};
    for (const [channel, view] of this.views) {
      if (!view.isWhole) continue;
      from[channel] = view.position;
      this.#returning.add(channel);
    }
    this.#subscribe(from);
  }

  #subscribe(from: Readonly<Record<string, { readonly e: string; readonly s: number }>>): void {
    const { channels: c, rateMs } = this.#options;
    const rate = rateMs === null ? {} : { rate: rateMs };
    const start = Object.keys(from).length === 0 ? {} : { from };
    this.#send({ op: "sub", id: this.#nextId(), c, ...start, ...rate });
  }

  #take(text: string, textBytes: number): void {
    const { tally, reader } = this.#options;
    tally.messages++;
    tally.textBytes += textBytes;
    this.#countBytes();
    for (const frame of reader.read(text)) this.#frame(frame);
  }

  #frame(frame: ServerFrame): void {
    const { tally } = this.#options;
    switch (frame.k) {
      case "s":
        tally.snapshots++;
        if (this.#returning.delete(frame.c)) tally.restarted++;
        this.#viewOf(frame.c).snapshot(frame);
        break;
      case "d": {
        tally.delivered(`${frame.c} ${frame.e} ${frame.s}`, performance.now(), this.#hasPaused);
        if (this.#returning.delete(frame.c)) tally.resumed++;
        if (this.#viewOf(frame.c).delta(frame) !== "gap") break;
        tally.gaps++;
        this.#subscribe({});
        break;
      }
      case "a":
        tally.logEntries += frame.list.length;
        break;
      case "ok":
        this.#replied(frame.id);
        break;
      case "err":
        tally.error(frame.code);
        if (frame.id !== null) this.#replied(frame.id);
    }
  }

  #viewOf(channel: StateChannel): LoadView {
    let view = this.views.get(channel);
    if (view === undefined) this.views.set(channel, view = new LoadView());
    return view;
  }

  #replied(id: number): void {
    const sentMs = this.#sentMs.get(id);
    if (sentMs === undefined) return;
    this.#sentMs.delete(id);
    this.#options.tally.roundTrips.add(performance.now() - sentMs);
  }

  #refused({ code, message }: Error & { readonly code?: string }): void {
    const { tally } = this.#options;
    tally.refused++;
    const status = /server response: (\d{3})$/.exec(message)?.[1];
    tally.error(status === undefined ? code ?? "no handshake" : `HTTP ${status}`);
  }

  #closed(code: number, wasOpen: boolean): void {
    this.#forget();
    if (wasOpen && !this.#isEnding) this.#options.tally.closed(code);
    if (isFinal(code)) this.finalCode = code;
    if (this.#isEnding || this.finalCode !== null) return;
    this.#retry = setTimeout(() => this.open(), RETURN_MS_MIN + Math.random() * RETURN_MS_SPREAD);
  }

  #forget(): void {
    this.#countBytes();
    this.isLive = false;
    this.#ws = null;
    this.#socket = null;
    this.#sentMs.clear();
    this.#returning.clear();
  }

  /** Bytes on the wire, frames and compression included. */
  #countBytes(): void {
    const bytes = this.#socket?.bytesRead ?? 0;
    this.#options.tally.bytes += Math.max(0, bytes - this.#bytesTold);
    this.#bytesTold = bytes;
  }

  #send(operation: unknown): void {
    this.#ws?.send(JSON.stringify(operation));
  }

  #nextId(): number {
    this.#sentMs.set(++this.#lastId, performance.now());
    return this.#lastId;
  }

  #cancelRetry(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
  }
}
