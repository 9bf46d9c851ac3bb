import type { ChannelName } from "./channel.ts";
import { Asker } from "./client_asker.ts";
import { type HandlersOf, HeldChannel, type Subscriber } from "./client_channel.ts";
import { Poller } from "./client_poll.ts";
import {
  absolute,
  bearerProtocol,
  type ClientShell,
  isFinal,
  isRefusal,
  REAL_SHELL,
  waitMs,
} from "./client_shell.ts";
import type { ClientCounters, ClientOptions, SocketStatus, Wish } from "./client_options.ts";
import { CLOSE, type Position, type ServerFrame, SUBPROTOCOL } from "./frames.ts";

/** Failed tries after which REST is asked. */
const POLL_AFTER_TRIES = 3;
const SILENCE_MS_FIRST = 20_000;
/** Silence of two heartbeats and a margin means that the way is dead. */
const SILENCE_MARGIN_MS = 5_000;

/**
 * One socket for any number of subscribers. It keeps the position of each channel, comes back with
 * it whenever the way is lost, and asks by REST meanwhile, so that nothing is lost or told twice.
 */
export class MarketClient {
  readonly counters: ClientCounters = {
    ...{ messages: 0, chars: 0, losses: 0, gaps: 0, polls: 0, failedPolls: 0 },
  };
  readonly #options: ClientOptions;
  readonly #shell: ClientShell;
  readonly #channels = new Map<ChannelName, HeldChannel>();
  readonly #asker: Asker;
  readonly #poller: Poller;
  #token: string | undefined;
  #socket: WebSocket | null = null;
  #cancelRetry = () => {};
  #cancelSilence = () => {};
  #silenceMs = SILENCE_MS_FIRST;
  #state: SocketStatus["state"] = "connecting";
  #attempts = 0;
  #opens = 0;
  #afterMs: number | null = null;
  #lastId = 0;
  #sentMs = 0;
  #isClosed = false;
  #isStreaming: boolean;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#token = options.token;
    this.#shell = { ...REAL_SHELL, ...options.shell };
    this.#asker = new Asker({
      shell: this.#shell,
      rate: options.rate,
      channels: this.#channels,
      send: (op, fields) => this.#send(op, fields),
    });
    this.#poller = new Poller({
      shell: this.#shell,
      url: absolute("/api/channels", absolute(options.api ?? this.#href.replace(/^ws/, "http"))),
      token: () => this.#token,
      pollMs: options.pollMs,
      quietPollMs: options.quietPollMs,
      isQuiet: () => !this.#isStreaming,
      channels: () => [...this.#channels.values()],
      counters: this.counters,
      onFrames: (frames) => this.#polled(frames),
    });
    this.#isStreaming = options.isStreaming ?? true;
    if (this.#isStreaming) this.#open();
  }

  /**
   * Streams over a socket, or asks by REST now and then without one. Nothing is lost in between:
   * both go on from the positions held.
   */
  stream(isOn: boolean): void {
    if (isOn === this.#isStreaming || this.#isClosed) return;
    this.#isStreaming = isOn;
    this.#cancelRetry();
    this.#poller.stop();
    this.#letGo(1000);
    this.#attempts = 0;
    this.#move("connecting");
    if (isOn) this.#open();
    else this.#pollSoon();
  }

  /** Where the client stands in a channel; null while it has nothing of it. */
  position(name: ChannelName): Position | null {
    return this.#channels.get(name)?.position ?? null;
  }

  /** Tells what the channel holds and every change of it; gives the end of that. */
  subscribe<Name extends ChannelName>(
    name: Name,
    handlers: HandlersOf<Name>,
    { from, syms }: Wish = {},
  ): () => void {
    const subscriber: Subscriber = { handlers, syms: syms ?? null };
    let channel = this.#channels.get(name);
    if (channel === undefined) {
      this.#channels.set(name, channel = new HeldChannel(name, this.#shell));
    }
    channel.join(subscriber, from);
    this.#asker.change(name);
    if (!this.#isStreaming) this.#pollSoon();
    return () => this.#unsubscribe(name, subscriber);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#poller.stop();
    this.#letGo(1000);
  }

  /** Asks by REST once all subscribers of this moment have come. */
  #pollSoon(): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#shell.later(() => {
      this.#poller.stop();
      this.#poller.start();
    }, 0);
  }

  get #href(): string {
    return absolute(this.#options.url).replace(/^http/, "ws");
  }

  #open(): void {
    const protocols = [SUBPROTOCOL];
    if (this.#token) protocols.push(bearerProtocol(this.#token));
    const socket = this.#shell.open(this.#href, protocols);
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      this.#listen();
      this.counters.messages++;
      this.counters.chars += data.length;
      const frames = JSON.parse(data) as ServerFrame | ServerFrame[];
      for (const frame of Array.isArray(frames) ? frames : [frames]) this.#take(frame);
    };
    socket.onclose = ({ code }) => this.#lost(code);
    this.#listen();
  }

  /** Starts the wait for a sign of life anew. */
  #listen(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#shell.later(
      () => this.#lost(CLOSE.heartbeatTimeout),
      this.#silenceMs,
    );
  }

  #take(frame: ServerFrame): void {
    switch (frame.k) {
      case "hello":
        this.#silenceMs = 2 * frame.hb + SILENCE_MARGIN_MS;
        if (frame.auth && this.#token) this.#send("auth", { token: this.#token });
        this.#asker.open();
        // A server closes who asks for nothing.
        if (this.#channels.size === 0) this.#send("ping");
        break;
      case "h":
        for (const [name, s] of Object.entries(frame.m) as [ChannelName, number][]) {
          const held = this.position(name);
          if (frame.e !== "" && (held?.e !== frame.e || held.s < s)) this.#ask(name);
        }
        this.#send("ping");
        break;
      case "ok":
        this.#confirmed(frame.id);
        break;
      case "bye":
        this.#afterMs = frame.after;
        break;
      case "err":
        // Some channels do not exist yet, the others do.
        if (frame.code === "BAD_CHANNEL" && frame.c) this.#confirmed(frame.id, frame.c);
        else if (frame.code === "GAP") this.#tell(frame);
        else if (isRefusal(frame.code)) this.#lost(CLOSE.unauthenticated);
        // Refused as a whole, or an operation we got wrong: the wait before the next try grows.
        else if (frame.id !== null) this.#lost(CLOSE.goingAway);
        break;
      default:
        this.#tell(frame);
    }
  }

  /** Takes what means the same whichever way it came. */
  #tell(frame: ServerFrame): void {
    if (frame.k === "st") this.#options.onStatus?.(frame.feed);
    if (frame.k === "err" && frame.code === "GAP") {
      this.counters.gaps++;
      // Nothing follows from what we hold of a log; what comes next is all there is of it.
      for (const name of frame.c ?? []) this.#channels.get(name as ChannelName)?.forget();
    }
    if (frame.k !== "s" && frame.k !== "d" && frame.k !== "a") return;
    const channel = this.#channels.get(frame.c);
    if (channel === undefined) return;
    if (channel.take(frame)) this.#asker.answered(frame.c);
    else this.#ask(frame.c);
  }

  #polled(frames: readonly ServerFrame[]): void {
    if (this.#state === "open" || this.#state === "failed" || this.#isClosed) return;
    for (const frame of frames) this.#tell(frame);
    this.#move("polling");
  }

  /** Something of a channel is missing. */
  #ask(name: ChannelName): void {
    if (this.#asker.ask(name)) this.counters.losses++;
  }

  #unsubscribe(name: ChannelName, subscriber: Subscriber): void {
    const channel = this.#channels.get(name);
    if (channel === undefined) return;
    const before = channel.syms?.join();
    if (!channel.subscribers.delete(subscriber)) return;
    const isNarrower = channel.syms?.join() !== before;
    if (channel.subscribers.size === 0) this.#channels.delete(name);
    // Rows are numbered in the order of those asked for, so who stays starts again with fewer.
    else if (isNarrower) channel.forget();
    else return;
    this.#asker.change(name);
  }

  #send(op: string, fields = {}): void {
    this.#sentMs = this.#shell.nowMs();
    if (this.#socket?.readyState !== 1) return;
    this.#socket.send(JSON.stringify({ op, id: ++this.#lastId, ...fields }));
  }

  #confirmed(id: number | null, refused: readonly string[] = []): void {
    this.#asker.refused(refused);
    if (id !== this.#lastId) return;
    this.#asker.allAnswered();
    this.#options.onLatency?.(this.#shell.nowMs() - this.#sentMs);
    if (this.#state === "open") return;
    this.#opens++;
    this.#attempts = 0;
    this.#poller.stop();
    this.#move("open");
  }

  #lost(code: number): void {
    this.#letGo(code);
    if (isFinal(code)) {
      this.#poller.stop();
      return this.#move("failed");
    }
    const ms = waitMs({ code, afterMs: this.#afterMs }, this.#attempts, this.#shell.random);
    this.#afterMs = null;
    // An address with too many sockets may get one later, and polls until then.
    this.#attempts = code === CLOSE.connectionLimit ? POLL_AFTER_TRIES : this.#attempts + 1;
    // While REST answers, the tries for a socket go on quietly.
    this.#move(this.#poller.isAnswered ? "polling" : "reconnecting");
    if (this.#attempts >= POLL_AFTER_TRIES) this.#poller.start();
    const { freshToken } = this.#options;
    const isOver = code === CLOSE.tokenExpired && freshToken !== undefined;
    const next = isOver ? () => this.#renew(freshToken) : () => this.#open();
    this.#cancelRetry = this.#shell.later(next, ms);
  }

  /** A token that cannot be had now is asked for again, as a socket would be. */
  async #renew(freshToken: () => Promise<string>): Promise<void> {
    try {
      this.#token = await freshToken();
    } catch {
      if (!this.#isClosed) this.#lost(CLOSE.tokenExpired);
      return;
    }
    if (!this.#isClosed) this.#open();
  }

  /** Forgets the socket at once: a dead peer would answer our close only after minutes. */
  #letGo(code: number): void {
    this.#cancelSilence();
    this.#asker.close();
    for (const channel of this.#channels.values()) channel.cut();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // A browser lets us send only these codes.
    if (socket.readyState < 2) socket.close(code >= 4000 ? code : 1000);
  }

  #move(state: SocketStatus["state"]): void {
    const isSame = state === this.#state && state === "polling";
    this.#state = state;
    if (isSame) return;
    const reconnects = Math.max(0, this.#opens - 1);
    this.#options.onSocket?.({ state, attempts: this.#attempts, reconnects });
  }
}
