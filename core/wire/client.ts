import type { ChannelName } from "./channel.ts";
import {
  CLOSE,
  type DeltaFrame,
  type LogFrame,
  type ServerFrame,
  type SnapshotFrame,
  SUBPROTOCOL,
} from "./frames.ts";
import type { FeedStatus } from "./status.ts";

/** State of the page's socket; after `failed` the server does not want us back. */
export interface SocketStatus {
  readonly state: "connecting" | "open" | "reconnecting" | "failed";
  /** Tries since the socket was last open. */
  readonly attempts: number;
  /** Times it came back. */
  readonly reconnects: number;
}

/** What the client takes from its surroundings. */
export interface ClientShell {
  open(url: string, protocols: string[]): WebSocket;
  /** Calls back once after `ms`; gives the function that cancels it. */
  later(act: () => void, ms: number): () => void;
  random(): number;
  nowMs(): number;
}

export interface TablesOptions {
  /** `ws:`, `wss:` or a path of the page's own server. */
  readonly url: string;
  /** Names the channels to subscribe to, and the position that the page already shows of each. */
  readonly seed: readonly { readonly c: ChannelName; readonly e: string; readonly s: number }[];
  /** Opens the socket where the server wants a token. */
  readonly ticket?: string;
  /** A whole table; it replaces what the page has of it. */
  onSnapshot(frame: SnapshotFrame): void;
  /** Changed cells of a table that the page has. */
  onDelta(frame: DeltaFrame): void;
  /** New entries of a log; with `isWhole` they replace what the page has of it. */
  onLog?(frame: LogFrame, isWhole: boolean): void;
  onStatus(feed: FeedStatus): void;
  onSocket(status: SocketStatus): void;
  /** Round trip of an operation. */
  onLatency(ms: number): void;
  readonly shell?: Partial<ClientShell>;
}

const WAIT_MS_MIN = 500;
const WAIT_MS_MAX = 20_000;
const RESTART_WAIT_MS_MAX = 5_000;
/** Silence of two heartbeats and a margin means that the way is dead. */
const SILENCE_MARGIN_MS = 5_000;

const browser: ClientShell = {
  open: (url, protocols) => new WebSocket(url, protocols),
  later(act, ms) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  nowMs: () => performance.now(),
};

/** How long to wait before the next try: full jitter between half a second and 20 s. */
export function waitMs(
  close: { code: number; afterMs: number | null },
  tries: number,
  random: () => number,
): number {
  if (close.afterMs !== null) return close.afterMs;
  if (close.code === CLOSE.restart) return random() * RESTART_WAIT_MS_MAX;
  if (close.code >= 4200 && close.code < 4300) return random() * WAIT_MS_MIN;
  const most = Math.min(WAIT_MS_MAX, 2 * WAIT_MS_MIN * 2 ** tries);
  return WAIT_MS_MIN + random() * (most - WAIT_MS_MIN);
}

/** Keeps tables up to date over one socket that it opens again whenever it is lost. */
export function connectTables(options: TablesOptions): { close(): void } {
  const client = new TableClient(options);
  return { close: () => client.close() };
}

class TableClient {
  readonly #options: TablesOptions;
  readonly #shell: ClientShell;
  /** Position held of each table; a table without one needs a snapshot. */
  readonly #held = new Map<ChannelName, { e: string; s: number }>();
  /** Tables asked for again and not yet answered. */
  readonly #asked = new Set<ChannelName>();
  #socket: WebSocket | null = null;
  #cancelRetry = () => {};
  #cancelSilence = () => {};
  #silenceMs = WAIT_MS_MAX;
  #state: SocketStatus["state"] = "connecting";
  #attempts = 0;
  #opens = 0;
  #afterMs: number | null = null;
  #lastId = 0;
  #sentMs = 0;

  constructor(options: TablesOptions) {
    this.#options = options;
    this.#shell = { ...browser, ...options.shell };
    for (const { c, e, s } of options.seed) if (e !== "") this.#held.set(c, { e, s });
    this.#open();
  }

  close(): void {
    this.#cancelRetry();
    this.#letGo(1000);
  }

  #open(): void {
    const { url, ticket, seed } = this.#options;
    const { href } = new URL(url, globalThis.location?.href);
    const protocols = [SUBPROTOCOL];
    if (ticket) protocols.push(`base64url.bearer.vnstock.${base64Url(ticket)}`);
    const socket = this.#shell.open(href.replace(/^http/, "ws"), protocols);
    this.#socket = socket;
    socket.onopen = () => this.#subscribe(seed.map(({ c }) => c));
    socket.onmessage = ({ data }) => {
      this.#listen();
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
        break;
      case "s":
        this.#asked.delete(frame.c);
        this.#held.set(frame.c, { e: frame.e, s: frame.s });
        this.#options.onSnapshot(frame);
        break;
      case "d":
        this.#change(frame);
        break;
      case "a":
        this.#entries(frame);
        break;
      case "h":
        for (const [table, s] of Object.entries(frame.m) as [ChannelName, number][]) {
          const held = this.#held.get(table);
          if (frame.e !== "" && (held?.e !== frame.e || held.s < s)) this.#subscribe([table]);
        }
        this.#send("ping");
        break;
      case "st":
        this.#options.onStatus(frame.feed);
        break;
      case "ok":
        this.#confirmed(frame.id);
        break;
      case "bye":
        this.#afterMs = frame.after;
        break;
      case "err":
        // Nothing follows from what we hold of a log; what comes next is all there is of it.
        if (frame.code === "GAP") {
          for (const c of frame.c ?? []) this.#held.delete(c as ChannelName);
        } // Some channels do not exist, the others do.
        else if (frame.code === "BAD_CHANNEL" && frame.c !== undefined) this.#confirmed(frame.id);
        // Refused as a whole, or an operation we got wrong: the wait before the next try grows.
        else if (frame.id !== null) this.#lost(1000);
    }
  }

  #change(frame: DeltaFrame): void {
    const held = this.#held.get(frame.c);
    if (held?.e !== frame.e || frame.p > held.s) return this.#subscribe([frame.c]);
    this.#asked.delete(frame.c);
    if (frame.s <= held.s) return;
    held.s = frame.s;
    this.#options.onDelta(frame);
  }

  #entries(frame: LogFrame): void {
    const held = this.#held.get(frame.c);
    const isWhole = held?.e !== frame.e;
    if (!isWhole && frame.p > held.s) return this.#subscribe([frame.c]);
    this.#asked.delete(frame.c);
    if (!isWhole && frame.s <= held.s) return;
    this.#held.set(frame.c, { e: frame.e, s: frame.s });
    const list = isWhole ? frame.list : frame.list.slice(held.s - frame.p);
    this.#options.onLog?.({ ...frame, list }, isWhole);
  }

  #subscribe(tables: readonly ChannelName[]): void {
    const c = tables.filter((table) => !this.#asked.has(table));
    if (c.length === 0) return;
    const known = c.filter((table) => this.#held.has(table));
    const from = Object.fromEntries(known.map((table) => [table, this.#held.get(table)]));
    for (const table of c) this.#asked.add(table);
    this.#send("sub", { c, from });
  }

  #send(op: string, fields = {}): void {
    this.#sentMs = this.#shell.nowMs();
    if (this.#socket?.readyState !== 1) return;
    this.#socket.send(JSON.stringify({ op, id: ++this.#lastId, ...fields }));
  }

  #confirmed(id: number | null): void {
    if (id !== this.#lastId) return;
    this.#asked.clear();
    this.#options.onLatency(this.#shell.nowMs() - this.#sentMs);
    if (this.#state === "open") return;
    this.#opens++;
    this.#attempts = 0;
    this.#tell("open");
  }

  #lost(code: number): void {
    this.#letGo(code);
    if (code >= 4000 && code < 4100) return this.#tell("failed");
    const ms = waitMs({ code, afterMs: this.#afterMs }, this.#attempts, this.#shell.random);
    this.#afterMs = null;
    this.#attempts++;
    this.#tell("reconnecting");
    this.#cancelRetry = this.#shell.later(() => this.#open(), ms);
  }

  /** Forgets the socket at once: a dead peer would answer our close only after minutes. */
  #letGo(code: number): void {
    this.#cancelSilence();
    this.#asked.clear();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // A browser lets us send only these codes.
    if (socket.readyState < 2) socket.close(code >= 4000 ? code : 1000);
  }

  #tell(state: SocketStatus["state"]): void {
    this.#state = state;
    const reconnects = Math.max(0, this.#opens - 1);
    this.#options.onSocket({ state, attempts: this.#attempts, reconnects });
  }
}

function base64Url(text: string): string {
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
