import {
  appendEntry,
  createLog,
  entriesFrom,
  type EntryLog,
  nextNumber,
} from "../analytics/entry_log.ts";
import { LOG_MAX, LOG_NAMES, type LogName, type LogSlice } from "../wire/log.ts";

/** The logs of one trading date, each kept to the limit of its name; 122,000 entries and the prices of 80 steps in all. */
export class LogStore {
  readonly #logs = new Map<LogName, EntryLog<unknown>>();
  /** Whole logs as last asked for. */
  readonly #whole = new Map<LogName, LogSlice>();

  constructor() {
    this.clear();
  }

  /** Forgets every entry; numbers begin with 0 again. */
  clear(): void {
    this.#whole.clear();
    for (const name of LOG_NAMES) this.#logs.set(name, createLog());
  }

  /** Number that the next entry of a log will have: how many there have been. */
  next(name: LogName): number {
    return nextNumber(this.#logs.get(name)!);
  }

  /** Number of the first entry that is kept for sure. */
  first(name: LogName): number {
    const log = this.#logs.get(name)!;
    return Math.max(log.first, nextNumber(log) - LOG_MAX[name]);
  }

  /** Takes entries; what is here already is skipped, and after a hole the log holds what follows it. */
  append({ name, from, entries }: LogSlice): void {
    const log = this.#logs.get(name)!;
    const next = nextNumber(log);
    if (from > next) {
      log.entries = [];
      log.first = from;
    }
    for (let at = Math.max(0, next - from); at < entries.length; at++) {
      appendEntry(log, entries[at], LOG_MAX[name]);
    }
    this.#whole.delete(name);
  }

  /** Entries from a number on, as far as they are kept. */
  from<Name extends LogName>(name: Name, from: number): LogSlice<Name> {
    return { name, ...entriesFrom(this.#logs.get(name)!, from, LOG_MAX[name]) } as LogSlice<Name>;
  }

  /** All that is kept of a log; the same object until entries are added. */
  whole<Name extends LogName>(name: Name): LogSlice<Name> {
    let slice = this.#whole.get(name);
    if (slice === undefined) this.#whole.set(name, slice = this.from(name, 0));
    return slice as LogSlice<Name>;
  }
}
