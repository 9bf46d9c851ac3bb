import type { Alert, AlertSeverity, AlertType } from "../wire/alert.ts";
import type { SessionCertificate } from "../wire/certificate.ts";
import type { BasisRow, DailyPriceRow, ForeignRow, IndexRow, TradeRow } from "./store.ts";

/** What a store that may be away answers: a value, or in plain words why there is none now. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/** Days and instants of Viet Nam, both ends included in dates, `untilMs` excluded. */
export interface HistoryRange {
  readonly fromDate: string;
  readonly toDate: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What is read of a store; `subject` is a security or an index, "" where rows are of none. */
export interface HistoryQuery {
  readonly subject: string;
  readonly range: HistoryRange;
  /** Length of a candle, of those of minutes. */
  readonly minutes: number;
  readonly type?: AlertType | undefined;
  readonly severity?: AlertSeverity | undefined;
}

/** Place of a row in its list: its trading date, and a number that grows within the date. */
export interface HistoryKey {
  readonly date: string;
  readonly n: number;
}

export interface HistoryOrder {
  readonly isDescending: boolean;
  /** Only rows behind this one, in the order asked for; null from the beginning. */
  readonly after: HistoryKey | null;
  readonly rowsMax: number;
}

/** Up to `rowsMax` rows; `next` is the key to go on behind, null when no row follows. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[];
  readonly next: HistoryKey | null;
}

/** Who made a row: our own record of the feed, the source's history service, or both. */
export type RowSource = "live" | "backfill" | "mixed";

/** A candle of a security. What a source does not tell is null. */
export interface PastCandle {
  /** Its first instant, Unix ms. */
  readonly atMs: number;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  /** Of the trades that were counted. */
  readonly volume: number;
  readonly buy: number | null;
  readonly sell: number | null;
  readonly none: number | null;
  readonly valueVnd: number;
  /** Traded besides, in trades that were not seen. */
  readonly missing: number | null;
  readonly source: RowSource;
}

/** Volume that was traded at a price of a day, by active side. */
export interface PastPriceVolume {
  readonly date: string;
  readonly priceE2: number;
  readonly buy: number;
  readonly sell: number;
  readonly none: number;
  readonly trades: number;
}

export interface PastIndexCandle {
  readonly atMs: number;
  readonly openE2: number;
  readonly highE2: number;
  readonly lowE2: number;
  readonly closeE2: number;
  /** Cumulative volume of the day at the close. */
  readonly totalVolume: number;
  readonly source: RowSource;
}

/** Foreign flow of a whole day, or of today so far. */
export interface PastForeignDay extends Omit<ForeignRow, "exchangeMs" | "symbol" | "totalRoom"> {
  readonly date: string;
  /** The day's own record, or the newest snapshot of the day. */
  readonly from: "daily" | "snapshot";
}

export interface PastDay extends DailyPriceRow {
  readonly date: string;
  readonly source: RowSource;
}

/** An archived session. */
export interface PastSession {
  readonly date: string;
  readonly archivedMs: number;
  readonly countedVolume: number;
  readonly missingVolume: number;
  readonly duplicates: number;
  readonly conflicts: number;
  /** Null where only the journal was read. */
  readonly stalls: number | null;
  readonly reconnects: number | null;
  readonly stateHash: string;
  readonly certificate: SessionCertificate;
}

/** Lists of the store by name, with their rows. */
export interface HistoryRows {
  readonly candles: PastCandle;
  readonly dayCandles: PastCandle;
  readonly ticks: TradeRow;
  readonly volumePrices: PastPriceVolume;
  readonly foreign: ForeignRow;
  readonly foreignDays: PastForeignDay;
  readonly days: PastDay;
  readonly index: IndexRow;
  readonly indexCandles: PastIndexCandle;
  readonly indexDayCandles: PastIndexCandle;
  readonly basis: BasisRow;
  readonly alerts: Alert;
  readonly sessions: PastSession;
}
export type HistoryList = keyof HistoryRows;

/** Reads what is stored. The store may go and come at any time, so every answer can be a reason. */
export interface HistoryStore {
  /** A text that belongs to the database at hand and to no other. */
  identity(): Promise<Reading<string>>;
  /** The first of some names that the store has a security, or an index, of; null for none. */
  known(what: "symbol" | "index", names: readonly string[]): Promise<Reading<string | null>>;
  /** One page of a list, in one piece of work with a deadline. */
  page<List extends HistoryList>(
    list: List,
    query: HistoryQuery,
    order: HistoryOrder,
  ): Promise<Reading<HistoryPage<HistoryRows[List]>>>;
}
