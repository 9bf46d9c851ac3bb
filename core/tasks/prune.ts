import { datesToPack, packDate } from "../../db/pack.ts";
import { pruneStore, retentionStatements } from "../../db/prune.ts";
import type { Config } from "../config.ts";
import { createLogger } from "../log.ts";
import { vnDate } from "../market/time.ts";
import { exitWithError, readConfig } from "./program.ts";
import { splitArguments } from "./split_arguments.ts";
import { openStoreClient, type StoreClient } from "./store_client.ts";

const USAGE = "deno task prune [--dry-run]";
/** Of one table or date; a record day of trades takes about a minute to be packed. */
const STEP_DEADLINE_MS = 60 * 60_000;
const NUMBER = new Intl.NumberFormat("en");

/** Removes history past its retention, then packs the trades of days that are closed for long. */
async function run(): Promise<void> {
  const isDryRun = readArguments(Deno.args);
  const config = readConfig();
  const nowMs = () => Date.now();
  const log = createLogger({ level: "warn", nowMs, write: (line) => tell(line) });
  const client = await openStoreClient(config, log);
  try {
    if (client.layout === "hypertables") await leaveToTimescale(client, config, isDryRun);
    else {
      await prune(client, config, isDryRun);
      await pack(client, isDryRun);
    }
  } finally {
    await client.close();
  }
}

async function prune({ pool }: StoreClient, { retention }: Config, isDryRun: boolean) {
  const options = { retention, today: vnDate(Date.now()), isDryRun };
  const pruned = await pool.run((sql) => pruneStore(sql, options), STEP_DEADLINE_MS);
  for (const { table, rows, bytes } of pruned) {
    tell(`${table}: ${quantity(rows, bytes)} ${isDryRun ? "would be removed" : "removed"}`);
  }
  if (retention.tradesDays === 0) tell("trades: kept for ever");
  if (retention.snapshotsDays === 0) tell("snapshots: kept for ever");
}

async function pack({ pool }: StoreClient, isDryRun: boolean): Promise<void> {
  for (const date of await pool.run(datesToPack, STEP_DEADLINE_MS)) {
    if (isDryRun) {
      tell(`trades of ${date}: would be packed`);
      continue;
    }
    const { trades, bytes } = await pool.run((sql) => packDate(sql, date), STEP_DEADLINE_MS);
    tell(`trades of ${date}: packed, ${quantity(trades, bytes)}`);
  }
}

/** TimescaleDB compresses by itself, and removes by a policy. */
async function leaveToTimescale({ pool }: StoreClient, { retention }: Config, isDryRun: boolean) {
  for (const statement of retentionStatements(retention)) {
    if (!isDryRun) await pool.run((sql) => sql.unsafe(statement));
    tell(`${isDryRun ? "would run" : "ran"}: ${statement}`);
  }
}

function quantity(rows: number, bytes: number): string {
  return `${NUMBER.format(rows)} rows (${(bytes / 1e6).toFixed(1)} MB)`;
}

function readArguments(args: readonly string[]): boolean {
  const options = { "dry-run": { type: "boolean", default: false } } as const;
  const wrong = (problem: string) => new Error(`Cannot prune: ${problem}; the form is ${USAGE}`);
  return splitArguments({ args: [...args], options }, wrong).values["dry-run"];
}

function tell(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) await run().catch(exitWithError);
