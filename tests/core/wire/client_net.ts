import type { Cell } from "../../../core/wire/board.ts";
import {
  type ChannelName,
  fieldsOf,
  ROW_SETS,
  type RowSetName,
  type StateChannel,
  tickerOf,
} from "../../../core/wire/channel.ts";
import type { Alert } from "../../../core/wire/alert.ts";
import type { DeltaFrame, LogFrame, SnapshotFrame } from "../../../core/wire/frames.ts";
import { forEachBit } from "../../../core/wire/mask.ts";
import type { MarketClient } from "../../../core/wire/client.ts";
import type { SocketStatus } from "../../../core/wire/client_options.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import type { SharedMessage } from "../../../core/hub/message.ts";
import { Hub } from "../../../core/hub/hub.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";
import { peek } from "../../../core/hub/peek.ts";
import { connectTables } from "../../support/tables_client.ts";
import { hubStart, World } from "../hub/world.ts";

/** Both ends of a socket in one object: a WebSocket for the client, a link for the hub. */
export class FakeSocket implements ClientLink {
  readonly id = "fake";
  readonly url: string;
  readonly protocols: readonly string[];
  readonly #net: ClientNet;
  /** Server to client, while stalled. */
  readonly #way: string[] = [];
  /** What the client sent. */
  readonly said: string[] = [];
  #hub: Hub | null = null;
  isStalled = false;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(net: ClientNet, url: string, protocols: readonly string[]) {
    this.#net = net;
    this.url = url;
    this.protocols = protocols;
  }

  get unsentBytes(): number {
    return this.isStalled ? 1 + this.#way.join("").length : 0;
  }

  /** The handshake is done. */
  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.();
    const { hub, isOpenToAll: isAuthenticated, world } = this.#net;
    this.#hub = hub;
    hub.join(this, "v1", world.nowMs, { isAuthenticated });
  }

  /** Called by both ends: text comes from the client, a message from the hub. */
  send(said: string | SharedMessage): void {
    if (typeof said === "string") {
      this.said.push(said);
      this.#say(said);
    } else if (this.isStalled) this.#way.push(said.text);
    else this.#arrive(said.text);
  }

  stall(): void {
    this.isStalled = this.readyState === 1;
  }

  resume(): void {
    this.isStalled = false;
    for (const data of this.#way.splice(0)) this.#arrive(data);
  }

  #arrive(data: string): void {
    if (data.includes('"code":"GAP"')) this.#net.page.gaps++;
    if (data.includes('"code":"BAD_CHANNEL"')) this.#net.page.refused++;
    this.onmessage?.({ data });
  }

  close(code = 1000): void {
    this.drop(code);
  }

  /** The way is cut; both sides notice, and what was on it is lost. */
  drop(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#way.length = 0;
    this.#hub?.leave(this, "v1");
    this.#net.page.refused = 0;
    this.onclose?.({ code });
  }

  #say(text: string): void {
    this.#hub?.receive(this, "v1", text, this.#net.world.nowMs);
  }
}

/** What a page would show. */
export class Page {
  readonly tables = new Map<StateChannel, { e: string; s: number; rows: Cell[][]; y: string[] }>();
  readonly sockets: SocketStatus[] = [];
  readonly feeds: FeedStatus[] = [];
  readonly latencies: number[] = [];
  alerts: Alert[] = [];
  /** Refusals to prove what the page has of a log, as they came. */
  gaps = 0;
  /** Channels that the server did not have when it was asked. */
  refused = 0;
  /** The log was replaced by entries that do not follow, without a word. */
  holes = 0;
  snapshots = 0;
  deltas = 0;
  #alertsEpoch = "";
  #gapsSeen = 0;

  onSnapshot = (frame: SnapshotFrame) => {
    this.snapshots++;
    const before = this.tables.get(frame.c);
    // Fewer rows than before may have changed last at an earlier seq.
    const isSame = before?.e === frame.e && before.y.join() === frame.y.join();
    if (isSame && frame.s < before.s) throw new Error("seq went back");
    const rows = frame.y.map((_, row) => fieldsOf(frame.c).map((_, f) => frame.v[f]![row]!));
    this.tables.set(frame.c, { e: frame.e, s: frame.s, rows, y: [...frame.y] });
  };

  onDelta = (frame: DeltaFrame) => {
    this.deltas++;
    const table = this.tables.get(frame.c)!;
    if (table.e !== frame.e || frame.p > table.s || frame.s <= table.s) {
      throw new Error("a delta that does not follow");
    }
    table.s = frame.s;
    for (let at = 0; at < frame.d.length;) {
      const row = table.rows[frame.d[at++] as number]!;
      forEachBit(frame.d[at++] as number, (field) => row[field] = frame.d[at++]!);
    }
  };

  onEntries = (frame: LogFrame, isWhole: boolean) => {
    const list = frame.list as readonly Alert[];
    const last = this.alerts.at(-1)?.n ?? 0;
    const first = list[0]?.n ?? last + 1;
    if (!isWhole) {
      if (first !== last + 1) throw new Error("entries that do not follow");
      this.alerts.push(...list);
    } else {
      const isTold = this.gaps > this.#gapsSeen || this.#alertsEpoch !== frame.e;
      if (first > last + 1 && !isTold) this.holes++;
      this.alerts = [...list];
    }
    this.#gapsSeen = this.gaps;
    this.#alertsEpoch = frame.e;
    if (this.alerts.some(({ n }, at) => n !== this.alerts[0]!.n + at)) this.holes++;
  };

  onStatus = (feed: FeedStatus) => void this.feeds.push(feed);
  onSocket = (status: SocketStatus) => void this.sockets.push(status);
  onLatency = (ms: number) => void this.latencies.push(ms);
}

/** A client and the hub of a world over a network that can fail; time is the world's. */
export class ClientNet {
  readonly world = World.started();
  readonly page = new Page();
  readonly sockets: FakeSocket[] = [];
  readonly tables: readonly StateChannel[];
  readonly #timers = new Map<number, { act: () => void; atMs: number }>();
  #lastTimer = 0;
  /** Whether the door lets everybody in, with a token or not. */
  readonly isOpenToAll: boolean;
  isDown = false;
  isRestDown = false;
  polls = 0;
  hub: Hub = this.world.hub;
  readonly client: MarketClient;

  constructor(
    seed: "page" | "empty" = "empty",
    { tables = ["board:vn30", "index"], logs = [], isOpenToAll = true, ...tokens }: {
      token?: string;
      freshToken?: () => Promise<string>;
      isOpenToAll?: boolean;
      tables?: readonly StateChannel[];
      logs?: readonly "alerts"[];
    } = {},
  ) {
    this.isOpenToAll = isOpenToAll;
    this.tables = tables;
    for (const ticker of tables.map(tickerOf)) {
      if (ticker !== null && !this.world.publisher.has("stock", ticker)) {
        this.world.put("stock", ticker, { last: 1 });
      }
    }
    this.tick();
    if (seed === "page") this.tables.forEach((name) => this.page.onSnapshot(this.frame(name)));
    this.page.snapshots = 0;
    this.client = connectTables({
      ...this.page,
      ...tokens,
      url: "ws://board.test/ws",
      seed: [
        ...this.tables.map((c) => ({ c, e: "", s: 0, ...this.page.tables.get(c) })),
        ...logs.map((c) => ({ c, e: "", s: 0 })),
      ],
      shell: {
        open: (url, protocols) => this.#open(url, protocols) as unknown as WebSocket,
        fetch: (url, init) => this.#fetch(url, init),
        later: (act, ms) => this.#later(act, ms),
        random: () => 0.5,
        nowMs: () => this.world.nowMs,
      },
    });
  }

  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** The table as HTML would carry it. */
  frame(c: StateChannel): SnapshotFrame {
    const message = this.world.publisher.snapshot();
    const ticker = tickerOf(c);
    const of = ticker === null ? ROW_SETS[c as RowSetName] : "stock";
    const table = message.tables.find(({ name }) => name === of)!;
    const y = ticker !== null
      ? table.symbols.filter((symbol) => symbol === ticker)
      : message.views.find(({ name }) => name === c)?.symbols ?? table.symbols;
    const rows = y.map((symbol) => table.rows[table.symbols.indexOf(symbol)]!);
    const v = fieldsOf(c).map((_, field) => rows.map((cells) => cells[field]!));
    return { k: "s", c, e: message.epoch, s: message.seq, t: null, y, v };
  }

  /** Lets time pass for hub, network and timers. */
  wait(ms: number): void {
    for (const untilMs = this.world.nowMs + ms; this.world.nowMs < untilMs;) {
      this.world.nowMs += 50;
      if (!this.isDown) this.socket.open();
      this.hub.tick(this.world.nowMs);
      for (const [id, { act, atMs }] of [...this.#timers]) {
        if (atMs <= this.world.nowMs && this.#timers.delete(id)) act();
      }
    }
  }

  /** Ends an engine tick; `lost` is what a bus may do to the message. */
  tick(isLost = false): void {
    const message = this.world.publisher.tick(this.world.nowMs);
    if (message === null || isLost) return;
    if (this.hub.apply(message, this.world.nowMs) === "gap") {
      this.hub.apply(this.world.publisher.snapshot(), this.world.nowMs);
    }
  }

  /** The web process dies and starts again; the engine side goes on. */
  restartHub(): void {
    const old = this.sockets.filter(({ readyState }) => readyState === 1);
    this.hub = new Hub(hubStart(connectingStatus("ssi", this.world.nowMs)));
    for (const socket of old) socket.drop(1006);
    this.hub.apply(this.world.publisher.snapshot(), this.world.nowMs);
  }

  #open(url: string, protocols: readonly string[]): FakeSocket {
    const socket = new FakeSocket(this, url, protocols);
    this.sockets.push(socket);
    return socket;
  }

  /** REST over the same hub, as /api/channels answers. */
  #fetch(url: string, { signal }: RequestInit): Promise<Response> {
    this.polls++;
    if (this.isRestDown || signal?.aborted) return Promise.reject(new TypeError("unreachable"));
    const query = new URL(url).searchParams;
    const from = (query.get("from") ?? "").split(",").filter((part) => part !== "").map((part) => {
      const [, name, e, s] = /^(.+)@(.+)\/(\d+)$/.exec(part)!;
      return [name, { e, s: Number(s) }];
    });
    const c = query.get("c")!.split(",") as ChannelName[];
    const wanted = { c, from: Object.fromEntries(from), syms: query.get("syms")?.split(",") };
    const frames = peek(this.hub, wanted, this.world.nowMs)!;
    return Promise.resolve(new Response(`{"frames":[${frames}]}`));
  }

  #later(act: () => void, ms: number): () => void {
    const id = ++this.#lastTimer;
    this.#timers.set(id, { act, atMs: this.world.nowMs + ms });
    return () => this.#timers.delete(id);
  }
}
