import { type Kysely, sql } from "kysely";
import { addTimescale, readCapabilities } from "../capabilities.ts";
import { DAILY_TABLES } from "../daily_tables.ts";

const DAILY_DDL: Readonly<Record<typeof DAILY_TABLES[number], string>> = {
  trades: `
    ts timestamptz NOT NULL, total_vol bigint NOT NULL, volume bigint NOT NULL,
    price integer NOT NULL, trading_date date NOT NULL, side smallint NOT NULL,
    method smallint NOT NULL, reason smallint NOT NULL, phase smallint NOT NULL,
    flags smallint NOT NULL, symbol text COLLATE "C" NOT NULL,
    PRIMARY KEY (symbol, trading_date, total_vol)`,
  foreign_snapshots: `
    slot timestamptz NOT NULL, ts timestamptz NOT NULL, buy_vol bigint NOT NULL,
    sell_vol bigint NOT NULL, buy_val bigint NOT NULL, sell_val bigint NOT NULL, room bigint,
    total_room bigint, trading_date date NOT NULL, symbol text COLLATE "C" NOT NULL,
    PRIMARY KEY (symbol, trading_date, slot)`,
  index_snapshots: `
    slot timestamptz NOT NULL, ts timestamptz NOT NULL, total_vol bigint NOT NULL,
    total_val bigint NOT NULL, value integer NOT NULL, ref integer, adv smallint,
    unch smallint, dec smallint, ceil smallint, floor smallint,
    trading_date date NOT NULL, code text COLLATE "C" NOT NULL,
    PRIMARY KEY (code, trading_date, slot)`,
  basis_points: `
    ts timestamptz NOT NULL, future integer NOT NULL, spot integer NOT NULL,
    basis integer GENERATED ALWAYS AS (future - spot) STORED, trading_date date NOT NULL,
    symbol text COLLATE "C" NOT NULL, PRIMARY KEY (symbol, trading_date, ts)`,
};

const PLAIN_DDL = `
  CREATE TABLE trades_arc (
    symbol text COLLATE "C" NOT NULL, trading_date date NOT NULL, n integer NOT NULL,
    volume bigint NOT NULL, data bytea NOT NULL, PRIMARY KEY (symbol, trading_date));
  ALTER TABLE trades_arc ALTER COLUMN data SET STORAGE EXTERNAL;

  CREATE TABLE candles_1m (
    ts timestamptz NOT NULL, tv0 bigint NOT NULL, tv1 bigint NOT NULL, buy bigint NOT NULL,
    sell bigint NOT NULL, none bigint NOT NULL, value bigint NOT NULL, o integer NOT NULL,
    h integer NOT NULL, l integer NOT NULL, c integer NOT NULL, source smallint NOT NULL DEFAULT 0,
    symbol text COLLATE "C" NOT NULL, PRIMARY KEY (symbol, ts));

  CREATE TABLE index_candles_1m (
    ts timestamptz NOT NULL, open_at timestamptz NOT NULL, close_at timestamptz NOT NULL,
    open_vol bigint NOT NULL, close_vol bigint NOT NULL, o integer NOT NULL, h integer NOT NULL,
    l integer NOT NULL, c integer NOT NULL, source smallint NOT NULL DEFAULT 0,
    code text COLLATE "C" NOT NULL, PRIMARY KEY (code, ts));

  CREATE TABLE alerts (
    ts timestamptz NOT NULL, n integer NOT NULL, trading_date date NOT NULL, id text NOT NULL,
    type text NOT NULL, severity text NOT NULL, symbol text COLLATE "C" NOT NULL,
    message text NOT NULL, message_vi text NOT NULL, data jsonb NOT NULL,
    PRIMARY KEY (trading_date, n));
  CREATE UNIQUE INDEX alerts_id ON alerts (id);

  CREATE TABLE sessions (
    trading_date date PRIMARY KEY, archived_at timestamptz NOT NULL, certificate jsonb NOT NULL,
    counted_vol bigint NOT NULL, missing_vol bigint NOT NULL, duplicates bigint NOT NULL,
    conflicts bigint NOT NULL, stalls integer, reconnects integer, state_hash text NOT NULL);

  CREATE TABLE instruments (
    symbol text COLLATE "C" PRIMARY KEY, exchange text, name_vi text, name_en text,
    listed_shares bigint, first_date date NOT NULL, last_date date NOT NULL);

  CREATE TABLE daily_prices (
    symbol text COLLATE "C" NOT NULL, trading_date date NOT NULL, ref integer, ceil integer,
    floor integer, o integer, h integer, l integer, c integer, avg integer,
    volume bigint NOT NULL, value bigint NOT NULL, pt_vol bigint, pt_val bigint,
    foreign_buy_vol bigint, foreign_sell_vol bigint, foreign_buy_val bigint,
    foreign_sell_val bigint, foreign_room bigint, active_buy_vol bigint, active_sell_vol bigint,
    source smallint NOT NULL, PRIMARY KEY (symbol, trading_date));

  CREATE TABLE daily_indices (
    code text COLLATE "C" NOT NULL, trading_date date NOT NULL, ref integer, o integer, h integer,
    l integer, c integer, volume bigint NOT NULL, value bigint NOT NULL, pt_vol bigint,
    pt_val bigint, adv smallint, unch smallint, dec smallint, source smallint NOT NULL,
    PRIMARY KEY (code, trading_date));

  CREATE TABLE journal_progress (
    trading_date date PRIMARY KEY, segment integer NOT NULL, pos bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now());

  CREATE TABLE backfill_progress (
    kind text NOT NULL, symbol text COLLATE "C" NOT NULL, from_date date NOT NULL,
    to_date date NOT NULL, rows bigint NOT NULL, done_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, symbol, from_date, to_date));

  CREATE TABLE store_identity (
    id boolean PRIMARY KEY DEFAULT true CHECK (id), provider text NOT NULL,
    market text, layout text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());`;

/** All tables of history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const query = async (text: string) => (await sql.raw<object>(text).execute(db)).rows;
  await addTimescale(query);
  const { timescale } = await readCapabilities(query);
  for (const table of DAILY_TABLES) {
    const body = DAILY_DDL[table];
    if (timescale === null) {
      await query(`CREATE TABLE ${table} (${body}) PARTITION BY RANGE (trading_date)`);
      await query(`CREATE TABLE ${table}_default PARTITION OF ${table} DEFAULT`);
    } else {
      await query(`CREATE TABLE ${table} (${body})`);
      await query(`SELECT create_hypertable('${table}', by_range('trading_date', INTERVAL '1 day'),
        create_default_indexes => false)`);
    }
  }
  for (const statement of PLAIN_DDL.split(";\n")) {
    if (statement.trim() !== "") await query(statement);
  }
}
