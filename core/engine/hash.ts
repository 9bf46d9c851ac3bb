import type { EngineState } from "./state.ts";

/**
 * Hash of everything the frames of a day determine, as 16 hex digits. Two engines that were given
 * the same events have the same hash; the order in which symbols first appeared does not matter,
 * and counters and options are not part of it.
 */
export function stateHash(state: EngineState): string {
  return hashValue(state.market);
}

/** 64-bit hash of plain data: null, booleans, numbers, strings, arrays, maps and objects. */
export function hashValue(value: unknown): string {
  const lanes: Lanes = { a: 0x9e3779b9, b: 0x85ebca6b };
  mixValue(lanes, value);
  return hex(finish(lanes.a ^ lanes.b)) + hex(finish(Math.imul(lanes.b, 5) + lanes.a));
}

/** Two 32-bit lanes with different constants; together they make one 64-bit hash. */
interface Lanes {
  a: number;
  b: number;
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** Tags keep values of different kinds apart: "1", 1, [1] and {1: …} must differ. */
const TAG = { null: 1, false: 2, true: 3, number: 4, string: 5, list: 6, map: 7 } as const;

function mixValue(lanes: Lanes, value: unknown): void {
  if (value === null) return mix(lanes, TAG.null);
  switch (typeof value) {
    case "boolean":
      return mix(lanes, value ? TAG.true : TAG.false);
    case "number":
      return mixNumber(lanes, value);
    case "string":
      return mixString(lanes, value);
    case "object":
      break;
    default:
      throw new TypeError(`Cannot hash a ${typeof value}`);
  }
  if (Array.isArray(value)) {
    mix(lanes, TAG.list);
    mix(lanes, value.length);
    for (const item of value) mixValue(lanes, item);
    return;
  }
  const entries: [string, unknown][] = value instanceof Map
    ? [...value]
    : Object.entries(value as object);
  entries.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
  mix(lanes, TAG.map);
  mix(lanes, entries.length);
  for (const [key, item] of entries) {
    mixString(lanes, key);
    mixValue(lanes, item);
  }
}

function mixNumber(lanes: Lanes, value: number): void {
  mix(lanes, TAG.number);
  float[0] = value;
  mix(lanes, words[0]!);
  mix(lanes, words[1]!);
}

function mixString(lanes: Lanes, text: string): void {
  mix(lanes, TAG.string);
  mix(lanes, text.length);
  for (let i = 0; i < text.length; i++) mix(lanes, text.charCodeAt(i));
}

/** One multiply-rotate round per lane, as in the xxHash family. */
function mix(lanes: Lanes, word: number): void {
  const a = lanes.a + Math.imul(word, 0xc2b2ae3d) | 0;
  lanes.a = Math.imul(a << 17 | a >>> 15, 0x27d4eb2f);
  const b = lanes.b ^ Math.imul(word, 0xcc9e2d51);
  lanes.b = Math.imul(b << 13 | b >>> 19, 5) + 0xe6546b64 | 0;
}

function finish(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return (h ^ h >>> 16) >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
