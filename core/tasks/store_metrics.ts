import type { PostgresStore } from "../../db/store.ts";
import type { StoreWriter } from "./store_writer.ts";

/** The figures of the store's side; names of counters end in `_total`. */
export function storeMetrics(
  database: PostgresStore,
  writer: StoreWriter,
): Readonly<Record<string, number>> {
  const flat: Record<string, number> = {
    ...writer.metrics(),
  };
  const { counters } = database;
  if (counters !== null) {
    flat.store_queries_total = counters.queries;
    flat.store_connections_replaced_total = counters.replaced;
    flat.store_driver_faults_total = counters.driverFaults;
    flat.store_queries_in_flight = counters.inFlight;
    flat.store_queries_waiting = counters.waiting;
    for (const [kind, count] of Object.entries(counters.failures)) {
      flat[`store_query_${kind}_total`] = count;
    }
  }
  for (const [table, count] of database.refusedRows) {
    flat[`store_refused_rows_${table}_total`] = count;
  }
  return flat;
}
