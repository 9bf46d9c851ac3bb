import { Signal } from "@preact/signals";
import { isValidElement } from "preact";
import {
  CONSTANTS,
  type Entry,
  type Packed,
  TAG_ARRAY,
  TAG_BIGINT,
  TAG_DATE,
  TAG_MAP,
  TAG_SET,
  TAG_SIGNAL,
} from "./props_format.ts";

interface Found {
  readonly value: object | bigint;
  /** Where it was met first, for the message of an error. */
  readonly parent: number;
  readonly key: string | number;
}

/**
 * Writes props as JSON that may stand inside a script element; throws a TypeError that names what
 * cannot travel.
 */
export function serialise(root: object): string {
  const found: Found[] = [{ value: root, parent: -1, key: "props" }];
  const indexes = new Map<object, number>([[root, 0]]);
  const table: Entry[] = [];
  for (let at = 0; at < found.length; at++) {
    table.push(entryOf(found[at]!.value, (key, value) => packInto(key, value, at)));
  }
  return JSON.stringify(table).replace(/[<\u2028\u2029]/g, escapeChar);

  function packInto(key: string | number, value: unknown, parent: number): Packed {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0) ? value : constantOf(value);
      case "undefined":
        return constantOf(value);
      case "bigint":
        return [found.push({ value, parent, key }) - 1];
      case "object":
        if (value === null) return null;
        return [indexes.get(value) ?? add(value, parent, key)];
      default:
        throw refusal(parent, key, typeof value);
    }
  }

  function add(value: object, parent: number, key: string | number): number {
    const problem = problemOf(value);
    if (problem !== null) throw refusal(parent, key, problem);
    const index = found.push({ value, parent, key }) - 1;
    indexes.set(value, index);
    return index;
  }

  function refusal(parent: number, key: string | number, problem: string): TypeError {
    return new TypeError(`Cannot send ${pathOf(found, parent, key)} to an island: ${problem}`);
  }
}

function constantOf(value: number | undefined): Packed {
  return [-1 - CONSTANTS.findIndex((constant) => Object.is(constant, value))];
}

function problemOf(value: object): string | null {
  // A signal can stand in JSX, so it looks like an element too: ask for it first.
  if (Array.isArray(value) || value instanceof Signal || value instanceof Date) return null;
  if (isValidElement(value)) return "JSX cannot be a prop of an island";
  if (value instanceof Map || value instanceof Set) return null;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return null;
  return `an instance of ${prototype.constructor?.name ?? "an unnamed class"}`;
}

function entryOf(
  value: object | bigint,
  pack: (key: string | number, value: unknown) => Packed,
): Entry {
  if (typeof value === "bigint") return [TAG_BIGINT, String(value)];
  if (Array.isArray(value)) {
    const entry: [number, ...Packed[]] = [TAG_ARRAY];
    for (let i = 0; i < value.length; i++) entry.push(pack(i, value[i]));
    return entry;
  }
  if (value instanceof Signal) return [TAG_SIGNAL, pack("value", value.peek())];
  if (value instanceof Date) return [TAG_DATE, pack("time", value.getTime())];
  if (value instanceof Set) return [TAG_SET, ...Array.from(value, (item) => pack("item", item))];
  if (value instanceof Map) {
    return [TAG_MAP, ...[...value].flatMap(([k, v]) => [pack("key", k), pack("value", v)])];
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(key, item)]));
}

function pathOf(found: readonly Found[], parent: number, key: string | number): string {
  const keys = [key];
  for (let at = parent; at > 0; at = found[at]!.parent) keys.unshift(found[at]!.key);
  return `props.${keys.join(".")}`;
}

/**
 * `<` could close the script or open a comment; the two separators end a line in old JavaScript.
 */
function escapeChar(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
