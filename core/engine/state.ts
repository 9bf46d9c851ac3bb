import { type AuctionState, createAuctions } from "../analytics/auction.ts";
import { type AuctionEstimates, createEstimates } from "../analytics/auction_estimates.ts";
import { type BasisTrack } from "../analytics/basis.ts";
import { type Candles, createCandles } from "../analytics/candles.ts";
import type { Classifier, TopOfBook, TradeSide } from "../analytics/classify.ts";
import { createLog, type EntryLog } from "../analytics/entry_log.ts";
import { createIndexCandles, type IndexCandles } from "../analytics/index_candles.ts";
import { createFlows, type Flows } from "../analytics/flow.ts";
import type { ForeignFlow } from "../analytics/foreign.ts";
import type { LimitTrack } from "../analytics/limit_queue.ts";
import { createVolumes, type VolumeTotals } from "../analytics/volume.ts";
import type { Watch } from "../analytics/watch.ts";
import type { BookLevel, DatedEvent, FeedSide, ForeignEvent, IndexEvent } from "../market/event.ts";
import { parseFuturesCode } from "../market/futures.ts";
import {
  type Exchange,
  type SessionCode,
  type ShortDay,
  type Timetables,
  timetablesOn,
} from "../market/phase.ts";
import { createTape, type Tape } from "../tape/tape.ts";
import type { LogEntryOf, LogName } from "../wire/log.ts";
import { type AlertBook, createAlertBook, type RuleFault } from "./alert_book.ts";
import { type BoardSession, createBoardSession } from "./board_session.ts";
import { createCounters, type EngineCounters, type TradeOutcome } from "./counters.ts";
import type { LastSession } from "./last_session.ts";

/** How an engine is set up. */
export interface EngineOptions {
  /** Method tried first for the side of a trade. */
  readonly classifier: Classifier;
  /** Securities kept at most; further ones are counted and ignored. */
  readonly symbolsMax: number;
  /** Days with hours of their own; SHORT_DAYS when left out. */
  readonly shortDays?: readonly ShortDay[];
  /** Value in VND from which a trade can be a volume spike; 0 when absent: the bare rule. */
  readonly spikeMinVnd?: number;
}

/** Indices kept at most; SSI publishes about 30. */
export const INDICES_MAX = 256;

/** One security on one trading day. */
export interface Instrument {
  readonly symbol: string;
  /** Index that a future is written on (`VN30`, `VN100`), in upper case; null for anything else. */
  readonly underlying: string | null;
  exchange: Exchange | null;
  ceilingE2: number | null;
  floorE2: number | null;
  referenceE2: number | null;
  /** Null until a message about trading came. */
  totalVolume: number | null;
  totalValueVnd: number;
  lastE2: number | null;
  lastVolume: number;
  lastSide: TradeSide;
  estimatedE2: number | null;
  openE2: number | null;
  highE2: number | null;
  lowE2: number | null;
  averageE2: number | null;
  bids: readonly BookLevel[];
  asks: readonly BookLevel[];
  /** Best prices of the two newest books of continuous matching, newest first. */
  book: TopOfBook | null;
  previousBook: TopOfBook | null;
  tickSide: FeedSide | null;
  foreign: ForeignEvent | null;
  session: SessionCode | null;
  status: string | null;
  /** Exchange time of the newest message of each sort; an older one of that sort is stale. */
  changedMs: number;
  tradeMs: number;
  quoteMs: number;
  sessionMs: number;
  statusMs: number;
  readonly tape: Tape;
  /** Trades counted and re-bases: how many entries its channel of trades has had. */
  tradeEntries: number;
  readonly auctions: AuctionState;
  readonly volumes: VolumeTotals;
  readonly candles: Candles;
  /** Null before the first message about foreign flow. */
  flow: ForeignFlow | null;
  /** Null before it first met a price limit today. */
  limit: LimitTrack | null;
  /** Null for a security that no alerts are raised for, and before its first trade. */
  watch: Watch | null;
}

/** One index on one trading day. */
export interface IndexState {
  event: IndexEvent;
  /** Whether values of before matching or of its first minute were heard: only then is there an open. */
  isOpenHeard: boolean;
  /** Of the values heard since its board began matching; high and low are null until then. */
  openE2: number | null;
  highE2: number | null;
  lowE2: number | null;
  /** Exchange time of its newest entry in the log `intraday`; 0 before the first. */
  loggedMs: number;
  readonly candles: IndexCandles;
}

/** Everything that the frames of a day determine: this is what the state hash covers. */
export interface MarketState {
  tradingDate: string | null;
  /** Newest exchange time seen on the day. */
  asOfMs: number | null;
  instruments: Map<string, Instrument>;
  indices: Map<string, IndexState>;
  /** Every index future heard of today, by code. */
  basis: Map<string, BasisTrack>;
  flows: Flows;
  readonly logs: { readonly [Name in LogName]: EntryLog<LogEntryOf[Name]> };
  readonly estimates: AuctionEstimates;
  /** By symbol the newest price in the log `prices`, hundredths: when it was taken is of the whole market. */
  readonly pathsE2: Map<string, number>;
  readonly alerts: AlertBook;
  /** Exchange time at which the session was archived; null while it runs. */
  archivedMs: number | null;
  boards: Record<Exchange, BoardSession>;
  /**
   * Sources that have spoken of a symbol since the connection or the day began, as bits; the first
   * message of each is a baseline. A new day forgets them although the connection goes on: a day
   * must come out of its own frames, which are all that recovery reads.
   */
  readonly seen: Map<string, number>;
  /** A reference price changed since `reference` was last reported for it. */
  referenceMoved: boolean;
}

/** What REST told of securities and indices; it outlives the day. */
export interface Reference {
  /** Members by index id in upper case. */
  readonly members: Map<string, readonly string[]>;
  /** Members of VN30 again, for the question that is asked most. */
  readonly vn30: Set<string>;
  readonly shares: Map<string, number>;
  readonly watch: Set<string>;
}

/** A run of messages that contradict what is believed; only a run is believed. */
export interface Run {
  value: string;
  symbol: string;
  length: number;
}

/** One engine; made by `createEngine`, changed in place by `step`. */
export interface EngineState {
  readonly options: EngineOptions;
  readonly counters: EngineCounters;
  market: MarketState;
  readonly reference: Reference;
  readonly runs: {
    readonly date: Run;
    readonly boards: Record<Exchange, Run>;
    /** A message far ahead of all others, which waits for another security to agree. */
    ahead: DatedEvent | null;
  };
  /** Counts of trade messages as they were when the day began. */
  dayStart: Readonly<Record<TradeOutcome, number>>;
  /** What is left of the session archived last; null before the first. */
  lastSession: LastSession | null;
  /** The newest alert rule that threw, for the log; `counters.alerts.faults` says how many did. */
  lastRuleFault: RuleFault | null;
}

/** An engine that has seen nothing. */
export function createEngine(options: EngineOptions): EngineState {
  const counters = createCounters();
  return {
    options,
    counters,
    market: createMarket(),
    reference: { members: new Map(), vn30: new Set(), shares: new Map(), watch: new Set() },
    runs: {
      ahead: null,
      date: noRun(),
      boards: { HOSE: noRun(), HNX: noRun(), UPCOM: noRun(), DERIVATIVES: noRun() },
    },
    dayStart: { ...counters.trades },
    lastSession: null,
    lastRuleFault: null,
  };
}

/** The hours of the day that the state is of. */
export function timetables(state: EngineState): Timetables {
  return timetablesOn(state.market.tradingDate, state.options.shortDays);
}

/** A day without messages. */
export function createMarket(): MarketState {
  return {
    tradingDate: null,
    asOfMs: null,
    instruments: new Map(),
    indices: new Map(),
    basis: new Map(),
    flows: createFlows(),
    logs: createLogs(),
    estimates: createEstimates(),
    pathsE2: new Map(),
    alerts: createAlertBook(),
    archivedMs: null,
    boards: {
      HOSE: createBoardSession(),
      HNX: createBoardSession(),
      UPCOM: createBoardSession(),
      DERIVATIVES: createBoardSession(),
    },
    seen: new Map(),
    referenceMoved: false,
  };
}

function createLogs(): MarketState["logs"] {
  return {
    alerts: createLog(),
    basis: createLog(),
    intraday: createLog(),
    flow: createLog(),
    prices: createLog(),
    breadth: createLog(),
    auction: createLog(),
  };
}

/** A security before its first message of a day. */
export function createInstrument(symbol: string, exchange: Exchange | null): Instrument {
  return {
    symbol,
    underlying: indexUnder(symbol),
    exchange,
    ceilingE2: null,
    floorE2: null,
    referenceE2: null,
    totalVolume: null,
    totalValueVnd: 0,
    lastE2: null,
    lastVolume: 0,
    lastSide: "none",
    estimatedE2: null,
    openE2: null,
    highE2: null,
    lowE2: null,
    averageE2: null,
    bids: [],
    asks: [],
    book: null,
    previousBook: null,
    tickSide: null,
    foreign: null,
    session: null,
    status: null,
    changedMs: 0,
    tradeMs: 0,
    quoteMs: 0,
    sessionMs: 0,
    statusMs: 0,
    tape: createTape(),
    tradeEntries: 0,
    auctions: createAuctions(),
    volumes: createVolumes(),
    candles: createCandles(),
    flow: null,
    limit: null,
    watch: null,
  };
}

/** An index before anything but this message. */
export function createIndex(event: IndexEvent): IndexState {
  return {
    event,
    isOpenHeard: false,
    openE2: null,
    highE2: null,
    lowE2: null,
    loggedMs: 0,
    candles: createIndexCandles(),
  };
}

/** Futures on government bonds have no index under them. */
function indexUnder(symbol: string): string | null {
  const underlying = parseFuturesCode(symbol)?.underlying;
  return underlying === "VN30" || underlying === "VN100" ? underlying : null;
}

function noRun(): Run {
  return { value: "", symbol: "", length: 0 };
}
