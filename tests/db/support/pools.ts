import { createLogger } from "../../../core/log.ts";
import type { Address } from "../../../db/address.ts";
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
    onFailure: () => {},
    ...options,
  });
  try {
    await act(pool);
  } finally {
    await pool.close();
  }
}
