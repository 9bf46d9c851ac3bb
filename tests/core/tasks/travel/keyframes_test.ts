import assert from "node:assert/strict";
import type { Keyframe } from "../../../../core/tasks/travel/keyframe.ts";
import { Keyframes } from "../../../../core/tasks/travel/keyframes.ts";

const MIB = 1024 * 1024;

/** A keyframe whose exchange time is that of its place. */
function keyframe(chars: number, bytes = 1): Keyframe {
  const position = { segment: 1, offset: chars, recordBytes: 1, checksum: 0 };
  return { position, chars, asOfMs: chars, bytes: new Uint8Array(bytes) };
}

Deno.test("keyframes - the next one is due a spacing away from those before and behind it", () => {
  const frames = new Keyframes(10);
  assert.equal(frames.dueFrom(0), 10);
  for (const chars of [100, 11, 112, 50]) frames.add(keyframe(chars));
  assert.equal(frames.dueFrom(0), 21, "there is room between 11 and 50");
  assert.equal(frames.dueFrom(45), 60);
  assert.equal(frames.dueFrom(91), 122, "from 91 on there is none before 112");
  assert.deepEqual([10, 11, 99, 500].map((atMs) => frames.newest(atMs)?.chars), [
    undefined,
    11,
    50,
    112,
  ]);
});

Deno.test("keyframes - beyond the memory for them every second one goes, and they lie further apart", () => {
  const frames = new Keyframes(10);
  for (const chars of [10, 20, 30, 40, 50]) frames.add(keyframe(chars, 26 * MIB));
  assert.deepEqual([10, 20, 35, 50].map((atMs) => frames.newest(atMs)?.chars), [
    undefined,
    20,
    20,
    40,
  ]);
  assert.equal(frames.dueFrom(45), 60);
});
