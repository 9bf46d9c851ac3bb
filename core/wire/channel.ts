import { DERIVATIVE_FIELDS, FLOW_FIELDS, FOREIGN_FIELDS, VOLUME_FIELDS } from "./analytics.ts";
import { BOARD_FIELDS, INDEX_FIELDS } from "./board.ts";
import { BOOK_FIELDS } from "./book.ts";
import { LIMIT_FIELDS } from "./limits.ts";

/** Tables as they travel from the engine side to a hub, with their fields. */
export const TABLES = {
  stock: BOARD_FIELDS,
  index: INDEX_FIELDS,
  foreign: FOREIGN_FIELDS,
  flow: FLOW_FIELDS,
  volume: VOLUME_FIELDS,
  derivatives: DERIVATIVE_FIELDS,
  limits: LIMIT_FIELDS,
  book: BOOK_FIELDS,
} as const;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** Channels of state that a client subscribes to by a fixed name, and the table behind each. */
export const ROW_SETS = {
  market: "stock",
  "board:vn30": "stock",
  "board:hose": "stock",
  "board:hnx": "stock",
  "board:upcom": "stock",
  "board:der": "stock",
  "board:extra": "stock",
  index: "index",
  foreign: "foreign",
  flow: "flow",
  volume: "volume",
  derivatives: "derivatives",
  limits: "limits",
} as const satisfies Readonly<Record<string, TableName>>;
export type RowSetName = keyof typeof ROW_SETS;
export const ROW_SET_NAMES = Object.keys(ROW_SETS) as RowSetName[];

/** Row sets that name some rows of their table in an order of their own, for the whole epoch. */
export const VIEW_NAMES = [
  "board:vn30",
  "board:der",
  "board:extra",
  "foreign",
  "volume",
] as const satisfies readonly RowSetName[];
export type ViewName = typeof VIEW_NAMES[number];

/** Row sets of the rows of `stock` whose cell `exchange` says so, in the order of the table. */
export const EXCHANGE_BOARDS = {
  "board:hose": "HOSE",
  "board:hnx": "HNX",
  "board:upcom": "UPCOM",
} as const satisfies Readonly<Partial<Record<RowSetName, string>>>;
export type ExchangeBoard = keyof typeof EXCHANGE_BOARDS;

/** One row of the table `stock` or `book`. */
export type RowChannel = `stock:${string}` | `book:${string}`;
export type StateChannel = RowSetName | RowChannel;

/** Trades of one security. */
export type TradesChannel = `trades:${string}`;
/** Channels of numbered entries that never conflate. */
export type LogChannel = "alerts" | TradesChannel;
/** Their names; those of `trades:VNM` stand under `trades`. */
export const LOG_KINDS = ["alerts", "trades"] as const;

/** The state of the feed and nothing else: `st` frames, which every subscriber gets anyway. */
export const STATUS_CHANNEL = "status";

export type ChannelName = StateChannel | LogChannel | typeof STATUS_CHANNEL;

/** What a ticker looks like in the name of a channel and in an address. */
export const TICKER = /^[A-Z0-9]{1,20}$/;

/** What channels of a kind carry: cells that conflate, numbered entries, or the feed's state. */
export type ChannelKind = "state" | "log" | "status";

/** Prefixes of the channels of one security. */
const TICKER_KINDS: ReadonlyMap<string, ChannelKind> = new Map([
  ["stock", "state"],
  ["book", "state"],
  ["trades", "log"],
]);

/** The kind of a channel; null for what is none. Whether its ticker exists is not asked. */
export function kindOf(name: string): ChannelKind | null {
  if (Object.hasOwn(ROW_SETS, name)) return "state";
  if (name === "alerts") return "log";
  if (name === STATUS_CHANNEL) return "status";
  return tickerOf(name) === null ? null : TICKER_KINDS.get(prefixOf(name))!;
}

/** Whether a client may name this channel; whether its ticker exists is not asked. */
export function isChannelName(name: string): name is ChannelName {
  return kindOf(name) !== null;
}

export function isLogChannel(name: string): name is LogChannel {
  return kindOf(name) === "log";
}

export function isStatusChannel(name: string): name is typeof STATUS_CHANNEL {
  return name === STATUS_CHANNEL;
}

/** The ticker of a channel of one security, as of `stock:VNM`; null for any other. */
export function tickerOf(name: string): string | null {
  const prefix = prefixOf(name);
  if (!TICKER_KINDS.has(prefix)) return null;
  const ticker = name.slice(prefix.length + 1);
  return TICKER.test(ticker) ? ticker : null;
}

/** The table that a channel of state shows rows of. */
export function tableOf(channel: StateChannel): TableName {
  if (Object.hasOwn(ROW_SETS, channel)) return ROW_SETS[channel as RowSetName];
  return prefixOf(channel) as "stock" | "book";
}

/** Fields of a channel of state, in mask-bit order. */
export function fieldsOf(channel: StateChannel): readonly string[] {
  return TABLES[tableOf(channel)];
}

function prefixOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(":")));
}
