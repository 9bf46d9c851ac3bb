import { existsSync } from "node:fs";
import { readCapabilities } from "../../../db/capabilities.ts";
import { findPackage } from "../../../db/embedded/binaries.ts";
import { appliedMigrations, MIGRATION_NAMES } from "../../../db/migrate.ts";
import { Pool, STATEMENT_TIMEOUT_MS } from "../../../db/pool.ts";
import type { Config } from "../../config.ts";
import { createLogger } from "../../log.ts";
import { openServer } from "../store_client.ts";
import { storeDirOf } from "../store_side.ts";
import type { Advice } from "./advice.ts";

const log = createLogger({ level: "error", nowMs: () => Date.now(), write: () => {} });

/** Looks at the database of the settings, without making or changing anything. */
export async function lookAtDatabase(config: Config): Promise<Advice> {
  const subject = "database";
  const { address } = config.database;
  if (address === "off") return { verdict: "odd", subject, text: "off: no history is kept" };
  const backend = address === "embedded" ? "embedded" : "DATABASE_URL";
  try {
    if (backend === "embedded" && !existsSync(storeDirOf(config, config.feed.provider))) {
      await findPackage();
      const text = "the embedded PostgreSQL 16 is there; the first start makes its data";
      return { verdict: "good", subject, text };
    }
    return { subject, ...await describe(config, backend) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { verdict: "bad", subject, text: `${backend}: ${text}` };
  }
}

async function describe(
  config: Config,
  backend: string,
): Promise<Pick<Advice, "verdict" | "text">> {
  const { address, close } = await openServer(config, log);
  const options = { address, min: 0, max: 1, name: "vnstock doctor", log };
  const pool = new Pool({
    ...options,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    const { version, timescale } = await readCapabilities((text) =>
      pool.read((sql) => sql.unsafe(text))
    );
    const applied = await appliedMigrations(pool);
    const extension = timescale === null
      ? "without TimescaleDB"
      : `TimescaleDB ${timescale.version}${timescale.isFull ? "" : " (apache licence)"}`;
    const server = `${backend}: PostgreSQL ${version}, ${extension}`;
    if (applied.some((name) => !MIGRATION_NAMES.includes(name))) {
      return { verdict: "bad", text: `${server}; its schema is of a newer version` };
    }
    if (applied.length < MIGRATION_NAMES.length) {
      return { verdict: "odd", text: `${server}; its schema is made at the next start` };
    }
    const { provider, text } = await contents(pool);
    const isOurs = provider === null || provider === config.feed.provider;
    const wrong = isOurs ? "" : `, but the settings say ${config.feed.provider}`;
    return { verdict: isOurs ? "good" : "bad", text: `${server}; ${text}${wrong}` };
  } finally {
    await pool.close();
    await close();
  }
}

async function contents(pool: Pool): Promise<{ provider: string | null; text: string }> {
  const [facts] = await pool.read((sql) =>
    sql<{ provider: string | null; sessions: number; bytes: number }[]>`
      SELECT (SELECT provider FROM store_identity), (SELECT count(*) FROM sessions) AS sessions,
        pg_database_size(current_database()) AS bytes`
  );
  const { provider, sessions, bytes } = facts!;
  const whose = provider === null ? "empty" : `data of ${provider}`;
  return { provider, text: `${whose}, ${sessions} sessions, ${(bytes / 1e6).toFixed(0)} MB` };
}
