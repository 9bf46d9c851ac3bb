import { createHash } from "node:crypto";
import type { Database } from "../client.ts";
import type { Provider } from "../identity.ts";
import { createCsvFile } from "./csv_file.ts";
import type { ExportFile } from "./export_file.ts";
import type { ManifestEntry } from "./manifest.ts";
import { createParquetFile } from "./parquet_file.ts";
import { readRows, type Selection } from "./read_rows.ts";
import { columnsOf } from "./tables.ts";

export const FORMATS = ["csv", "parquet"] as const;
export type Format = typeof FORMATS[number];

export interface DayExport extends Selection {
  readonly dir: string;
  readonly format: Format;
  /** Whose data they are; those of the simulated exchange say so wherever they go. */
  readonly provider: Provider;
  /** Hears how many rows are written so far. */
  readonly onRows: (rows: number) => void;
}

/**
 * Writes a table's rows of a date into a file of their own. It has another name until it is whole;
 * null when there are no rows and so no file.
 */
export async function exportDay(sql: Database, wanted: DayExport): Promise<ManifestEntry | null> {
  const name = fileName(wanted);
  const path = `${wanted.dir}/${name}`;
  const unfinished = `${wanted.dir}/.${name}.part`;
  const file = await createFile(unfinished, wanted);
  let rows = 0;
  try {
    for await (const page of readRows(sql, wanted)) {
      await file.write(page);
      wanted.onRows(rows += page.length);
    }
    await file.close();
  } catch (error) {
    await file.abort();
    await Deno.remove(unfinished);
    throw error;
  }
  if (rows === 0) {
    await Deno.remove(unfinished);
    return null;
  }
  const { bytes, sha256 } = await fingerprint(unfinished);
  await Deno.rename(unfinished, path);
  const { table, date: trading_date, symbols, provider } = wanted;
  return {
    name,
    table,
    trading_date,
    data_status: statusOf(provider),
    symbols,
    rows,
    bytes,
    sha256,
  };
}

function createFile(path: string, { table, format, ...wanted }: DayExport): Promise<ExportFile> {
  const columns = columnsOf(table);
  if (format === "csv") return createCsvFile(path, columns);
  const metadata = {
    table,
    trading_date: wanted.date,
    timezone: "Asia/Ho_Chi_Minh",
    provider: wanted.provider,
    data_status: statusOf(wanted.provider),
    prices: "VND, or points of indices and futures",
    ...wanted.symbols === null ? {} : { symbols: wanted.symbols.join() },
  };
  return Promise.resolve(createParquetFile(path, columns, metadata));
}

/** Files of a selection or of simulated data must not be taken for the whole real day. */
function fileName({ table, date, symbols, provider, format }: DayExport): string {
  const marks = [
    ...symbols === null ? [] : ["selection"],
    ...provider === "sim" ? ["simulated"] : [],
  ];
  return `${[table, date, ...marks].join("_")}.${format}`;
}

function statusOf(provider: Provider): ManifestEntry["data_status"] {
  return provider === "sim" ? "simulated" : "recorded";
}

async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await Deno.open(path);
  for await (const chunk of file.readable) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
