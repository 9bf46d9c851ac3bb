import type { Alert } from "./alert.ts";
import type { Cell } from "./board.ts";
import type { ChannelName, LOG_KINDS, LogChannel, RowSetName, StateChannel } from "./channel.ts";
import type { TradeEntry } from "./trade.ts";
import type { DataStatus, FeedStatus } from "./status.ts";

/** Name of the WebSocket subprotocol. */
export const SUBPROTOCOL = "vnstock.v1.json";

/** First frame after the socket opens. */
export interface HelloFrame {
  readonly k: "hello";
  readonly v: 1;
  /** Session id, for logs. */
  readonly sid: string;
  /** Heartbeat interval, and the least time between two updates, ms. */
  readonly hb: number;
  readonly tick: number;
  /** Rates that `sub` can ask for, ms between two updates; one between two of them gets the slower. */
  readonly rates: readonly number[];
  /** Whether nothing but `auth` is answered until it has brought a valid token. */
  readonly auth: boolean;
  readonly data_status: DataStatus;
  readonly limits: {
    readonly messageBytes: number;
    /** Channels in one operation, and on one socket. */
    readonly channels: number;
    readonly subscriptions: number;
    /** Symbols in one `syms`. */
    readonly symbols: number;
  };
  /** Fields by channel; those of `stock:VNM` stand under `stock`, likewise `book` and `trades`. */
  readonly schema: Readonly<
    Record<RowSetName | "stock" | "book" | "trades", { readonly f: readonly string[] }>
  >;
  /** Channels that carry `a` frames. */
  readonly logs: typeof LOG_KINDS;
}

/**
 * Whole channel at seq `s` of epoch `e`: rows `y`, one column of cells per field in `v`. A large one
 * comes in `n` parts numbered `i` = 0, 1, …, each with the next rows; it holds once the last is there.
 */
export interface SnapshotFrame {
  readonly k: "s";
  readonly c: StateChannel;
  readonly e: string;
  readonly s: number;
  /** Exchange time of the newest event in it, Unix ms; null before the first. */
  readonly t: number | null;
  readonly i?: number;
  readonly n?: number;
  readonly y: readonly string[];
  readonly v: readonly (readonly Cell[])[];
}

/**
 * Absolute values of every cell of `c` that changed in (p, s], flat: row number, mask, then the
 * values of the set bits in ascending order. Apply it only when `e` is equal and p ≤ mine < s; when
 * p > mine frames were lost: subscribe again with `from`.
 */
export interface DeltaFrame {
  readonly k: "d";
  readonly c: StateChannel;
  readonly e: string;
  readonly p: number;
  readonly s: number;
  readonly t: number | null;
  readonly d: readonly Cell[];
}

/**
 * Entries of a log with numbers in (p, s], none left out. Take what is above yours when `e` is yours
 * and p ≤ yours; with another `e`, or after an `err` of code GAP, what you hold is replaced.
 */
export interface LogFrame {
  readonly k: "a";
  readonly c: LogChannel;
  readonly e: string;
  readonly p: number;
  readonly s: number;
  readonly list: readonly Alert[] | readonly TradeEntry[];
}

/** Heartbeat: server clock and the position of each channel subscribed to. */
export interface HeartbeatFrame {
  readonly k: "h";
  readonly t: number;
  readonly e: string;
  readonly m: Readonly<Partial<Record<ChannelName, number>>>;
  /** Updates held back since the last heartbeat because bytes were unsent; absent for none. */
  readonly lag?: number;
  /** Beside `lag`: bytes unsent now, and a rate (ms) at which fewer would be held back. */
  readonly unsent?: number;
  readonly slower?: number;
}

/** State of the upstream feed, on subscribing and on every change. */
export interface StatusFrame {
  readonly k: "st";
  readonly st: FeedStatus["state"];
  readonly data_status: DataStatus;
  readonly feed: FeedStatus;
}

export interface OkFrame {
  readonly k: "ok";
  readonly id: number;
  /** Answer to `sub`: ms between two updates from now on. */
  readonly rate?: number;
}

export type ErrorCode =
  | "BAD_MESSAGE"
  | "BAD_CHANNEL"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "RATE_LIMITED"
  | "TOO_MANY_SUBS"
  | "GAP"
  | "UNAVAILABLE";

export interface ErrorFrame {
  readonly k: "err";
  readonly id: number | null;
  readonly code: ErrorCode;
  readonly msg: string;
  /** Try again after so many ms; absent where that would not help. */
  readonly retry?: number;
  /** Channels it is about; others of the same operation were subscribed. */
  readonly c?: readonly string[];
}

/** Planned close: come back after `after` ms. */
export interface ByeFrame {
  readonly k: "bye";
  readonly code: number;
  readonly after: number;
}

/** Everything a server sends in `vnstock.v1.json`; a WebSocket message holds one or an array. */
export type ServerFrame =
  | HelloFrame
  | SnapshotFrame
  | DeltaFrame
  | LogFrame
  | HeartbeatFrame
  | StatusFrame
  | OkFrame
  | ErrorFrame
  | ByeFrame;

/** Where a client stands in a channel: seq `s` of epoch `e`. */
export interface Position {
  readonly e: string;
  readonly s: number;
}

/** What a client may send (validated by zod on the server, core/wire/client_schema.ts). */
export type ClientFrame =
  | {
    readonly op: "sub";
    readonly id: number;
    readonly c: readonly ChannelName[];
    readonly from?: Readonly<Partial<Record<ChannelName, Position>>>;
    /** Ms between two updates on this socket, 100 to 2,000; the fastest when it was never given. */
    readonly rate?: number;
    /** Rows wanted of the channels named here; all of them when absent. */
    readonly syms?: readonly string[];
  }
  | { readonly op: "unsub"; readonly id: number; readonly c: readonly ChannelName[] }
  | { readonly op: "ping"; readonly id: number }
  /** The first operation where a token is wanted, and a fresh token later. */
  | { readonly op: "auth"; readonly id: number; readonly token: string }
  /**
   * Messages taken so far on this socket. A client behind a proxy that buffers says so now and then:
   * from its first on, only so many go out ahead of it. There is no reply.
   */
  | { readonly op: "ack"; readonly n: number };

/** Close codes (fanout: 40xx do not reconnect, 41xx back off, 42xx at once). */
export const CLOSE = {
  goingAway: 1001,
  unsupported: 1003,
  policy: 1008,
  tooLarge: 1009,
  restart: 1012,
  unauthenticated: 4001,
  forbidden: 4003,
  unknownChannel: 4004,
  protocolError: 4005,
  connectionLimit: 4009,
  slowConsumer: 4108,
  overloaded: 4113,
  rateLimited: 4129,
  moving: 4200,
  tokenExpired: 4201,
  heartbeatTimeout: 4208,
} as const;
