import { exportDay } from "../../db/export/export_day.ts";
import { addToManifest, type ManifestEntry, readManifest } from "../../db/export/manifest.ts";
import { createLogger } from "../log.ts";
import { addDays } from "../market/time.ts";
import { type ExportRequest, parseExportArgs } from "./export_args.ts";
import { exitWithError, readConfig, tell } from "./program.ts";
import { StatusLine } from "./status_line.ts";
import { openStoreClient, type StoreClient } from "./store_client.ts";

/** A file of a record day of trades takes some minutes. */
const FILE_DEADLINE_MS = 60 * 60_000;
const NUMBER = new Intl.NumberFormat("en");

const nowMs = () => Date.now();
const line = new StatusLine({ isTerminal: Deno.stderr.isTerminal(), write: tell, nowMs });

/** Writes what the store holds of some dates into files. */
async function run(): Promise<void> {
  const request = parseExportArgs(Deno.args);
  const config = readConfig();
  const log = createLogger({ level: "warn", nowMs, write: (text) => tell(`${text}\n`) });
  const dir = request.out ?? `${config.data.dir}/export`;
  await Deno.mkdir(dir, { recursive: true });
  // A folder that is not ours is refused before anything is written to it.
  await readManifest(dir);
  const client = await openStoreClient(config, log);
  try {
    let files: readonly ManifestEntry[] = [];
    for (let date = request.from; date <= request.to; date = addDays(date, 1)) {
      const ofDate = await exportDate(client, { ...request, dir, date });
      if (ofDate.length > 0) await addToManifest(dir, ofDate);
      files = [...files, ...ofDate];
    }
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    tell(`Exported ${NUMBER.format(rows)} rows to ${files.length} files in ${dir}\n`);
  } finally {
    await client.close();
  }
}

async function exportDate(
  { pool, provider }: StoreClient,
  { tables, ...wanted }: ExportRequest & { readonly dir: string; readonly date: string },
): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const table of tables) {
    const onRows = (rows: number) => {
      line.show(`${wanted.date} ${table}: ${NUMBER.format(rows)} rows`);
    };
    const entry = await pool.run(
      (sql) => exportDay(sql, { ...wanted, table, provider, onRows }),
      FILE_DEADLINE_MS,
    );
    line.clear();
    if (entry === null) continue;
    entries.push(entry);
    tell(`${entry.name}: ${NUMBER.format(entry.rows)} rows, ${NUMBER.format(entry.bytes)} bytes\n`);
  }
  return entries;
}

if (import.meta.main) await run().catch(exitWithError);
