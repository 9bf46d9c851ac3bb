import type {
  HistoryList,
  HistoryOrder,
  HistoryPage,
  HistoryQuery,
  HistoryRows,
  HistoryStore,
  Reading,
} from "../../core/port/history.ts";
import type { Database } from "../client.ts";
import type { Pool } from "../pool.ts";
import { readAlerts } from "./alerts.ts";
import { readCandles } from "./candles.ts";
import { readBasis, readForeign, readIndex } from "./daily_tables.ts";
import { readDayCandles, readIndexDayCandles } from "./day_candles.ts";
import { readForeignDays } from "./foreign_days.ts";
import { readIndexCandles } from "./index_candles.ts";
import { identityOf, knownIndex, knownSymbol } from "./names.ts";
import type { Reader } from "./reader.ts";
import { readDays, readSessions } from "./sessions.ts";
import { readTicks } from "./ticks.ts";
import { unavailability } from "./unavailability.ts";
import { readVolumePrices } from "./volume_prices.ts";

/** Longest wait for one page; a statement of it takes milliseconds. */
const PAGE_DEADLINE_MS = 5_000;

const READERS: { readonly [List in HistoryList]: Reader<HistoryRows[List]> } = {
  candles: readCandles,
  dayCandles: readDayCandles,
  ticks: readTicks,
  volumePrices: readVolumePrices,
  foreign: readForeign,
  foreignDays: readForeignDays,
  days: readDays,
  index: readIndex,
  indexCandles: readIndexCandles,
  indexDayCandles: readIndexDayCandles,
  basis: readBasis,
  alerts: readAlerts,
  sessions: readSessions,
};

/** The store at this moment: its connections, or in plain words why there are none. */
export type StoreAccess = () => { readonly pool: Pool } | { readonly reason: string };

/** History in PostgreSQL. Whether there is a database is asked anew by every reading. */
export class PostgresHistory implements HistoryStore {
  readonly #access: StoreAccess;

  constructor(access: StoreAccess) {
    this.#access = access;
  }

  identity(): Promise<Reading<string>> {
    return this.#read(identityOf);
  }

  known(what: "symbol" | "index", names: readonly string[]): Promise<Reading<string | null>> {
    const find = what === "symbol" ? knownSymbol : knownIndex;
    return this.#read((sql) => find(sql, names));
  }

  page<List extends HistoryList>(
    list: List,
    query: HistoryQuery,
    order: HistoryOrder,
  ): Promise<Reading<HistoryPage<HistoryRows[List]>>> {
    const read: Reader<HistoryRows[List]> = READERS[list];
    return this.#read((sql) => read(sql, query, order));
  }

  async #read<Value>(work: (sql: Database) => Promise<Value>): Promise<Reading<Value>> {
    const access = this.#access();
    if ("reason" in access) return { ok: false, reason: access.reason };
    try {
      return { ok: true, value: await access.pool.read(work, PAGE_DEADLINE_MS) };
    } catch (error) {
      const reason = unavailability(error);
      if (reason === null) throw error;
      return { ok: false, reason };
    }
  }
}
