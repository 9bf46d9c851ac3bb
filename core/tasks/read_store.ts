import { PostgresHistory } from "../../db/history/history.ts";
import { Pool, STATEMENT_TIMEOUT_MS } from "../../db/pool.ts";
import type { Config } from "../config.ts";
import type { StoreView } from "../gateway/services.ts";
import type { Logger } from "../log.ts";
import type { HistoryStore } from "../port/history.ts";

/** Why a node without its own ingest has no history, unless a database is named. */
const NOT_SHARED = "DATABASE_URL names no database that the ingest node writes to";

/** The store of a web node: another one writes it. */
export interface ReadStore extends StoreView {
  readonly history: HistoryStore;
  close(): Promise<void>;
}

/** History of the database of the settings; every reading says why when there is none. */
export function openReadStore({ database }: Config, log: Logger): ReadStore {
  const { address: url, poolMax: max } = database;
  const pool = typeof url === "string" ? null : new Pool({
    ...{
      address: { url },
      min: 0,
      max,
      name: "vnstock history",
      log: log.bind({ part: "history" }),
    },
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  return {
    history: new PostgresHistory(() => pool === null ? { reason: NOT_SHARED } : { pool }),
    health: () => ({
      state: pool === null ? "off" : "ready",
      reason: pool === null ? NOT_SHARED : null,
      backend: pool === null ? null : "external",
      facts: null,
      backfill: null,
    }),
    metrics: () => ({
      history_queries_total: pool?.counters.queries ?? 0,
      history_queries_in_flight: pool?.counters.inFlight ?? 0,
      history_queries_waiting: pool?.counters.waiting ?? 0,
      history_connections_replaced_total: pool?.counters.replaced ?? 0,
    }),
    async close() {
      await pool?.close();
    },
  };
}
