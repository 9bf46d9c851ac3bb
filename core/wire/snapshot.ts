import type { DerivativeField, FlowField, ForeignField, VolumeField } from "./analytics.ts";
import type { BoardField, BoardName, BoardRow, Cell, IndexField, IndexRow, Row } from "./board.ts";
import type { StateChannel } from "./channel.ts";
import type { LogName, LogSlice } from "./log.ts";
import { type DataStatus, dataStatus, type FeedStatus } from "./status.ts";

/** Tables by name with the fields of their rows. */
export interface RowFields {
  readonly stock: BoardField;
  readonly index: IndexField;
  readonly foreign: ForeignField;
  readonly flow: FlowField;
  readonly volume: VolumeField;
  readonly derivatives: DerivativeField;
}

/** The hub's current state as pages and REST read it. Read it in one synchronous go. */
export interface MarketView {
  /** "" until the first snapshot of the engine side. */
  readonly epoch: string;
  readonly seq: number;
  /** Exchange time of the newest event, Unix ms. */
  readonly asOfMs: number | null;
  readonly status: FeedStatus;
  rows(table: "index"): readonly IndexRow[];
  rows(table: BoardName): readonly BoardRow[];
  /** Rows of a table of analytics, or of every security of the market for `stock`. */
  all<Name extends keyof RowFields>(table: Name): readonly Row<RowFields[Name]>[];
  /** One row of such a table; null when it has none of that symbol. */
  one<Name extends keyof RowFields>(table: Name, symbol: string): Row<RowFields[Name]> | null;
  /** Entries of a log, oldest first; `from` is the number of the first. */
  log<Name extends LogName>(name: Name): LogSlice<Name>;
  /** Seq of the last change in a channel. */
  tableSeq(channel: StateChannel): number;
}

type Num = number | null;

/** Order book of one symbol, three levels; prices VND or points, volumes shares or contracts. */
export interface QuoteOut {
  readonly bid_price_1: Num;
  readonly bid_volume_1: Num;
  readonly bid_price_2: Num;
  readonly bid_volume_2: Num;
  readonly bid_price_3: Num;
  readonly bid_volume_3: Num;
  readonly ask_price_1: Num;
  readonly ask_volume_1: Num;
  readonly ask_price_2: Num;
  readonly ask_volume_2: Num;
  readonly ask_price_3: Num;
  readonly ask_volume_3: Num;
  /** Matched volume of the day. */
  readonly total_volume: Num;
  /** Matched value of the day, VND. */
  readonly total_value: Num;
}

/** Price of one symbol; before the first match last and change are null, never −100 %. */
export interface PriceOut {
  readonly last: Num;
  readonly change: Num;
  readonly change_pct: Num;
  readonly ref: Num;
  readonly ceiling: Num;
  readonly floor: Num;
}

/** One index, points; `ratio` is the change in per cent, `advance_ratio` a share of 0–1. */
export interface IndexOut {
  readonly value: Num;
  readonly prior: Num;
  readonly change: Num;
  readonly ratio: Num;
  readonly total_volume: Num;
  readonly total_value: Num;
  readonly advances: Num;
  readonly declines: Num;
  readonly no_changes: Num;
  readonly ceilings: Num;
  readonly floors: Num;
  readonly advance_ratio: Num;
}

/** Cumulative foreign flow of the day, shares. */
export interface ForeignOut {
  readonly buy_volume: Num;
  readonly sell_volume: Num;
  readonly net_volume: Num;
  readonly current_room: Num;
}

/** One VN30 future, points and contracts. A basis of exactly 0 is neither premium nor discount. */
export interface DerivativeOut {
  readonly last: Num;
  readonly change: Num;
  readonly change_pct: Num;
  readonly volume: Num;
  readonly bid: Num;
  readonly ask: Num;
  readonly basis: Num;
  readonly basis_pct: Num;
  readonly is_premium: boolean | null;
}

/** The whole market as `/api/market/snapshot` answers it and `/ws/market` pushes it. */
export interface MarketSnapshot {
  readonly quotes: Readonly<Record<string, QuoteOut>>;
  readonly prices: Readonly<Record<string, PriceOut>>;
  readonly indices: Readonly<Record<string, IndexOut>>;
  readonly foreign: {
    readonly stocks: Readonly<Record<string, ForeignOut>>;
    readonly total_buy_volume: number;
    readonly total_sell_volume: number;
    readonly total_net_volume: number;
  };
  readonly derivatives: Readonly<Record<string, DerivativeOut>>;
  /** ISO 8601 with the offset of Viet Nam. */
  readonly as_of: string | null;
  readonly seq: number;
  readonly epoch: string;
  readonly data_status: DataStatus;
  readonly feed: FeedOut;
}

/** State of the upstream feed in a payload. */
export interface FeedOut {
  readonly provider: FeedStatus["provider"];
  readonly state: FeedStatus["state"];
  readonly connected: boolean;
  readonly reason: string | null;
  readonly since: string;
  readonly trading_date: string | null;
  readonly phases: FeedStatus["phases"];
}

/** Builds the payload from a view; stocks are the rows of the VN30 and extra boards. */
export function marketSnapshot(view: MarketView): MarketSnapshot {
  const members = view.rows("board:vn30");
  const memberSymbols = new Set(members.map(({ symbol }) => symbol));
  // An extra symbol may be a member as well; its flow must not be added up twice.
  const extra = view.rows("board:extra").filter(({ symbol }) => !memberSymbols.has(symbol));
  const stocks = [...members, ...extra];
  const indexRows = view.rows("index");
  const vn30 = num(indexRows.find((row) => row.symbol === "VN30")?.value);
  const futures = view.rows("board:der");
  return {
    quotes: bySymbol([...stocks, ...futures], quoteOut),
    prices: bySymbol([...stocks, ...futures], priceOut),
    indices: bySymbol(indexRows, indexOut),
    foreign: foreignOut(stocks),
    derivatives: bySymbol(futures, (row) => derivativeOut(row, vn30)),
    as_of: isoVn(view.asOfMs),
    seq: view.seq,
    epoch: view.epoch,
    data_status: dataStatus(view.status),
    feed: feedOut(view.status),
  };
}

/** The feed's state as payloads carry it. */
export function feedOut(status: FeedStatus): FeedOut {
  return {
    provider: status.provider,
    state: status.state,
    connected: status.state === "live" || status.state === "closed",
    reason: status.reason,
    since: isoVn(status.sinceMs),
    trading_date: status.tradingDate,
    phases: status.phases,
  };
}

/** An instant as ISO 8601 in Viet Nam time, `2026-08-03T09:15:00.000+07:00`. */
export function isoVn(instantMs: number): string;
export function isoVn(instantMs: number | null): string | null;
export function isoVn(instantMs: number | null): string | null {
  if (instantMs === null) return null;
  return new Date(instantMs + 7 * 3_600_000).toISOString().replace("Z", "+07:00");
}

function bySymbol<Row extends { readonly symbol: string }, Out>(
  rows: readonly Row[],
  build: (row: Row) => Out,
): Record<string, Out> {
  return Object.fromEntries(rows.map((row) => [row.symbol, build(row)]));
}

export function quoteOut(row: BoardRow): QuoteOut {
  return {
    bid_price_1: num(row.b1p),
    bid_volume_1: num(row.b1v),
    bid_price_2: num(row.b2p),
    bid_volume_2: num(row.b2v),
    bid_price_3: num(row.b3p),
    bid_volume_3: num(row.b3v),
    ask_price_1: num(row.a1p),
    ask_volume_1: num(row.a1v),
    ask_price_2: num(row.a2p),
    ask_volume_2: num(row.a2v),
    ask_price_3: num(row.a3p),
    ask_volume_3: num(row.a3v),
    total_volume: num(row.vol),
    total_value: num(row.val),
  };
}

export function priceOut(row: BoardRow): PriceOut {
  const last = num(row.last);
  const ref = num(row.ref);
  return {
    last,
    change: difference(last, ref),
    change_pct: percentOf(difference(last, ref), ref),
    ref,
    ceiling: num(row.ceil),
    floor: num(row.floor),
  };
}

export function indexOut(row: IndexRow): IndexOut {
  const value = num(row.value);
  const prior = num(row.prior);
  const [advances, declines] = [num(row.up), num(row.down)];
  const moved = (advances ?? 0) + (declines ?? 0);
  return {
    value,
    prior,
    change: difference(value, prior),
    ratio: percentOf(difference(value, prior), prior),
    total_volume: num(row.vol),
    total_value: num(row.val),
    advances,
    declines,
    no_changes: num(row.same),
    ceilings: num(row.ceil),
    floors: num(row.floor),
    advance_ratio: moved === 0 ? null : Math.round((advances ?? 0) / moved * 1e4) / 1e4,
  };
}

function foreignOut(rows: readonly BoardRow[]): MarketSnapshot["foreign"] {
  const total = (field: "fBuy" | "fSell") =>
    rows.reduce((sum, row) => sum + (num(row[field]) ?? 0), 0);
  const buy = total("fBuy");
  const sell = total("fSell");
  return {
    stocks: bySymbol(rows, (row) => ({
      buy_volume: num(row.fBuy),
      sell_volume: num(row.fSell),
      net_volume: difference(num(row.fBuy), num(row.fSell)),
      current_room: num(row.room),
    })),
    total_buy_volume: buy,
    total_sell_volume: sell,
    total_net_volume: buy - sell,
  };
}

function derivativeOut(row: BoardRow, vn30: Num): DerivativeOut {
  const { last, change, change_pct } = priceOut(row);
  const basis = num(row.basis);
  return {
    last,
    change,
    change_pct,
    volume: num(row.vol),
    bid: num(row.b1p),
    ask: num(row.a1p),
    basis,
    basis_pct: percentOf(basis, vn30),
    is_premium: basis === null || basis === 0 ? null : basis > 0,
  };
}

function num(cell: Cell | undefined): Num {
  return typeof cell === "number" ? cell : null;
}

/** Prices have two decimals at most; the rounding removes what binary fractions add. */
function difference(a: Num, b: Num): Num {
  return a === null || b === null ? null : Math.round((a - b) * 100) / 100;
}

function percentOf(part: Num, whole: Num): Num {
  return part === null || whole === null || whole === 0
    ? null
    : Math.round(part / whole * 1e4) / 100;
}
