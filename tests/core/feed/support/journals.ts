import {
  type FileJournal,
  type JournalOptions,
  openJournal,
} from "../../../../core/feed/journal.ts";
import type { JournalRecord } from "../../../../core/port/journal.ts";

export const MIB = 1024 * 1024;
export const clock = { nowMs: () => Date.now() };

/** Opens a journal with the product's limits unless told otherwise. */
export function openTestJournal(
  dir: string,
  options: Partial<JournalOptions> = {},
): Promise<FileJournal> {
  return openJournal({
    dir,
    maxBytes: 1024 * MIB,
    segmentBytes: 64 * MIB,
    keepDates: null,
    clock,
    log: () => {},
    ...options,
  });
}

/** Runs a test with a folder of its own and removes it. */
export async function withFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "journal-" });
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** All records of a day. */
export async function readDay(journal: FileJournal, date: string): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of journal.read(date)) records.push(record);
  return records;
}

/** A frame of the wire's form with a number in it and letters of more than one byte. */
export function frameOf(n: number): string {
  return `{"C":"d-1,${n}|A,1","M":[{"H":"FcMarketDataV2Hub","M":"Broadcast","A":["mã ${n} ✓"]}]}`;
}

/** Names of the files of a day, sorted. */
export function filesOf(dir: string, date: string): string[] {
  return [...Deno.readDirSync(`${dir}/${date}`)].map((entry) => entry.name).sort();
}

/** Waits until a condition holds; fails after two minutes with what was awaited. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const endMs = Date.now() + 120_000;
  while (!holds()) {
    if (Date.now() > endMs) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
