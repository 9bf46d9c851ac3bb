import type { Candle } from "../analytics/candle.ts";
import type { TradeSide } from "../analytics/classify.ts";
import type { IndexCandle } from "../analytics/index_candles.ts";
import type { FeedSide } from "../market/event.ts";
import type { Exchange } from "../market/phase.ts";
import type { Alert } from "../wire/alert.ts";
import type { SessionCertificate } from "../wire/certificate.ts";
import type { BackfillHealth } from "../wire/health.ts";
import type { Bucket, Method, Reason } from "../wire/trade_label.ts";

/**
 * Rows of one trading date on their way to the database. Prices in hundredths of a VND or a point,
 * volumes in shares or contracts, values in VND, times in Unix ms of the exchange. Every row may come
 * again and in any order: what is stored in the end is the same.
 */
export interface StoreRows {
  readonly trades: readonly TradeRow[];
  readonly candles: readonly CandleRow[];
  readonly indexCandles: readonly IndexCandleRow[];
  readonly foreign: readonly ForeignRow[];
  readonly indices: readonly IndexRow[];
  readonly basis: readonly BasisRow[];
  readonly alerts: readonly Alert[];
  readonly instruments: readonly InstrumentRow[];
  readonly dailyPrices: readonly DailyPriceRow[];
  readonly dailyIndices: readonly DailyIndexRow[];
  readonly sessions: readonly SessionRow[];
}

/** Names of the tables that a batch has rows of. */
export type StoreTable = keyof StoreRows;

/** A counted trade; (trading date, symbol, totalVolume) is its key. */
export interface TradeRow {
  readonly symbol: string;
  readonly exchangeMs: number;
  /** Cumulative volume of the day after the trade. */
  readonly totalVolume: number;
  readonly volume: number;
  readonly priceE2: number;
  readonly side: TradeSide;
  readonly method: Method;
  readonly reason: Reason;
  /** The exchange's own flag, whatever became of it. */
  readonly feedSide: FeedSide | null;
  /** The part of the day that its volume belongs to. */
  readonly phase: Bucket;
  readonly late: boolean;
}

/** A minute of a security as it stands; a later state of it holds all of an earlier one. */
export interface CandleRow extends Candle {
  readonly symbol: string;
}

/** A minute of an index as it stands. */
export interface IndexCandleRow extends Readonly<IndexCandle> {
  readonly code: string;
}

/** Cumulative foreign flow of a security; the newest of each 10 s is kept. */
export interface ForeignRow {
  readonly symbol: string;
  readonly exchangeMs: number;
  readonly buyVolume: number;
  readonly sellVolume: number;
  readonly buyValueVnd: number;
  readonly sellValueVnd: number;
  readonly currentRoom: number | null;
  readonly totalRoom: number | null;
}

/** An index and its breadth; the newest of each 5 s is kept. */
export interface IndexRow {
  readonly code: string;
  readonly exchangeMs: number;
  readonly valueE2: number;
  readonly referenceE2: number | null;
  readonly volume: number;
  readonly valueVnd: number;
  /** Null where neither members nor the feed tell. */
  readonly advances: number | null;
  readonly noChanges: number | null;
  readonly declines: number | null;
  readonly ceilings: number | null;
  readonly floors: number | null;
}

/** A point of a future's basis: the last one of its exchange second. */
export interface BasisRow {
  readonly symbol: string;
  readonly exchangeMs: number;
  readonly futuresE2: number;
  readonly spotE2: number;
}

/** A security that the feed or REST has named. */
export interface InstrumentRow {
  readonly symbol: string;
  readonly exchange: Exchange | null;
  readonly nameVi: string | null;
  readonly nameEn: string | null;
  readonly listedShares: number | null;
}

/** A security's whole day. Put-through is known to REST alone, active volume to us alone. */
export interface DailyPriceRow {
  readonly symbol: string;
  readonly referenceE2: number | null;
  readonly ceilingE2: number | null;
  readonly floorE2: number | null;
  readonly openE2: number | null;
  readonly highE2: number | null;
  readonly lowE2: number | null;
  readonly closeE2: number | null;
  readonly averageE2: number | null;
  /** Matched. */
  readonly volume: number;
  readonly valueVnd: number;
  readonly putThroughVolume: number | null;
  readonly putThroughValueVnd: number | null;
  readonly foreignBuyVolume: number | null;
  readonly foreignSellVolume: number | null;
  readonly foreignBuyValueVnd: number | null;
  readonly foreignSellValueVnd: number | null;
  readonly foreignRoom: number | null;
  readonly activeBuyVolume: number | null;
  readonly activeSellVolume: number | null;
}

/** An index's whole day. */
export interface DailyIndexRow {
  readonly code: string;
  readonly referenceE2: number | null;
  readonly openE2: number | null;
  readonly highE2: number | null;
  readonly lowE2: number | null;
  readonly closeE2: number | null;
  readonly volume: number;
  readonly valueVnd: number;
  readonly putThroughVolume: number | null;
  readonly putThroughValueVnd: number | null;
  readonly advances: number | null;
  readonly noChanges: number | null;
  readonly declines: number | null;
}

/** An archived session with the proof of its record. */
export interface SessionRow {
  readonly archivedMs: number;
  readonly certificate: SessionCertificate;
  /** Hash of the engine's state right after the record that archived it. */
  readonly stateHash: string;
  /** What only the live connection knows; null from a replay of the journal. */
  readonly feed: SessionFeed | null;
}

/** Interruptions of the feed on a day, up to its archiving. */
export interface SessionFeed {
  readonly stalls: number;
  readonly reconnects: number;
}

/** Where rows stand in the journal: right behind a record of a day. */
export interface JournalPlace {
  readonly segment: number;
  readonly offset: number;
}

/** What is written together: every row that the records between two places of a day's journal made. */
export interface StoreBatch {
  readonly tradingDate: string;
  readonly rows: StoreRows;
  /** Securities whose trades and candles of the day are void before these rows: volume was taken back. */
  readonly voided: readonly string[];
  /** Null while the journal does not take the records; `to` may be so too. */
  readonly from: JournalPlace | null;
  readonly to: JournalPlace | null;
}

/**
 * A database that keeps history. Every call may be repeated after a failure; failures are values of
 * `DatabaseError`. Nothing here waits for a database that is away.
 */
export interface Store {
  /** Writes a batch and how far the journal is stored with it; resolves after the commit. */
  flush(batch: StoreBatch): Promise<void>;
  /** How far the journal of each day is stored. */
  progress(): Promise<ReadonlyMap<string, JournalPlace>>;
  /** Takes the progress of a day back, because the journal lost what came behind. */
  rewind(tradingDate: string, place: JournalPlace): Promise<void>;
  /**
   * Takes rows of a simulated market, `world/run`, from now on: those of any other run are removed,
   * and what was filled in of another world.
   */
  enterMarket(market: string): Promise<void>;
  /** Whether the store was looked at and is not for us: only an operator can change that. */
  isRefused(): boolean;
}

/** What pages, programs and the doctor learn of the store. */
export interface StoreHealth {
  /** `off` where this program runs without one. */
  readonly state: "off" | "starting" | "ready" | "unreachable" | "refused";
  /** Why it is not ready, or takes no rows although it can be read, in one sentence. */
  readonly reason: string | null;
  readonly backend: "embedded" | "external" | null;
  /** Null before the first contact. */
  readonly facts: {
    /** Of the server, such as `16.14`. */
    readonly version: string;
    readonly timescale: { readonly version: string; readonly isFull: boolean } | null;
    /** Name of the newest migration. */
    readonly schema: string;
    readonly layout: "hypertables" | "partitions";
    /** Rows of dates without a partition. */
    readonly strayRows: number;
  } | null;
  /** Null where nothing is filled in at the start. */
  readonly backfill: BackfillHealth | null;
}
