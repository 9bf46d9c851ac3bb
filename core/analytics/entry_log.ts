/** A log of numbered entries with a limit: the oldest go first, and numbers only rise. */
export interface EntryLog<Entry> {
  /** Number of the first entry held. */
  first: number;
  entries: Entry[];
}

/** Old entries leave in one go after so many, so that adding costs the same however long the log. */
const SLACK = 1.125;

/** An empty log; its first entry will have the number 0. */
export function createLog<Entry>(): EntryLog<Entry> {
  return { first: 0, entries: [] };
}

/** Number that the next entry will have. */
export function nextNumber(log: EntryLog<unknown>): number {
  return log.first + log.entries.length;
}

/** Adds an entry at the end, in place; `max` entries at least are kept, an eighth more at most. */
export function appendEntry<Entry>(log: EntryLog<Entry>, entry: Entry, max: number): void {
  log.entries.push(entry);
  if (log.entries.length <= max * SLACK) return;
  const gone = log.entries.length - max;
  log.entries.splice(0, gone);
  log.first += gone;
}

/** The newest `max` entries from a number on, with the number of the first of them. */
export function entriesFrom<Entry>(
  log: EntryLog<Entry>,
  from: number,
  max: number,
): { readonly from: number; readonly entries: readonly Entry[] } {
  const start = Math.max(from, log.first, nextNumber(log) - max);
  return { from: start, entries: log.entries.slice(start - log.first) };
}
