import { formatVnTime, vnDate, vnSecondOfDay } from "../../core/market/time.ts";
import type { ExportFile } from "./export_file.ts";
import type { Column, Row, Value } from "./tables.ts";

const NEEDS_QUOTES = /[",\r\n]/;

/** Opens a CSV file (RFC 4180, UTF-8) with the names of its columns in the first line. */
export async function createCsvFile(path: string, columns: readonly Column[]): Promise<ExportFile> {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  const write = (rows: readonly Row[]) => writer.write(encoder.encode(rows.map(lineOf).join("")));
  await write([columns.map(({ name }) => name)]);
  return {
    write,
    close: () => writer.close(),
    abort: () => writer.abort(),
  };
}

/** A line of CSV with its end. */
export function lineOf(row: Row): string {
  return `${row.map(fieldOf).join()}\r\n`;
}

function fieldOf(value: Value): string {
  if (value === null) return "";
  const text = value instanceof Date ? isoVn(value.getTime()) : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Exchange time to the second, as the REST API writes it. */
function isoVn(ms: number): string {
  const fraction = ms % 1_000 === 0 ? "" : `.${String(ms % 1_000).padStart(3, "0")}`;
  return `${vnDate(ms)}T${formatVnTime(vnSecondOfDay(ms))}${fraction}+07:00`;
}
