import { fileWriter, ParquetWriter } from "hyparquet-writer";
import type { ExportFile } from "./export_file.ts";
import type { Column, ColumnType, Row, Value } from "./tables.ts";

/** Rows that are compressed together and held until then: 50,000 × about 500 bytes = 25 MB. */
const ROW_GROUP_ROWS = 50_000;

const ELEMENTS = {
  time: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
  date: { type: "INT32", converted_type: "DATE" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  number: { type: "DOUBLE" },
  integer: { type: "INT64" },
  boolean: { type: "BOOLEAN" },
} as const satisfies Record<ColumnType, unknown>;

/** Opens a Parquet file; every column may hold nulls, and `metadata` stands at its end. */
export function createParquetFile(
  path: string,
  columns: readonly Column[],
  metadata: Readonly<Record<string, string>>,
): ExportFile {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, type }) => ({
        ...{ name, repetition_type: "OPTIONAL" as const },
        ...ELEMENTS[type],
      })),
    ],
    createdBy: "VN Stock Tracker",
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  let held: Row[] = [];
  const writeGroup = async () => {
    const columnData = columns.map(({ name, type }, i) => ({
      name,
      data: held.map((row) => valueOf(row[i]!, type)),
    }));
    held = [];
    await writer.write({ columnData, rowGroupSize: ROW_GROUP_ROWS });
  };
  return {
    async write(rows) {
      for (const row of rows) {
        held.push(row);
        if (held.length === ROW_GROUP_ROWS) await writeGroup();
      }
    },
    async close() {
      if (held.length > 0) await writeGroup();
      await writer.finish();
    },
    // Its file is open only while something is written.
    abort: () => Promise.resolve(),
  };
}

function valueOf(value: Value, type: ColumnType) {
  if (value === null) return null;
  if (type === "integer") return BigInt(value as number);
  return type === "date" ? new Date(value as string) : value;
}
