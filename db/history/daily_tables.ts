import type { BasisRow, ForeignRow, IndexRow } from "../../core/port/store.ts";
import type { HistoryKey, HistoryOrder, HistoryQuery } from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import { datesBehind, pageOf, type Reader } from "./reader.ts";

/** A table of which a day is a partition, and the columns of its key beside the trading date. */
interface DailyTable {
  readonly name: string;
  readonly subject: "symbol" | "code";
  readonly time: "slot" | "ts";
  readonly columns: readonly string[];
}

interface Timed {
  readonly key_at: Date;
  readonly trading_date: string;
}

const FOREIGN: DailyTable = {
  name: "foreign_snapshots",
  subject: "symbol",
  time: "slot",
  columns: ["ts", "buy_vol", "sell_vol", "buy_val", "sell_val", "room", "total_room"],
};
const INDEX: DailyTable = {
  name: "index_snapshots",
  subject: "code",
  time: "slot",
  columns: [
    ...["ts", "total_vol", "total_val", "value", "ref"],
    ...["adv", "unch", "dec", "ceil", "floor"],
  ],
};
const BASIS: DailyTable = {
  name: "basis_points",
  subject: "symbol",
  time: "ts",
  columns: ["ts", "future", "spot"],
};

export const readForeign: Reader<ForeignRow> = (sql, query, order) =>
  readDaily(sql, FOREIGN, { query, order }, (raw: ForeignRaw) => foreignRow(raw, query.subject));

export const readIndex: Reader<IndexRow> = (sql, query, order) =>
  readDaily(sql, INDEX, { query, order }, (raw: IndexRaw) => ({
    code: query.subject,
    exchangeMs: raw.ts.getTime(),
    valueE2: raw.value,
    referenceE2: raw.ref,
    volume: raw.total_vol,
    valueVnd: raw.total_val,
    advances: raw.adv,
    noChanges: raw.unch,
    declines: raw.dec,
    ceilings: raw.ceil,
    floors: raw.floor,
  }));

export const readBasis: Reader<BasisRow> = (sql, query, order) =>
  readDaily(sql, BASIS, { query, order }, (raw: BasisRaw) => ({
    symbol: query.subject,
    exchangeMs: raw.ts.getTime(),
    futuresE2: raw.future,
    spotE2: raw.spot,
  }));

async function readDaily<Raw, Row>(
  sql: Database,
  { name, subject, time, columns }: DailyTable,
  { query, order }: { query: HistoryQuery; order: HistoryOrder },
  row: (raw: Raw) => Row,
) {
  const { range } = query;
  const { after, isDescending, rowsMax } = order;
  const { from, to } = datesBehind(range, order);
  const direction = isDescending ? sql`DESC` : sql`ASC`;
  const behind = after === null
    ? sql``
    : isDescending
    ? sql`AND (trading_date, ${sql(time)}) < (${after.date}::date, ${new Date(after.n)})`
    : sql`AND (trading_date, ${sql(time)}) > (${after.date}::date, ${new Date(after.n)})`;
  const raw = await sql<(Raw & Timed)[]>`
    SELECT trading_date, ${sql(time)} AS key_at, ${sql([...columns])}
    FROM ${sql(name)}
    WHERE ${sql(subject)} = ${query.subject}
      AND trading_date BETWEEN ${from}::date AND ${to}::date
      AND ts >= ${new Date(range.fromMs)} AND ts < ${new Date(range.untilMs)} ${behind}
    ORDER BY trading_date ${direction}, ${sql(time)} ${direction}
    LIMIT ${rowsMax + 1}`;
  const key = ({ trading_date, key_at }: Timed): HistoryKey => ({
    date: trading_date,
    n: key_at.getTime(),
  });
  return pageOf(raw as readonly (Raw & Timed)[], rowsMax, { key, row });
}

export interface ForeignRaw {
  readonly ts: Date;
  readonly buy_vol: number;
  readonly sell_vol: number;
  readonly buy_val: number;
  readonly sell_val: number;
  readonly room: number | null;
  readonly total_room: number | null;
}

interface IndexRaw {
  readonly ts: Date;
  readonly total_vol: number;
  readonly total_val: number;
  readonly value: number;
  readonly ref: number | null;
  readonly adv: number | null;
  readonly unch: number | null;
  readonly dec: number | null;
  readonly ceil: number | null;
  readonly floor: number | null;
}

interface BasisRaw {
  readonly ts: Date;
  readonly future: number;
  readonly spot: number;
}

function foreignRow(raw: ForeignRaw, symbol: string): ForeignRow {
  return {
    symbol,
    exchangeMs: raw.ts.getTime(),
    buyVolume: raw.buy_vol,
    sellVolume: raw.sell_vol,
    buyValueVnd: raw.buy_val,
    sellValueVnd: raw.sell_val,
    currentRoom: raw.room,
    totalRoom: raw.total_room,
  };
}
