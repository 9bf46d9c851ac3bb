import { createLogger } from "../../core/log.ts";
import { Pool } from "../../db/pool.ts";
import { setUpStore } from "../../db/set_up.ts";
import { databaseTest } from "./postgres.ts";

/** A log that says nothing. */
export const silent = createLogger({ level: "error", nowMs: () => 0, write() {} });

/** A test with an empty store of simulated data, on each kind of server. */
export function historyStoreTest(name: string, act: (pool: Pool) => Promise<void>): void {
  databaseTest(name, async ({ address }) => {
    const options = { address, min: 0, max: 2, name: "test", log: silent, onFailure() {} };
    const pool = new Pool({ ...options, statementTimeoutMs: null });
    try {
      await setUpStore(pool, { address, provider: "sim", today: "2026-11-20", log: silent });
      await act(pool);
    } finally {
      await pool.close();
    }
  });
}
