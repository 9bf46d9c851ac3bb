import { readIfThere } from "./files.ts";

/** What a server writes about itself into its data directory. */
export interface PidFile {
  readonly pid: number;
  /** Directory of its socket, empty when it has none (yet). */
  readonly socketDir: string;
  /** Whether it takes connections. */
  readonly ready: boolean;
}

/** Lines of the file, from 0: PostgreSQL documents them in its source and pg_ctl reads them. */
const PID = 0;
const SOCKET_DIR = 4;
const STATUS = 7;

/** Reads `postmaster.pid`; null when there is none, or not yet a pid in it. */
export async function readPidFile(dataDir: string): Promise<PidFile | null> {
  const text = await readIfThere(`${dataDir}/postmaster.pid`);
  const lines = text?.split("\n") ?? [];
  const pid = Number(lines[PID]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, socketDir: lines[SOCKET_DIR] ?? "", ready: lines[STATUS]?.trim() === "ready" };
}
