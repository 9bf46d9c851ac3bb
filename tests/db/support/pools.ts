import { createLogger } from "../../../core/log.ts";
import type { Address } from "../../../db/address.ts";
import { migrate } from "../../../db/migrate.ts";
import { Pool, type PoolOptions } from "../../../db/pool.ts";

/** A log whose lines are kept for the test. */
export function testLog(lines: string[] = []) {
  return createLogger({
    level: "debug",
    nowMs: () => 0,
    write: (line) => {
      lines.push(line);
    },
  });
}

/** Runs with a pool that is closed afterwards. */
export async function withPool(
  address: Address,
  options: Partial<PoolOptions>,
  act: (pool: Pool) => Promise<void>,
): Promise<void> {
  const pool = new Pool({
    ...{ address, min: 0, max: 4, name: "vnstock test", log: testLog() },
    statementTimeoutMs: null,
    onFailure: () => {},
    ...options,
  });
  try {
    await act(pool);
  } finally {
    await pool.close();
  }
}

/** Runs with a pool on a database that has the tables. */
export async function withTables(
  address: Address,
  act: (pool: Pool) => Promise<void>,
): Promise<void> {
  await migrate(address);
  await withPool(address, {}, act);
}
