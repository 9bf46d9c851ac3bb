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
  readonly key: string;
}

/** Writes props as JSON that may stand inside a script element; throws a TypeError that names what cannot travel. */
export function serialise(root: object): string {
  const found: Found[] = [{ value: root, parent: -1, key: "props" }];
  const indexes = new Map<object, number>([[root, 0]]);
  const table: Entry[] = [];
  for (let at = 0; at < found.length; at++) {
    table.push(entryOf(found[at]!.value, (key, value) => packInto(key, value, at)));
  }
  return JSON.stringify(table).replace(/[<\u2028\u2029]/g, escapeChar);

  function packInto(key: string, value: unknown, parent: number): Packed {
    const constant = constantOf(value);
    if (constant !== null) return constant;
    switch (typeof value) {
      case "string":
      case "number":
      case "boolean":
        return value;
      case "bigint":
        return [found.push({ value, parent, key }) - 1];
      case "object":
        if (value === null) return null;
        return [indexes.get(value) ?? add(value, parent, key)];
      default:
        throw new TypeError(
          `Cannot send ${pathOf(found, parent, key)} to an island: ${typeof value}`,
        );
    }
  }

  function add(value: object, parent: number, key: string): number {
    const problem = problemOf(value);
    if (problem !== null) {
      throw new TypeError(`Cannot send ${pathOf(found, parent, key)} to an island: ${problem}`);
    }
    const index = found.push({ value, parent, key }) - 1;
    indexes.set(value, index);
    return index;
  }
}

function constantOf(value: unknown): Packed | null {
  if (value !== undefined && typeof value !== "number") return null;
  const at = CONSTANTS.findIndex((constant) => Object.is(constant, value));
  return at === -1 ? null : [-1 - at];
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
  pack: (key: string, value: unknown) => Packed,
): Entry {
  if (typeof value === "bigint") return [TAG_BIGINT, String(value)];
  if (Array.isArray(value)) {
    return [TAG_ARRAY, ...Array.from(value, (item, i) => pack(String(i), item))];
  }
  if (value instanceof Signal) return [TAG_SIGNAL, pack("value", value.peek())];
  if (value instanceof Date) return [TAG_DATE, pack("time", value.getTime())];
  if (value instanceof Set) return [TAG_SET, ...Array.from(value, (item) => pack("item", item))];
  if (value instanceof Map) {
    return [TAG_MAP, ...[...value].flatMap(([k, v]) => [pack("key", k), pack("value", v)])];
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(key, item)]));
}

function pathOf(found: readonly Found[], parent: number, key: string): string {
  const keys = [key];
  for (let at = parent; at > 0; at = found[at]!.parent) keys.unshift(found[at]!.key);
  return `props.${keys.join(".")}`;
}

/** `<` could close the script or open a comment; the two separators end a line in old JavaScript. */
function escapeChar(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
