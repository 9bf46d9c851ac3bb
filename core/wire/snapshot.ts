import type { DerivativeField, FlowField, ForeignField, VolumeField } from "./analytics.ts";
import type { BoardField, BoardName, BoardRow, IndexField, IndexRow, Row } from "./board.ts";
import type { BookField } from "./book.ts";
import { bySymbol, difference, type Num, num, percentOf } from "./cells.ts";
import type { StateChannel } from "./channel.ts";
import { type DerivativeOut, derivativeOut } from "./derivative_out.ts";
import { flowOut, type ForeignOut, foreignOut, type ScopeFlowOut } from "./foreign_out.ts";
import { type IndexOut, indexOut } from "./index_out.ts";
import type { LimitField } from "./limits.ts";
import type { LogName, LogSlice } from "./log.ts";
import type { SessionCertificate } from "./certificate.ts";
import { type DataStatus, dataStatus, type FeedStatus } from "./status.ts";

/** Tables by name with the fields of their rows. */
export interface RowFields {
  readonly stock: BoardField;
  readonly book: BookField;
  readonly index: IndexField;
  readonly foreign: ForeignField;
  readonly flow: FlowField;
  readonly volume: VolumeField;
  readonly derivatives: DerivativeField;
  readonly limits: LimitField;
}

/** The hub's current state as pages and REST read it. Read it in one synchronous go. */
export interface MarketView {
  /** "" until the first snapshot of the engine side. */
  readonly epoch: string;
  readonly seq: number;
  /** Exchange time of the newest event, Unix ms. */
  readonly asOfMs: number | null;
  readonly status: FeedStatus;
  /** The newest session that was archived; null before the first. */
  readonly lastSession: SessionCertificate | null;
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

/** SSI FastConnect Data v2 carries neither open interest, nor single put-through deals, nor tự doanh. */
export const CAPABILITIES = {
  open_interest: false,
  put_through_tape: false,
  proprietary: false,
} as const;

/** The whole market as `/api/market/snapshot` answers it and `/ws/market` pushes it. */
export interface MarketSnapshot extends Stamp {
  readonly quotes: Readonly<Record<string, QuoteOut>>;
  readonly prices: Readonly<Record<string, PriceOut>>;
  readonly indices: Readonly<Record<string, IndexOut>>;
  readonly foreign: {
    readonly stocks: Readonly<Record<string, ForeignOut>>;
    readonly total_buy_volume: number;
    readonly total_sell_volume: number;
    readonly total_net_volume: number;
    /** Everything together: the members of VN30, and all boards. */
    readonly scopes: Readonly<Record<"VN30" | "ALL", ScopeFlowOut | null>>;
  };
  readonly derivatives: Readonly<Record<string, DerivativeOut>>;
  /** What the source of data can give; what it cannot is null everywhere. */
  readonly capabilities: typeof CAPABILITIES;
  /** Symbols that were asked for and are not known. */
  readonly missing_symbols: readonly string[];
  readonly feed: FeedOut;
}

/** State of the upstream feed in a payload. */
export interface FeedOut {
  readonly provider: FeedStatus["provider"];
  readonly replay: boolean;
  readonly state: FeedStatus["state"];
  readonly connected: boolean;
  readonly reason: string | null;
  readonly since: string;
  readonly trading_date: string | null;
  readonly phases: FeedStatus["phases"];
  /** False while the journal cannot be written. */
  readonly recorded: boolean;
}

/** Builds the payload from a view; stocks are the rows of the VN30 and extra boards, or `symbols`. */
export function marketSnapshot(view: MarketView, symbols?: readonly string[]): MarketSnapshot {
  const { stocks, futures } = symbols === undefined ? boardRows(view) : askedRows(view, symbols);
  const indexRows = view.rows("index");
  const known = new Set([...stocks, ...futures].map(({ symbol }) => symbol));
  return {
    quotes: bySymbol([...stocks, ...futures], quoteOut),
    prices: bySymbol([...stocks, ...futures], priceOut),
    indices: bySymbol(indexRows, indexOut),
    foreign: foreignPart(view, stocks),
    derivatives: derivativesPart(view, symbols === undefined, futures),
    capabilities: CAPABILITIES,
    missing_symbols: (symbols ?? []).filter((symbol) => !known.has(symbol)),
    ...stampOf(view),
    feed: feedOut(view.status),
  };
}

/** Where the data of a payload stands; every payload carries it. */
export interface Stamp {
  /** Exchange time of the newest event, ISO 8601 with the offset of Viet Nam. */
  readonly as_of: string | null;
  readonly seq: number;
  readonly epoch: string;
  readonly data_status: DataStatus;
}

/** The stamp of a payload made of a view. */
export function stampOf(view: MarketView): Stamp {
  return {
    as_of: isoVn(view.asOfMs),
    seq: view.seq,
    epoch: view.epoch,
    data_status: dataStatus(view.status),
  };
}

/** The feed's state as payloads carry it. */
export function feedOut(status: FeedStatus): FeedOut {
  return {
    provider: status.provider,
    replay: status.replay,
    state: status.state,
    connected: status.state === "live" || status.state === "closed",
    reason: status.reason,
    since: isoVn(status.sinceMs),
    trading_date: status.tradingDate,
    phases: status.phases,
    recorded: status.recorded,
  };
}

/** An instant as ISO 8601 in Viet Nam time, `2026-08-03T09:15:00.000+07:00`. */
export function isoVn(instantMs: number): string;
export function isoVn(instantMs: number | null): string | null;
export function isoVn(instantMs: number | null): string | null {
  if (instantMs === null) return null;
  return new Date(instantMs + 7 * 3_600_000).toISOString().replace("Z", "+07:00");
}

/** The order book of a row. */
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

/** The price of a row. */
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

interface AskedRows {
  readonly stocks: readonly BoardRow[];
  readonly futures: readonly BoardRow[];
}

function boardRows(view: MarketView): AskedRows {
  const members = view.rows("board:vn30");
  const memberSymbols = new Set(members.map(({ symbol }) => symbol));
  // An extra symbol may be a member as well; its flow must not be added up twice.
  const extra = view.rows("board:extra").filter(({ symbol }) => !memberSymbols.has(symbol));
  return { stocks: [...members, ...extra], futures: view.rows("board:der") };
}

/** Any security of the market may be asked for; the boards have those that it has no row of yet. */
function askedRows(view: MarketView, symbols: readonly string[]): AskedRows {
  const { stocks, futures } = boardRows(view);
  const onBoard = new Map([...stocks, ...futures].map((row) => [row.symbol, row]));
  const rows = symbols.flatMap((symbol) =>
    onBoard.get(symbol) ?? view.one("stock", symbol) as BoardRow | null ?? []
  );
  const isFuture = (row: BoardRow) => row.exchange === "DERIVATIVES" || futures.includes(row);
  return {
    stocks: rows.filter((row) => !isFuture(row)),
    futures: rows.filter((row) => isFuture(row)),
  };
}

function foreignPart(view: MarketView, rows: readonly BoardRow[]): MarketSnapshot["foreign"] {
  const stocks = bySymbol(rows, (row) => foreignOut(view.one("foreign", row.symbol), row));
  const total = (field: "buy_volume" | "sell_volume") =>
    Object.values(stocks).reduce((sum, stock) => sum + (stock[field] ?? 0), 0);
  const [buy, sell] = [total("buy_volume"), total("sell_volume")];
  return {
    stocks,
    total_buy_volume: buy,
    total_sell_volume: sell,
    total_net_volume: buy - sell,
    scopes: { VN30: flowOut(view.one("flow", "VN30")), ALL: flowOut(view.one("flow", "ALL")) },
  };
}

/** Futures of the board; with `isWhole` also those that only the analytics follow. */
function derivativesPart(
  view: MarketView,
  isWhole: boolean,
  futures: readonly BoardRow[],
): Record<string, DerivativeOut> {
  const vn30 = num(view.one("index", "VN30")?.value);
  const onBoard = new Map(futures.map((row) => [row.symbol, row]));
  const others = isWhole ? view.all("derivatives").filter((row) => !onBoard.has(row.symbol)) : [];
  return bySymbol([...futures, ...others], ({ symbol }) =>
    derivativeOut(
      { board: onBoard.get(symbol) ?? null, derivative: view.one("derivatives", symbol) },
      vn30,
    ));
}
