import { migrate } from "../../db/migrate.ts";
import { Pool } from "../../db/pool.ts";
import { databaseTest } from "./postgres.ts";

/** A test with an empty store of history, on each kind of server. */
export function historyStoreTest(name: string, act: (pool: Pool) => Promise<void>): void {
  databaseTest(name, async ({ address: { host, port, user, database } }) => {
    const address = { socketDir: host, port, user, database };
    await migrate(address);
    const pool = new Pool({ address, max: 2, name: "test" });
    try {
      await act(pool);
    } finally {
      await pool.close();
    }
  });
}
