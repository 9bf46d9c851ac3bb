import { DERIVATIVE_FIELDS, FLOW_FIELDS, FOREIGN_FIELDS, VOLUME_FIELDS } from "./analytics.ts";
import { BOARD_FIELDS, INDEX_FIELDS } from "./board.ts";

/** Tables as they travel from the engine side to a hub, with their fields. */
export const TABLES = {
  stock: BOARD_FIELDS,
  index: INDEX_FIELDS,
  foreign: FOREIGN_FIELDS,
  flow: FLOW_FIELDS,
  volume: VOLUME_FIELDS,
  derivatives: DERIVATIVE_FIELDS,
} as const;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** Channels of state that a client subscribes to by a fixed name, and the table behind each. */
export const ROW_SETS = {
  "board:vn30": "stock",
  "board:der": "stock",
  "board:extra": "stock",
  index: "index",
  foreign: "foreign",
  flow: "flow",
  volume: "volume",
  derivatives: "derivatives",
} as const satisfies Readonly<Record<string, TableName>>;
export type RowSetName = keyof typeof ROW_SETS;
export const ROW_SET_NAMES = Object.keys(ROW_SETS) as RowSetName[];

/** Row sets that name some rows of their table in an order of their own; the others are all of it. */
export const VIEW_NAMES = [
  "board:vn30",
  "board:der",
  "board:extra",
  "foreign",
  "volume",
] as const satisfies readonly RowSetName[];
export type ViewName = typeof VIEW_NAMES[number];

/** One row of the table `stock`. */
export type StockChannel = `stock:${string}`;
export type StateChannel = RowSetName | StockChannel;

/** Channels of numbered entries that never conflate. */
export const LOG_CHANNELS = ["alerts"] as const;
export type LogChannel = typeof LOG_CHANNELS[number];

export type ChannelName = StateChannel | LogChannel;

/** What a ticker looks like in the name of a channel and in an address. */
export const TICKER = /^[A-Z0-9]{1,20}$/;

/** Whether a client may name this channel; whether the ticker of `stock:…` exists is not asked. */
export function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(ROW_SETS, name) || isLogChannel(name) || tickerOf(name) !== null;
}

export function isLogChannel(name: string): name is LogChannel {
  return (LOG_CHANNELS as readonly string[]).includes(name);
}

/** The ticker of `stock:VNM`; null for any other channel. */
export function tickerOf(name: string): string | null {
  const ticker = name.startsWith("stock:") ? name.slice("stock:".length) : "";
  return TICKER.test(ticker) ? ticker : null;
}

/** Fields of a channel of state, in mask-bit order. */
export function fieldsOf(channel: StateChannel): readonly string[] {
  const table: TableName = Object.hasOwn(ROW_SETS, channel)
    ? ROW_SETS[channel as RowSetName]
    : "stock";
  return TABLES[table];
}
