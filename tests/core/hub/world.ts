import type { Alert } from "../../../core/wire/alert.ts";
import type { Cell } from "../../../core/wire/board.ts";
import { type ChannelName, fieldsOf, type RowSetName, TABLES } from "../../../core/wire/channel.ts";
import type { ServerFrame } from "../../../core/wire/frames.ts";
import type { FeedStatus } from "../../../core/wire/status.ts";
import { type Contract, Hub, type HubStart } from "../../../core/hub/hub.ts";
import type { ClientLink } from "../../../core/hub/link.ts";
import type { SharedMessage } from "../../../core/hub/message.ts";
import { Publisher, type TableRows } from "../../../core/hub/publisher.ts";
import { LAG_MS_MAX } from "../../../core/hub/limits.ts";
import { connectingStatus } from "../../../core/hub/replica.ts";

/** A Monday morning inside the session. */
export const NINE_THIRTY_MS = Date.parse("2026-08-03T09:30:00+07:00");

/** The token that the hub of a world takes. */
export const TOKEN = "open-sesame";

/** What a hub needs beside the state of the feed. */
export function hubStart(status: FeedStatus, throttleMs = 500): HubStart {
  return { status, throttleMs, lagMsMax: LAG_MS_MAX, isValidToken: (token) => token === TOKEN };
}

/** A client that the door let in. */
export const KNOWN = { isAuthenticated: true } as const;

/** A socket that keeps the hub's rules; while stalled nothing leaves it. */
export class FakeLink implements ClientLink {
  readonly id: string;
  readonly sent: string[] = [];
  closed: { code: number; reason: string } | null = null;
  unsentBytes = 0;
  isStalled = false;

  constructor(id = "link") {
    this.id = id;
  }

  send({ text }: SharedMessage): void {
    if (this.closed !== null) throw new Error(`sent to ${this.id} after it was closed`);
    this.sent.push(text);
    if (this.isStalled) this.unsentBytes += text.length;
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  /** The code it was closed with, or null while it is open. */
  closeCode(): number | null {
    return this.closed?.code ?? null;
  }

  stall(): void {
    this.isStalled = true;
    this.unsentBytes = 1;
  }

  drain(): void {
    this.isStalled = false;
    this.unsentBytes = 0;
  }

  /** Takes what was sent since the last call, one list of frames per write. */
  take(): ServerFrame[][] {
    return this.sent.splice(0).map((text) => {
      const frames = JSON.parse(text);
      return Array.isArray(frames) ? frames : [frames];
    });
  }

  /** All frames since the last call. */
  frames(): ServerFrame[] {
    return this.take().flat();
  }
}

/** A feed that is live. */
export function liveStatus(nowMs = NINE_THIRTY_MS): FeedStatus {
  const status = connectingStatus("ssi", nowMs);
  return { ...status, state: "live", reason: null, tradingDate: "2026-08-03" };
}

/** A row of a channel or of the table `stock` with some fields set and the others empty. */
export function cellsOf(
  name: RowSetName | "stock" | "book",
  values: Readonly<Record<string, Cell>> = {},
): Cell[] {
  const fields = name === "stock" || name === "book" ? TABLES[name] : fieldsOf(name);
  return fields.map((field) => values[field] ?? null);
}

/** An alert as the engine numbers them. */
export function alertOf(n: number): Alert {
  return {
    id: `2026-08-03-${n}`,
    n,
    alert_type: "price_breakout",
    severity: "info",
    symbol: "FPT",
    message: `alert ${n}`,
    message_vi: `canh bao ${n}`,
    timestamp: "2026-08-03T09:30:00.000+07:00",
    data: { inputs: {}, threshold: {}, explanation: "" },
  };
}

/** Channels of all tables of which no two show the same row. */
const CHANNELS: readonly ChannelName[] = [
  "board:vn30",
  "board:der",
  "board:extra",
  "index",
  "foreign",
  "flow",
  "volume",
  "derivatives",
  "limits",
];

export const ROWS: TableRows = {
  "board:vn30": ["ACB", "FPT", "VNM"],
  "board:der": ["41I1G8000"],
  index: ["VN30", "VNINDEX"],
};

/** An engine side and a hub without anything between them but a clock. */
export class World {
  readonly publisher = new Publisher({ epoch: "none", status: liveStatus() });
  readonly hub: Hub;
  nowMs = NINE_THIRTY_MS;
  #alerts = 0;

  constructor(throttleMs = 500) {
    this.hub = new Hub(hubStart(connectingStatus("ssi", this.nowMs), throttleMs));
  }

  /** A world whose hub has its first snapshot. */
  static started(throttleMs = 500): World {
    const world = new World(throttleMs);
    world.publisher.setRows(ROWS, "e1");
    world.tick();
    return world;
  }

  put(name: RowSetName | "stock", symbol: string, values: Readonly<Record<string, Cell>>): void {
    if (!this.publisher.put(name, symbol, cellsOf(name, values))) throw new Error("no such row");
  }

  /** Raises alerts up to a number; they are told with the next tick. */
  raise(untilN: number): void {
    for (let n = this.#alerts + 1; n <= untilN; n++) {
      this.publisher.append({ name: "alerts", from: n - 1, entries: [alertOf(n)] });
    }
    this.#alerts = untilN;
  }

  /** Begins an epoch whose logs are empty. */
  startEpoch(rows: TableRows, name: string, tradingDate: string | null = "2026-08-03"): void {
    this.publisher.setRows(rows, { name, tradingDate });
    this.#alerts = 0;
  }

  /** Ends an engine tick and hands what it made to the hub. */
  tick(): void {
    const message = this.publisher.tick(this.nowMs);
    if (message !== null) this.hub.apply(message, this.nowMs);
  }

  /** Lets time pass as the shell would, 50 ms at a time. */
  wait(ms: number): void {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs;) {
      this.nowMs = Math.min(untilMs, this.nowMs + 50);
      this.hub.tick(this.nowMs);
    }
  }

  join(contract: Contract = "v1", id?: string): FakeLink {
    const link = new FakeLink(id);
    this.hub.join(link, contract, this.nowMs, KNOWN);
    return link;
  }

  /** A client that has yet to say its token. */
  joinUnknown(): FakeLink {
    const link = new FakeLink();
    this.hub.join(link, "v1", this.nowMs, { isAuthenticated: false });
    return link;
  }

  send(link: FakeLink, operation: unknown): void {
    const text = typeof operation === "string" ? operation : JSON.stringify(operation);
    this.hub.receive(link, "v1", text, this.nowMs);
  }

  /** A client that has everything of the channels named, and whose frames so far are forgotten. */
  subscriber(channels: readonly ChannelName[] = CHANNELS): FakeLink {
    const link = this.join();
    this.send(link, { op: "sub", id: 1, c: channels });
    link.take();
    return link;
  }
}
