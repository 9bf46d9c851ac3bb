import type { Row } from "./tables.ts";

/** A file that is being written. */
export interface ExportFile {
  write(rows: readonly Row[]): Promise<void>;
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
  /** Lets go of the file, whatever is in it. */
  abort(): Promise<void>;
}
