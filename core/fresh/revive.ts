import { type Signal, signal } from "@preact/signals";
import {
  CONSTANTS,
  type Entry,
  type Packed,
  TAG_BIGINT,
  TAG_DATE,
  TAG_MAP,
  TAG_SET,
  TAG_SIGNAL,
  type TaggedEntry,
} from "./props_format.ts";

/**
 * Rebuilds props from their table: first every object empty, then every object filled, so that
 * circles close.
 */
export function revive(table: readonly Entry[]): unknown {
  const made = table.map((entry) => isTagged(entry) ? shell(entry) : entry);
  table.forEach((entry, at) => {
    if (isTagged(entry)) {
      const [tag, ...values] = entry;
      return fill(made[at], tag, values.map(read));
    }
    const object: Record<string, unknown> = entry;
    for (const key of Object.keys(entry)) object[key] = read(entry[key]!);
  });
  return made[0];

  function read(value: Packed): unknown {
    if (!Array.isArray(value)) return value;
    return value[0] < 0 ? CONSTANTS[-1 - value[0]] : made[value[0]];
  }
}

function isTagged(entry: Entry): entry is TaggedEntry {
  return Array.isArray(entry);
}

function shell([tag, first]: TaggedEntry): unknown {
  if (tag === TAG_BIGINT) return BigInt(first as string);
  if (tag === TAG_DATE) return new Date(typeof first === "number" ? first : NaN);
  if (tag === TAG_MAP) return new Map();
  if (tag === TAG_SET) return new Set();
  return tag === TAG_SIGNAL ? signal() : [];
}

function fill(made: unknown, tag: number, values: readonly unknown[]): void {
  if (made instanceof Map) {
    for (let i = 0; i < values.length; i += 2) made.set(values[i], values[i + 1]);
  } else if (made instanceof Set) {
    for (const value of values) made.add(value);
  } else if (Array.isArray(made)) {
    for (const value of values) made.push(value);
  } else if (tag === TAG_SIGNAL) {
    (made as Signal<unknown>).value = values[0];
  }
}
