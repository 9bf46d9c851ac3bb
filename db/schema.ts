// The tables as Kysely sees them: the type of a column when it is selected.

/** A `timestamptz` as the pool gives it. */
type Time = Date;
/** A `date`: `YYYY-MM-DD`. */
type Day = string;

/** Prices are integers x 100, volumes shares or contracts, values VND; see `db/codes.ts` for codes. */
export interface Tables {
  readonly trades: {
    ts: Time;
    /** Cumulative volume of the day after the trade. */
    total_vol: number;
    volume: number;
    price: number;
    trading_date: Day;
    side: number;
    method: number;
    reason: number;
    phase: number;
    flags: number;
    symbol: string;
  };
  /** The trades of a closed day of a security, packed by `db/archive_codec.ts`. */
  readonly trades_arc: {
    symbol: string;
    trading_date: Day;
    n: number;
    volume: number;
    data: Uint8Array;
  };
  readonly candles_1m: {
    ts: Time;
    /** Cumulative volume before the first trade of the minute and after its last. */
    tv0: number;
    tv1: number;
    buy: number;
    sell: number;
    none: number;
    value: number;
    o: number;
    h: number;
    l: number;
    c: number;
    source: number;
    symbol: string;
  };
  readonly index_candles_1m: {
    ts: Time;
    open_at: Time;
    close_at: Time;
    open_vol: number;
    close_vol: number;
    o: number;
    h: number;
    l: number;
    c: number;
    source: number;
    code: string;
  };
  readonly foreign_snapshots: {
    slot: Time;
    ts: Time;
    buy_vol: number;
    sell_vol: number;
    buy_val: number;
    sell_val: number;
    room: number | null;
    total_room: number | null;
    trading_date: Day;
    symbol: string;
  };
  readonly index_snapshots: {
    slot: Time;
    ts: Time;
    total_vol: number;
    total_val: number;
    value: number;
    ref: number | null;
    adv: number | null;
    unch: number | null;
    dec: number | null;
    ceil: number | null;
    floor: number | null;
    trading_date: Day;
    code: string;
  };
  readonly basis_points: {
    ts: Time;
    future: number;
    spot: number;
    basis: number;
    trading_date: Day;
    symbol: string;
  };
  readonly alerts: {
    id: string;
    n: number;
    ts: Time;
    type: string;
    severity: string;
    symbol: string;
    message: string;
    message_vi: string;
    data: unknown;
    trading_date: Day;
  };
  readonly sessions: {
    trading_date: Day;
    archived_at: Time;
    certificate: unknown;
    counted_vol: number;
    missing_vol: number;
    duplicates: number;
    conflicts: number;
    stalls: number | null;
    reconnects: number | null;
    state_hash: string;
  };
  readonly instruments: {
    symbol: string;
    exchange: string | null;
    name_vi: string | null;
    name_en: string | null;
    listed_shares: number | null;
    first_date: Day;
    last_date: Day;
  };
  readonly daily_prices: {
    symbol: string;
    trading_date: Day;
    ref: number | null;
    ceil: number | null;
    floor: number | null;
    o: number | null;
    h: number | null;
    l: number | null;
    c: number | null;
    avg: number | null;
    volume: number;
    value: number;
    pt_vol: number | null;
    pt_val: number | null;
    foreign_buy_vol: number | null;
    foreign_sell_vol: number | null;
    foreign_buy_val: number | null;
    foreign_sell_val: number | null;
    foreign_room: number | null;
    active_buy_vol: number | null;
    active_sell_vol: number | null;
    source: number;
  };
  readonly daily_indices: {
    code: string;
    trading_date: Day;
    ref: number | null;
    o: number | null;
    h: number | null;
    l: number | null;
    c: number | null;
    volume: number;
    value: number;
    pt_vol: number | null;
    pt_val: number | null;
    adv: number | null;
    unch: number | null;
    dec: number | null;
    source: number;
  };
  /** Up to where the journal of a day is stored. */
  readonly journal_progress: {
    trading_date: Day;
    segment: number;
    pos: number;
    updated_at: Time;
  };
  readonly backfill_progress: {
    kind: string;
    symbol: string;
    from_date: Day;
    to_date: Day;
    rows: number;
    done_at: Time;
  };
  /** One row: whose data this store holds. */
  readonly store_identity: {
    id: boolean;
    provider: string;
    /** Which simulated market, or null. */
    market: string | null;
    layout: "hypertables" | "partitions";
    created_at: Time;
  };
}
