/**
 * How island props travel: a table of entries that point at each other by index, so that one object
 * reached twice is one object again in the browser, and circles close. A plain object is a JSON
 * object; every other entry is an array that opens with its tag. A value is itself when JSON can
 * say it, else `[i]`: an index of the table, or below zero one of the constants.
 */
export type Packed = null | boolean | number | string | readonly [number];
export type TaggedEntry = readonly [tag: number, ...rest: Packed[]];
export type Entry = Record<string, Packed> | TaggedEntry;

export const TAG_ARRAY = 0;
export const TAG_DATE = 1;
export const TAG_MAP = 2;
export const TAG_SET = 3;
export const TAG_BIGINT = 4;
export const TAG_SIGNAL = 5;

/** What JSON has no word for; `[-1]` is the first. */
export const CONSTANTS = [undefined, NaN, Infinity, -Infinity, -0] as const;
