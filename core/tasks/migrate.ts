import type { Address } from "../../db/address.ts";
import { appliedMigrations, migrate, MIGRATION_NAMES } from "../../db/migrate.ts";
import { Pool, STATEMENT_TIMEOUT_MS } from "../../db/pool.ts";
import type { Config } from "../config.ts";
import { createLogger, type Logger } from "../log.ts";
import { exitWithError, readConfig } from "./program.ts";
import { splitArguments } from "./split_arguments.ts";
import { openServer } from "./store_client.ts";

const USAGE = "deno task migrate [status] [--dry-run]";

/** Where a database stands between an empty one and the newest schema. */
interface Standing {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Migrations of a newer version of this program. */
  readonly unknown: readonly string[];
}

/** Brings the database of the settings to the newest schema, or says what that would do. */
async function run(): Promise<void> {
  const mode = readArguments(Deno.args);
  const config = readConfig();
  const log = createLogger({ level: "warn", nowMs: () => Date.now(), write: tell });
  const { address, close } = await openServer(config, log);
  try {
    const standing = await standingOf(address, log);
    if (mode === "status") return tellStatus(config, standing);
    requireKnown(standing);
    if (mode === "dry-run") return tellEach("would run", standing.pending);
    tellEach("ran", standing.pending.length === 0 ? [] : await migrate(address));
  } finally {
    await close();
  }
}

function readArguments(args: readonly string[]): "run" | "status" | "dry-run" {
  const wrong = new Error(`Cannot migrate: the form is ${USAGE}`);
  const options = { "dry-run": { type: "boolean", default: false } } as const;
  const config = { args: [...args], options, allowPositionals: true } as const;
  const { values, positionals } = splitArguments(config, () => wrong);
  if (positionals.length > 1 || (positionals[0] ?? "status") !== "status") throw wrong;
  if (positionals.length === 1) return "status";
  return values["dry-run"] ? "dry-run" : "run";
}

async function standingOf(address: Address, log: Logger): Promise<Standing> {
  const pool = new Pool({
    ...{ address, min: 0, max: 1, name: "vnstock migrate", log },
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    const applied = await appliedMigrations(pool);
    return {
      applied,
      pending: MIGRATION_NAMES.filter((name) => !applied.includes(name)),
      unknown: applied.filter((name) => !MIGRATION_NAMES.includes(name)),
    };
  } finally {
    await pool.close();
  }
}

function requireKnown({ unknown }: Standing): void {
  if (unknown.length === 0) return;
  throw new Error(
    `Cannot migrate: the database has ${unknown.join(", ")} of a newer version of this program`,
  );
}

function tellStatus({ database }: Config, { applied, pending, unknown }: Standing): void {
  tell(database.address === "embedded" ? "the embedded database" : "the database of DATABASE_URL");
  for (const name of applied) tell(`${name}: applied${unknown.includes(name) ? ", unknown" : ""}`);
  for (const name of pending) tell(`${name}: pending`);
}

function tellEach(verb: string, names: readonly string[]): void {
  if (names.length === 0) tell("the schema is the newest");
  for (const name of names) tell(`${verb} ${name}`);
}

function tell(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) await run().catch(exitWithError);
