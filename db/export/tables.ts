/** What a value of a file is; each format writes it in its own way. */
export type ColumnType =
  | "time" // an instant
  | "date"
  | "text"
  | "number" // a price in VND or points
  | "integer"
  | "boolean";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** A value as its column's type says: Date, text of a date, text, number or boolean; null is none. */
export type Value = Date | string | number | boolean | null;
export type Row = readonly Value[];

interface SqlColumn extends Column {
  readonly sql: string;
}

/** How a table is read, but for trades, which are read by symbol. */
export interface SqlTable {
  readonly columns: readonly SqlColumn[];
  /** Column of the security or index, by which the rows of a date can be chosen. */
  readonly subject: string;
  readonly order: string;
  /** True where the date is not a column and follows from the time. */
  readonly isByTime?: boolean;
}

export const TRADE_COLUMNS: readonly Column[] = [
  { name: "timestamp", type: "time" },
  { name: "symbol", type: "text" },
  { name: "price", type: "number" },
  { name: "volume", type: "integer" },
  { name: "value", type: "integer" },
  { name: "total_volume", type: "integer" },
  { name: "side", type: "text" },
  { name: "method", type: "text" },
  { name: "reason", type: "text" },
  { name: "feed_side", type: "text" },
  { name: "phase", type: "text" },
  { name: "late", type: "boolean" },
];

/** Names are those of the REST API. */
export const SQL_TABLES = {
  candles_1m: {
    subject: "symbol",
    order: "symbol, ts",
    isByTime: true,
    columns: [
      time("timestamp", "ts"),
      text("symbol"),
      ...prices({ open: "o", high: "h", low: "l", close: "c" }),
      integer("volume", "buy + sell + none"),
      // Bars of the service do not say which side was active.
      integer("mua_chu_dong_volume", "CASE source WHEN 0 THEN buy END"),
      integer("ban_chu_dong_volume", "CASE source WHEN 0 THEN sell END"),
      integer("neutral_volume", "CASE source WHEN 0 THEN none END"),
      integer("value"),
      integer("missing_volume", "tv1 - tv0 - buy - sell - none"),
      text("source", "CASE source WHEN 0 THEN 'live' ELSE 'backfill' END"),
    ],
  },
  foreign_snapshots: {
    subject: "symbol",
    order: "symbol, slot",
    columns: [
      time("timestamp", "ts"),
      text("symbol"),
      integer("buy_volume", "buy_vol"),
      integer("sell_volume", "sell_vol"),
      integer("net_volume", "buy_vol - sell_vol"),
      integer("buy_value", "buy_val"),
      integer("sell_value", "sell_val"),
      integer("net_value", "buy_val - sell_val"),
      integer("current_room", "room"),
      integer("total_room"),
    ],
  },
  index_snapshots: {
    subject: "code",
    order: "code, slot",
    columns: [
      time("timestamp", "ts"),
      text("index", "code"),
      ...prices({ value: "value", prior: "ref" }),
      integer("total_volume", "total_vol"),
      integer("total_value", "total_val"),
      integer("advances", "adv"),
      integer("no_changes", "unch"),
      integer("declines", "dec"),
      integer("ceilings", "ceil"),
      integer("floors", "floor"),
    ],
  },
  basis_points: {
    subject: "symbol",
    order: "symbol, ts",
    columns: [
      time("timestamp", "ts"),
      text("futures_symbol", "symbol"),
      ...prices({ futures_price: "future", spot_value: "spot", basis: "basis" }),
    ],
  },
  alerts: {
    subject: "symbol",
    order: "n",
    columns: [
      time("timestamp", "ts"),
      text("id"),
      text("alert_type", "type"),
      text("severity"),
      text("symbol"),
      text("message"),
      text("message_vi"),
      text("data", "data::text"),
    ],
  },
  daily_prices: {
    subject: "symbol",
    order: "symbol",
    columns: [
      { name: "trading_date", type: "date", sql: "trading_date" },
      text("symbol"),
      ...prices({ ref: "ref", ceiling: "ceil", floor: "floor" }),
      ...prices({ open: "o", high: "h", low: "l", close: "c", average: "avg" }),
      integer("volume"),
      integer("value"),
      integer("put_through_volume", "pt_vol"),
      integer("put_through_value", "pt_val"),
      integer("foreign_buy_volume", "foreign_buy_vol"),
      integer("foreign_sell_volume", "foreign_sell_vol"),
      integer("foreign_buy_value", "foreign_buy_val"),
      integer("foreign_sell_value", "foreign_sell_val"),
      integer("current_room", "foreign_room"),
      integer("mua_chu_dong_volume", "active_buy_vol"),
      integer("ban_chu_dong_volume", "active_sell_vol"),
    ],
  },
} as const satisfies Readonly<Record<string, SqlTable>>;

export const EXPORT_TABLES = [
  "trades",
  ...Object.keys(SQL_TABLES),
] as const as readonly ExportTable[];
export type ExportTable = "trades" | keyof typeof SQL_TABLES;

/** The columns of a table's files. */
export function columnsOf(table: ExportTable): readonly Column[] {
  return table === "trades" ? TRADE_COLUMNS : SQL_TABLES[table].columns;
}

function time(name: string, sql: string): SqlColumn {
  return { name, type: "time", sql };
}

function text(name: string, sql = name): SqlColumn {
  return { name, type: "text", sql };
}

function integer(name: string, sql = name): SqlColumn {
  return { name, type: "integer", sql };
}

/** Hundredths become VND or points. */
function prices(columns: Readonly<Record<string, string>>): SqlColumn[] {
  return Object.entries(columns).map(([name, sql]): SqlColumn => ({
    name,
    type: "number",
    sql: `(${sql} / 100.0)::double precision`,
  }));
}
