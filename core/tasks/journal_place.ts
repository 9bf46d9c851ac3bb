import type { JournalPlace } from "../port/store.ts";

/** Before the first record of a day. */
export const DAY_START: JournalPlace = { segment: 0, offset: 0 };
/** Behind the last record of a day that is over; the largest segment that the database can hold. */
export const DAY_END: JournalPlace = { segment: 2_147_483_647, offset: 0 };

/** Whether a place of a day comes before another one of the same day. */
export function isBefore(a: JournalPlace, b: JournalPlace): boolean {
  return a.segment !== b.segment ? a.segment < b.segment : a.offset < b.offset;
}
