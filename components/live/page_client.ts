import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { MarketClient } from "../../core/wire/client.ts";
import type { HandlersOf, LogHandlers, StateHandlers } from "../../core/wire/client_channel.ts";
import type { SocketStatus, Wish } from "../../core/wire/client_options.ts";
import { type ChannelName, isLogChannel } from "../../core/wire/channel.ts";
import type { FeedStatus } from "../../core/wire/status.ts";
import { rowsFor } from "../../core/wire/snapshot_parts.ts";
import type { LiveLink } from "./link.ts";
import type { MomentChannel } from "./moment_channels.ts";

const CLOCK_MS = 1_000;
/** Where the reader's choice between socket and polling is kept. */
const STREAMING_KEY = "realtime";

interface Follower {
  readonly name: ChannelName;
  readonly handlers: Partial<StateHandlers & LogHandlers>;
  readonly wish: Wish;
  /** Ends the subscription; null while the page shows an earlier minute. */
  end: (() => void) | null;
}

/** What a page showed at an earlier minute. */
interface Moment {
  readonly channels: ReadonlyMap<ChannelName, MomentChannel>;
  readonly feed: FeedStatus | null;
}

/** The one source of live data of a page, which all of its islands share (B-37). */
export class PageClient {
  readonly #market: MarketClient;
  readonly #followers = new Set<Follower>();
  readonly #letGo: () => void;
  readonly #feed: Signal<FeedStatus>;
  readonly #socket = signal<SocketStatus>({ state: "connecting", attempts: 0, reconnects: 0 });
  readonly #latencyMs = signal<number | null>(null);
  readonly #asOfMs: Signal<number | null>;
  readonly #ageMs: Signal<number>;
  readonly #messagesPerSecond = signal(0);
  readonly #isStreaming = signal(true);
  readonly #at: Signal<string | null>;
  /** Whether the reader stopped the display; data keep coming in. */
  readonly isPaused = signal(false);
  #newestAtMs: number;
  #clock: ReturnType<typeof setInterval> | null = null;

  constructor(link: LiveLink, letGo: () => void) {
    this.#letGo = letGo;
    this.#feed = signal(link.feed);
    this.#asOfMs = signal(link.asOfMs);
    this.#ageMs = signal(link.ageMs);
    this.#at = signal(link.at);
    this.#newestAtMs = performance.now() - link.ageMs;
    this.#isStreaming.value = globalThis.localStorage?.getItem(STREAMING_KEY) !== "off";
    this.#market = new MarketClient({
      url: link.socketUrl,
      // REST is at the page's own address, wherever the sockets are.
      api: "/",
      token: link.ticket,
      isStreaming: this.#isStreaming.value && link.at === null,
      onStatus: (feed) => {
        if (this.#at.value === null) this.#feed.value = feed;
      },
      onSocket: (socket) => this.#socket.value = socket,
      onLatency: (ms) => this.#latencyMs.value = ms,
    });
  }

  get feed(): ReadonlySignal<FeedStatus> {
    return this.#feed;
  }
  get socket(): ReadonlySignal<SocketStatus> {
    return this.#socket;
  }
  /** Round trip of the newest operation. */
  get latencyMs(): ReadonlySignal<number | null> {
    return this.#latencyMs;
  }
  /** Exchange time of the newest number. */
  get asOfMs(): ReadonlySignal<number | null> {
    return this.#asOfMs;
  }
  /** Time since a newer number came. */
  get ageMs(): ReadonlySignal<number> {
    return this.#ageMs;
  }
  get messagesPerSecond(): ReadonlySignal<number> {
    return this.#messagesPerSecond;
  }
  /** Whether numbers are to come over a socket; else they are asked for now and then. */
  get isStreaming(): ReadonlySignal<boolean> {
    return this.#isStreaming;
  }
  /** The earlier minute shown; null for now. */
  get at(): ReadonlySignal<string | null> {
    return this.#at;
  }
  /** Channels that the page shows. */
  get channels(): readonly ChannelName[] {
    return [...new Set([...this.#followers].map(({ name }) => name))];
  }

  /** Tells what a channel holds and every change of it; gives the end of that. */
  follow<Name extends ChannelName>(
    name: Name,
    handlers: HandlersOf<Name>,
    wish: Wish = {},
  ): () => void {
    const follower: Follower = { name, handlers, wish, end: null };
    this.#followers.add(follower);
    if (this.#at.value === null) this.#attach(follower, wish);
    this.#startClock();
    return () => {
      follower.end?.();
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#close();
    };
  }

  /** Streams or polls from now on, and keeps that for the next pages. */
  stream(isOn: boolean): void {
    this.#isStreaming.value = isOn;
    globalThis.localStorage?.setItem(STREAMING_KEY, isOn ? "on" : "off");
    this.#market.stream(isOn && this.#at.value === null);
  }

  /** Shows an earlier minute: the channels that the page follows and the feed as they were then. */
  travel(at: string, { channels, feed }: Moment): void {
    if (this.#at.value === null) {
      for (const follower of this.#followers) {
        follower.end?.();
        follower.end = null;
      }
      this.#market.stream(false);
    }
    this.isPaused.value = false;
    this.#at.value = at;
    if (feed !== null) this.#feed.value = feed;
    for (const follower of this.#followers) this.#show(follower, channels.get(follower.name));
  }

  /** Goes back to the newest numbers; every channel comes whole. */
  goLive(): void {
    if (this.#at.value === null) return;
    this.#at.value = null;
    for (const follower of this.#followers) {
      const { syms } = follower.wish;
      this.#attach(follower, syms === undefined ? {} : { syms });
    }
    this.#market.stream(this.#isStreaming.value);
  }

  #show({ handlers, wish }: Follower, channel: MomentChannel | undefined): void {
    if (channel === undefined) return;
    if (channel.k === "a") return handlers.onEntries?.(channel, true);
    handlers.onSnapshot?.(wish.syms === undefined ? channel : rowsFor(channel, wish.syms));
    this.#newer(channel.t);
  }

  #attach(follower: Follower, wish: Wish): void {
    const { name, handlers } = follower;
    if (isLogChannel(name)) {
      follower.end = this.#market.subscribe(name, handlers as LogHandlers, wish);
      return;
    }
    const state: StateHandlers = {
      onSnapshot: (frame) => {
        handlers.onSnapshot?.(frame);
        this.#newer(frame.t);
      },
      onDelta: (frame) => {
        handlers.onDelta?.(frame);
        this.#newer(frame.t);
      },
    };
    follower.end = this.#market.subscribe(name, state as HandlersOf<typeof name>, wish);
  }

  /** Subscribing again brings frames too; only a new exchange time means new numbers. */
  #newer(frameMs: number | null): void {
    if (frameMs === this.#asOfMs.value) return;
    this.#newestAtMs = performance.now();
    this.#asOfMs.value = frameMs;
  }

  #startClock(): void {
    if (this.#clock !== null) return;
    let before = 0;
    this.#clock = setInterval(() => {
      this.#ageMs.value = performance.now() - this.#newestAtMs;
      const { messages } = this.#market.counters;
      this.#messagesPerSecond.value = messages - before;
      before = messages;
    }, CLOCK_MS);
  }

  #close(): void {
    if (this.#clock !== null) clearInterval(this.#clock);
    this.#market.close();
    this.#letGo();
  }
}

/** By address; one as long as a page is open. */
const clients = new Map<string, PageClient>();

/** The client of this page, opened by the first island that asks. Only in a browser. */
export function pageClient(link: LiveLink): PageClient {
  const held = clients.get(link.socketUrl);
  if (held !== undefined) return held;
  const client = new PageClient(link, () => clients.delete(link.socketUrl));
  clients.set(link.socketUrl, client);
  return client;
}
