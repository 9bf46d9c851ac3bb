import { createLogger } from "../../../core/log.ts";
import type { Address } from "../../../db/address.ts";
import { startEmbedded } from "../../../db/embedded/embedded.ts";
import { Pool } from "../../../db/pool.ts";
import { setUpStore } from "../../../db/set_up.ts";
import { startDebianPostgres } from "../../support/postgres.ts";
import type { ServerKind } from "../../support/postgres_server.ts";

/** Complains on stderr and is silent otherwise. */
export const log = createLogger({ level: "error", nowMs: () => Date.now() });

/** A server of the bench. */
export interface BenchServer {
  readonly kind: ServerKind;
  address(database: string): Address;
  close(): Promise<void>;
}

/** An empty store on a server. */
export interface BenchStore {
  readonly kind: ServerKind;
  readonly pool: Pool;
  /** Of PostgreSQL. */
  readonly version: string;
}

/** What was measured on each server. */
export type Pair<T> = Readonly<Record<ServerKind, T>>;

/** Date of today for the stores. */
export const TODAY = "2026-11-20";
/** As the product has it without settings. */
const POOL_MIN = 2;
const POOL_MAX = 10;

/** The embedded server as the product runs it, and Debian's as it comes. */
export async function openServers(): Promise<readonly BenchServer[]> {
  const embedded = await openEmbedded();
  try {
    const debian = await startDebianPostgres();
    return [embedded, {
      kind: "debian",
      address: (database) => debian.address(database),
      close: () => debian.close(),
    }];
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

async function openEmbedded(): Promise<BenchServer> {
  const dir = await Deno.makeTempDir();
  const started = await startEmbedded({ dir, log, onDown: fail, onUp() {} });
  if (!started.ok) throw new Error(started.message);
  const { host, port, user, close } = started.server;
  return {
    kind: "embedded",
    address: (database) => ({ host, port, user, database }),
    async close() {
      await close();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Runs on an empty store of each server, which is dropped afterwards. */
export async function withStores<T>(
  servers: readonly BenchServer[],
  act: (stores: readonly BenchStore[]) => Promise<T>,
): Promise<T> {
  for (const server of servers) await command(server, "CREATE DATABASE bench");
  const pools = servers.map((server) => poolOf(server.address("bench"), POOL_MIN));
  try {
    const stores: BenchStore[] = [];
    for (const [i, { kind, address }] of servers.entries()) {
      const pool = pools[i]!;
      await setUpStore(pool, { address: address("bench"), provider: "sim", today: TODAY, log });
      stores.push({ kind, pool, version: await durableVersion(pool) });
    }
    return await act(stores);
  } finally {
    for (const pool of pools) await pool.close();
    for (const server of servers) await command(server, "DROP DATABASE bench WITH (FORCE)");
  }
}

/** Does something on each store, one after the other. */
export async function onEach<T>(
  stores: readonly BenchStore[],
  act: (store: BenchStore) => Promise<T>,
): Promise<Pair<T>> {
  const results: Partial<Record<ServerKind, T>> = {};
  for (const store of stores) results[store.kind] = await act(store);
  return results as Pair<T>;
}

/** Throws when a commit of the server would not be durable. */
async function durableVersion(pool: Pool): Promise<string> {
  const [row] = await pool.read((sql) =>
    sql<{ version: string; durable: string }[]>`
      SELECT current_setting('server_version') AS version, current_setting('fsync') || ' ' ||
        current_setting('synchronous_commit') || ' ' || current_setting('full_page_writes')
        AS durable`
  );
  if (row!.durable !== "on on on") throw new Error(`Commits are not durable: ${row!.durable}`);
  return row!.version.split(" ")[0]!;
}

async function command(server: BenchServer, statement: string): Promise<void> {
  const pool = poolOf(server.address("postgres"), 0);
  try {
    await pool.run((sql) => sql.unsafe(statement));
  } finally {
    await pool.close();
  }
}

function poolOf(address: Address, min: number): Pool {
  return new Pool({
    ...{ address, min, max: POOL_MAX, name: "vnstock bench", statementTimeoutMs: null, log },
    onFailure() {},
  });
}

function fail(reason: string): never {
  throw new Error(`The embedded server ended: ${reason}`);
}
