import type { Format } from "./negotiate.ts";

/** A cell that a spreadsheet or a program reads back as it was (RFC 4180). */
function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes rows as text; each row carries `labels` too, so that a saved file says what it is. */
export class RowWriter {
  /** Stands before the first row. */
  readonly head: string;
  readonly #format: Exclude<Format, "json">;
  readonly #columns: readonly string[];
  readonly #labels: Readonly<Record<string, string>>;

  constructor(
    format: Exclude<Format, "json">,
    columns: readonly string[],
    labels: Readonly<Record<string, string>>,
  ) {
    this.#format = format;
    this.#labels = labels;
    this.#columns = [...new Set([...columns, ...Object.keys(labels)])];
    this.head = format === "csv" ? `${this.#columns.join(",")}\r\n` : "";
  }

  write(rows: readonly object[]): string {
    return rows.map((row) => this.#line({ ...row, ...this.#labels })).join("");
  }

  #line(row: Readonly<Record<string, unknown>>): string {
    if (this.#format === "ndjson") return `${JSON.stringify(row)}\n`;
    return `${this.#columns.map((column) => csvCell(row[column])).join(",")}\r\n`;
  }
}
